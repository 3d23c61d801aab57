"""What the crawl was asked."""

from __future__ import annotations

from playfast.pages import words
from playfast.pages.markup import Column, Html, breakable, element, section, table
from playfast.pages.run.runs import Runs
from playfast.runs.units import group_of


def asked(runs: Runs) -> Html:
    """A sentence, and the spider's arguments; beside those of the earlier run where they differ."""
    now, before = runs.now, runs.before
    mine = now["arguments"]
    others = before["arguments"] if before is not None else mine
    rows = []
    for name in [*mine, *(name for name in others if name not in mine)]:
        row: list[str] = [element("code", name), _given(mine.get(name))]
        if before is not None:
            row.append(
                _given(others.get(name))
                if mine.get(name) != others.get(name)
                else element("span", "the same", class_="soft")
            )
        rows.append(row)
    columns = [Column("argument"), Column("value")]
    if before is not None:
        columns.append(Column(runs.before_name))
    return section(
        "What was asked",
        element("p", _sentence(runs)),
        table("The spider's arguments", columns, rows) if rows else element("p", "No argument was given."),
        id_="asked",
    )


def _sentence(runs: Runs) -> str:
    given = runs.now["asked"]
    twice = f", {given['duplicates']:,} of them read before" if given["duplicates"] else ""
    due = (
        "The list was not read to its end, so nobody knows how many records are due."
        if given["records"] is None
        else f"{words.of(given['records'], 'record')} {'is' if given['records'] == 1 else 'are'} due."
    )
    arguments = runs.now["arguments"]
    done = runs.now["stats"].get("playfast/ledger/done_before")
    if done:
        due += f" {words.of(done, 'record')} more had been made by earlier crawls with the same ledger."
    if arguments.get("retry", "none") != "none" and not arguments.get("ledger"):
        return (
            f"{words.of(given['ids'], 'record')} of an earlier crawl's feed, each asked again in its storefront (a country and a "
            f"language), of {words.of(given['storefronts'], 'storefront')} in all. {due}"
        )
    if group_of(runs.now.report) == "generation":
        return f"{words.of(given['ids'], 'sitemap')} of the store's list. {due}"
    return (
        f"{words.of(given['ids'], 'entry', 'entries')} of the list{twice}, each asked of "
        f"{words.of(given['storefronts'], 'storefront')} (a country and a language). {due}"
    )


def _given(value: str | None) -> Html:
    if not value:
        return element("span", "nothing" if value is None else "empty", class_="soft")
    return element("span", *breakable(words.shortened(value)), class_="code")

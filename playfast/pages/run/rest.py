"""Everything else the report holds: feeds, settings, versions, all statistics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playfast.pages import words
from playfast.pages.markup import Column, Html, element, folded, section, table
from playfast.pages.run.runs import Run, Runs


def rest(runs: Runs) -> Html:
    run = runs.now
    feeds = [[element("span", feed["uri"], class_="code"), feed["format"]] for feed in run["feeds"]]
    return section(
        "Everything else",
        folded(
            f"Feeds ({len(feeds)})",
            table("Feeds", [Column("address"), Column("format")], feeds)
            if feeds
            else element("p", "The crawl wrote no feed."),
        ),
        _names("Settings", "setting", runs, "settings"),
        _names("Versions", "of", runs, "versions"),
        folded(
            f"All statistics ({len(run['stats']):,})",
            table(
                "All statistics",
                [Column("statistic"), Column("value", number=True)],
                ([element("code", name), words.text_of(run["stats"][name])] for name in sorted(run["stats"])),
            ),
        ),
        id_="rest",
    )


def _names(title: str, noun: str, runs: Runs, key: str) -> Html:
    """Names and values, with those of the earlier run where there is one; what differs is said."""
    mine: Mapping[str, Any] = runs.now[key]
    columns, rows = [Column(noun), Column("value")], []
    names = list(mine)
    others: Mapping[str, Any] = {}
    if runs.before is not None:
        others = runs.before[key]
        columns.append(Column(runs.before_name))
        names += [name for name in others if name not in mine]
    different = 0
    for name in names:
        row: list[str] = [element("code", name), words.text_of(mine[name]) if name in mine else words.NOTHING]
        if runs.before is not None:
            same = name in mine and name in others and mine[name] == others[name]
            different += not same
            row.append(
                element("span", "the same", class_="soft")
                if same
                else words.text_of(others[name])
                if name in others
                else words.NOTHING
            )
        rows.append(row)
    count = f"{len(names):,}" + (f", {different:,} differ" if different else "")
    return folded(f"{title} ({count})", table(title, columns, rows))


def footer(run: Run) -> Html:
    """Where the page comes from."""
    return element(
        "footer",
        element(
            "p",
            f"Made by scrapy report from {run.name} (run report, version {run['schema']}), written at "
            f"{words.moment(run['written_at'])}. Times are UTC. The page asks nothing of any host.",
        ),
    )

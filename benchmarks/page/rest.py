"""Everything else: versions, settings, machine, other runs; the footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.page.past import Past, began, commit, quick
from benchmarks.page.targets import verdict
from benchmarks.results import Run
from playfast.pages import words
from playfast.pages.markup import Column, Html, element, folded, section, table


def rest(past: Past) -> Html:
    run = past.latest
    return section(
        "Everything else",
        _names("Versions", "package", run.versions),
        _names("Settings", "setting", run.settings),
        _names("Machine", "of the machine", asdict(run.machine)),
        folded(f"Runs of this machine ({len(past.alike):,})", _runs("Runs of this machine", past.alike)),
        *_apart(past),
        *_elsewhere(past),
        id_="rest",
    )


def _names(title: str, noun: str, given: Mapping[str, Any]) -> Html:
    rows = [[element("code", name), words.text_of(value)] for name, value in given.items()]
    return folded(f"{title} ({len(rows):,})", table(title, [Column(noun), Column("value")], rows))


def _runs(title: str, runs: Sequence[Run]) -> Html:
    columns = [Column("run"), Column("commit"), Column("subject"), Column("targets")]
    return table(
        title,
        columns,
        (
            [began(run), element("code", commit(run)), words.shortened(run.commit.subject), verdict(run)[1]]
            for run in reversed(runs)
        ),
    )  # fmt: skip


def _apart(past: Past) -> list[Html]:
    if not past.apart:
        return []
    kind = "Full" if quick(past.latest) else "Quick"
    title = f"{kind} runs of this machine, not compared here"
    return [folded(f"{title} ({len(past.apart):,})", _runs(title, past.apart))]


def _elsewhere(past: Past) -> list[Html]:
    if not past.elsewhere:
        return []
    columns = [
        Column("machine"),
        Column("cpu"),
        Column("runs", number=True),
        Column("latest"),
        Column("commit"),
    ]
    rows = [
        [name, runs[-1].machine.cpu, f"{len(runs):,}", began(runs[-1]), element("code", commit(runs[-1]))]
        for name, runs in past.elsewhere.items()
    ]  # fmt: skip
    return [folded(f"Other machines ({len(rows):,})", table("Other machines", columns, rows))]


def footer(past: Past) -> Html:
    """Where the page comes from."""
    machines = 1 + len(past.elsewhere)
    number = len(past.alike) + len(past.apart) + sum(map(len, past.elsewhere.values()))
    return element(
        "footer",
        element(
            "p",
            f"Made by python -m benchmarks report from {words.of(number, 'run')} of {words.of(machines, 'machine')}. "
            "An asterisk behind a commit says that there were uncommitted changes. Times are UTC. "
            "The page asks nothing of any host.",
        ),
    )

"""The whole page of the benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.page import head, rest
from benchmarks.page.past import past
from benchmarks.page.scenario import scenario
from benchmarks.page.targets import targets
from benchmarks.results import Run
from playfast.pages import frame

_STYLE = Path(__file__).with_name("page.css")


def history_page(runs: Sequence[Run]) -> str:
    """The page as text: about the latest of the runs, and about those of its machine before it.

    Raises:
        ValueError: there is no run.
        playfast.pages.library.LibraryMissingError: no chart library is installed.
    """
    given = past(runs)
    run = given.latest
    return frame.page(
        head.title(run),
        head.header(run),
        head.attention(run),
        head.glance(given),
        targets(run),
        *(scenario(given, result) for result in run.scenarios),
        rest.rest(given),
        rest.footer(given),
        style=_STYLE.read_text(encoding="utf-8"),
    )

"""The whole page of a run report."""

from __future__ import annotations

from playfast.pages import frame
from playfast.pages.run import asked, came, coverage, head, overtime, rest, trouble
from playfast.pages.run.runs import Runs
from playfast.pages.run.series import timeline


def run_page(runs: Runs, *more: str) -> str:
    """The page as text; `more` are parts of it that others make, which stand behind what came.

    Raises:
        playfast.pages.library.LibraryMissingError: no chart library is installed.
    """
    line = timeline(runs)
    return frame.page(
        head.title(runs.now),
        head.header(runs),
        head.attention(runs),
        head.glance(runs),
        asked.asked(runs),
        came.came(runs),
        *more,
        overtime.over_the_time(runs, line),
        trouble.trouble(runs, line),
        coverage.coverage(runs),
        rest.rest(runs),
        rest.footer(runs.now),
    )

"""The page that stands in the folder of a run."""

from __future__ import annotations

import logging
from pathlib import Path

from playfast import storage
from playfast.errors import ReportError
from playfast.items import App
from playfast.pages import frame
from playfast.pages.changes.sections import sections
from playfast.pages.library import LibraryMissingError
from playfast.pages.run import checks
from playfast.pages.run.page import run_page
from playfast.pages.run.runs import Run, Runs
from playfast.runs import report

logger = logging.getLogger(__name__)


def written(now: Path, before: Path | None, database: str | None) -> bytes | None:
    """The page of a run report, beside that of an earlier run; None where charts cannot be made.

    Of a crawl of apps it also tells what a database found changed.

    Raises:
        ReportError: a report cannot be read.
        DatabaseError: the database cannot be read.
    """
    runs = [_run(path) for path in (now, before) if path is not None]
    of_apps = runs[0]["item"] == App.__name__
    changed = sections(storage.summarized(database)) if database and of_apps else []
    try:
        return frame.written(run_page(Runs(*runs), *changed))
    except LibraryMissingError as error:
        logger.info("There is no page of this run: %s", error)
        return None


def _run(path: Path) -> Run:
    told = report.read(path)
    if found := checks.problems(told):
        raise ReportError([f"{path}: {problem}" for problem in found])
    # The files are all called alike; their folders say when.
    return Run(told, path.parent.name)

"""`python -m benchmarks report`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from benchmarks import history, results
from benchmarks.commands import options as shared
from benchmarks.errors import ResultsError
from benchmarks.results import Run
from playfast.pages import frame
from playfast.pages.library import LibraryMissingError
from playfast.runs import files


def add(commands: Any) -> None:
    """Tell the parser of this command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "report", help="make one HTML page of the history and the latest run"
    )
    parser.add_argument(
        "-o",
        dest="page",
        type=Path,
        default=Path("benchmarks.html"),
        metavar="FILE",
        help="the page (default benchmarks.html)",
    )
    shared.results(parser)
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Make the page."""
    runs, problems = _read(history.of_all(options.results))
    if not runs and not problems:
        problems = [f"{options.results}: no runs there; `python -m benchmarks run` makes one"]
    if not options.page.parent.is_dir():
        problems.append(f"-o {options.page}: there is no folder {options.page.parent}")
    if problems:
        raise ResultsError(problems)
    from benchmarks.page.page import history_page  # noqa: PLC0415 - its chart library is needed by this command alone

    try:
        files.replace(options.page, frame.written(history_page(runs)))
    except LibraryMissingError as error:
        raise ResultsError([str(error)]) from error
    except OSError as error:
        raise ResultsError([f"-o {options.page}: {error.strerror or error}"]) from error
    print(options.page)
    return 0


def _read(paths: list[Path]) -> tuple[list[Run], list[str]]:
    runs, problems = [], []
    for path in paths:
        try:
            runs.append(results.read(path))
        except ResultsError as error:
            problems += error.problems
    return sorted(runs, key=lambda run: run.started_at), problems

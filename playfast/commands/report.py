"""`scrapy report`: the page of a run report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from playfast.errors import ReportError
from playfast.pages import frame
from playfast.pages.library import LibraryMissingError
from playfast.pages.run import checks
from playfast.pages.run.page import run_page
from playfast.pages.run.runs import Run, Runs
from playfast.runs import files, report
from playfast.runs.printable import printable

_USAGE = 2
_NOT_WRITTEN = 1


class Command(ScrapyCommand):
    """Makes one self-contained HTML page of a run report, perhaps beside an earlier one.

    Exits with 0, with 1 if the page cannot be written, and with 2 if a file is no run report or the chart library is missing.
    """

    requires_project = False
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's attribute

    def syntax(self) -> str:
        return "[-o page.html] <run.json> [earlier.json]"

    def short_desc(self) -> str:
        return "Make an HTML page of a crawl's run report"

    def long_desc(self) -> str:
        return (
            "Make one self-contained HTML page, with charts, of the run report that a crawl writes with -s PLAYFAST_REPORT=run.json; "
            "of two reports, the page compares the first with the second, earlier one."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o",
            dest="page",
            metavar="FILE",
            help="the page; - is standard output (default: the run report's name with .html)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not 1 <= len(args) <= 2:  # noqa: PLR2004 - the run, and an earlier one
            raise UsageError(
                "one run report is due, or two: scrapy report run.json [earlier.json]", print_help=False
            )
        sources = [Path(name) for name in args]
        page = None if opts.page == "-" else Path(opts.page) if opts.page else sources[0].with_suffix(".html")
        runs, problems = _read(sources)
        if page is not None:
            problems += _unfit(page, sources)
        if problems:
            self._fail(problems, _USAGE)
            return
        try:
            content = frame.written(run_page(Runs(*runs)))
        except LibraryMissingError as error:
            self._fail([str(error)], _USAGE)
            return
        try:
            if page is None:
                sys.stdout.buffer.write(content)
                sys.stdout.flush()
            else:
                files.replace(page, content)
                print(printable(str(page)))
        except OSError as error:
            self._fail([f"{page or 'standard output'}: {error.strerror or error}"], _NOT_WRITTEN)

    def _fail(self, problems: list[str], code: int) -> None:
        for problem in problems:
            print(printable(f"scrapy report: {problem}"), file=sys.stderr)
        self.exitcode = code


def _read(sources: list[Path]) -> tuple[list[Run], list[str]]:
    """The reports that can be read, and a sentence for each mistake in the others."""
    runs, problems = [], []
    for source in sources:
        try:
            told = report.read(source)
        except ReportError as error:
            problems += error.problems
            continue
        problems += [f"{source}: {problem}" for problem in checks.problems(told)]
        runs.append(Run(told, source.name))
    return runs, problems


def _unfit(page: Path, sources: list[Path]) -> list[str]:
    """Why the page cannot go there."""
    if page.is_dir():
        return [f"{page}: this is a folder, a file is due"]
    if not page.absolute().parent.is_dir():
        return [f"{page}: there is no folder {page.parent}"]
    if any(page.exists() and source.exists() and page.samefile(source) for source in sources):
        return [f"{page}: the page would overwrite the run report; give another name with -o"]
    return []

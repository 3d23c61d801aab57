"""`scrapy report`: the page of a run report, of what has changed in a database, or of both."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from playfast import storage
from playfast.errors import DatabaseError, ReportError
from playfast.pages import frame
from playfast.pages.changes.page import changes_page
from playfast.pages.changes.sections import sections
from playfast.pages.library import LibraryMissingError
from playfast.pages.run import checks
from playfast.pages.run.page import run_page
from playfast.pages.run.runs import Run, Runs
from playfast.runs import files, report
from playfast.runs.printable import printable
from playfast.storage.address import shown

_USAGE = 2
_NOT_WRITTEN = 1


class Command(ScrapyCommand):
    """Makes one self-contained HTML page of a run report, perhaps beside an earlier one, and of what a database's last crawl found changed.

    Exits with 0, with 1 if the page cannot be written, and with 2 if a file is no run report, the database cannot be read, or the chart
    library is missing.
    """

    requires_project = False
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's attribute

    def syntax(self) -> str:
        return "[-o page.html] [--database ADDRESS] [run.json] [earlier.json]"

    def short_desc(self) -> str:
        return "Make an HTML page of a crawl's run report, and of what it found changed"

    def long_desc(self) -> str:
        return (
            "Make one self-contained HTML page, with charts, of the run report that a crawl writes with -s PLAYFAST_REPORT=run.json; "
            "of two reports, the page compares the first with the second, earlier one. With --database, alone or "
            "beside a report, it tells what the last crawl into that database found changed."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o",
            dest="page",
            metavar="FILE",
            help="the page; - is standard output (default: the run report's name with .html, or changes.html)",
        )
        parser.add_argument(
            "--database",
            metavar="ADDRESS",
            help="tell what the last crawl into this database found changed; as in PLAYFAST_DATABASE",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        least = 0 if opts.database else 1
        if not least <= len(args) <= 2:  # noqa: PLR2004 - the run, and an earlier one
            raise UsageError(
                "one run report is due, or two, or --database: scrapy report run.json [earlier.json]",
                print_help=False,
            )
        sources = [Path(name) for name in args]
        usual = sources[0].with_suffix(".html") if sources else Path("changes.html")
        page = None if opts.page == "-" else Path(opts.page) if opts.page else usual
        runs, problems = _read(sources)
        if page is not None:
            problems += _unfit(page, sources)
        if opts.database and (found := storage.problem(opts.database, write=False)):
            problems.append(f"database: {found}")
        if problems:
            self._fail(problems, _USAGE)
            return
        try:
            content = frame.written(_page(runs, opts.database))
        except LibraryMissingError as error:
            self._fail([str(error)], _USAGE)
            return
        except DatabaseError as error:
            self._fail([f"database: {error}"], _USAGE)
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


def _page(runs: list[Run], database: str | None) -> str:
    """The page of the runs, of the database, or of both."""
    if database is None:
        return run_page(Runs(*runs))
    told = storage.summarized(database)
    return run_page(Runs(*runs), *sections(told)) if runs else changes_page(told, shown(database))


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

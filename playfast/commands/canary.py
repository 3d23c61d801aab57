"""`scrapy canary`: whether Play still says what it says where it is read, and takes requests as they are made."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from rich.console import Console
from scrapy.exceptions import UsageError

from playfast.asking import AskingCommand
from playfast.canary import table
from playfast.canary.result import ExitCode, Result
from playfast.canary.spider import CanarySpider
from playfast.errors import ArgumentError
from playfast.play import templates
from playfast.runs import files
from playfast.runs.printable import printable

APPS = (
    "com.mojang.minecraftpe",
    "com.google.android.apps.translate",
    "com.whatsapp",
    "com.instagram.android",
    "org.telegram.messenger",
)
"""Apps that everybody knows, so that everything which is said of apps is said of some of them."""
_FORMATS = ("table", "json")


class Command(AskingCommand):
    """Asks a few dozen things once, and tells in one table what has moved.

    Exits with 0 if all is as expected, 7 if something has moved, 3 if the store was not reached or did not answer everything, 1 if the
    templates cannot be written, 2 if something about the command is wrong.
    """

    def syntax(self) -> str:
        return "[options] [ids]"

    def short_desc(self) -> str:
        return "Ask the store a few dozen things and tell what has moved; exits with 0 only if nothing has"

    def long_desc(self) -> str:
        return (
            "Ask for apps that everybody knows (or for `ids`, as in scrapy crawl apps), their lists, reviews and developers, for a search, "
            "a chart and the front page, by page and by RPC; compare both field by field, and how pages ask with how playfast asks."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add = parser.add_argument
        add("--country", default="us", metavar="CODE", help="the storefront to ask (default: us)")
        add("--lang", default="en", metavar="CODE", help="the language to ask in (default: en)")
        add("--format", choices=_FORMATS, default="table", help="how to tell it (default: table)")
        add(
            "-o",
            dest="templates",
            metavar="FILE",
            help="write the request templates of pages that are others than playfast's, for -s PLAYFAST_TEMPLATES=FILE",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) > 1:
            raise UsageError("one list of ids at most is due", print_help=False)
        given = {"ids": args[0] if args else ",".join(APPS), "countries": opts.country, "langs": opts.lang}
        path = Path(opts.templates) if opts.templates else None
        problems = [] if path is None else _not_a_place(path)
        try:
            # A list from standard input can be read once.
            given["ids"] = ",".join(CanarySpider.check(self.settings, given)["ids"])
        except ArgumentError as error:
            self.fail([*map(_in_options, error.problems), *problems], ExitCode.USAGE)
            return
        if problems:
            self.fail(problems, ExitCode.NOT_WRITTEN)
            return
        if sys.stderr.isatty():
            sys.stderr.write(
                printable(f"Asking {self.origin} a few dozen things at a crawl's pace...") + "\n"
            )
        spider = self.ask(CanarySpider, **given)
        if not isinstance(spider, CanarySpider):
            self.fail(["the crawl could not start; the log says why"], ExitCode.NOT_WRITTEN)
            return
        result = spider.result
        result.cut_short = self.cut_short or result.cut_short
        self.exitcode = result.code
        self._tell(result, opts.format)
        if path is not None:
            self._write(result, path)

    def _tell(self, result: Result, how: str) -> None:
        if how == "json":
            self.say(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
            return
        console = Console(markup=False, emoji=False, highlight=False)
        if console.is_terminal:
            console.print(table.of(result))
        else:
            self.say(table.plain(result))

    def _write(self, result: Result, path: Path) -> None:
        """Write the file of templates; one that is there stays where nothing was learnt."""
        if result.code == ExitCode.NOT_REACHED:
            sys.stderr.write(
                printable(f"scrapy canary: {path}: not written, since the store was not reached") + "\n"
            )
            return
        try:
            files.replace(path, templates.written(result.templates))
        except OSError as error:
            self.fail([f"{path}: {error.strerror or error}"], ExitCode.NOT_WRITTEN)


def _in_options(problem: str) -> str:
    """A mistake in an argument of the spider, in the words of the command."""
    for argument, option in (("countries=", "--country "), ("langs=", "--lang ")):
        if problem.startswith(argument):
            return option + problem.removeprefix(argument)
    return problem


def _not_a_place(path: Path) -> list[str]:
    """Why no file can be written there, as far as that shows before one is."""
    folder = path.parent
    if path.is_dir():
        return [f"{path}: it is a folder; a file is due"]
    if not folder.is_dir():
        return [f"{path}: there is no folder {folder}"]
    return (
        [] if os.access(path if path.exists() else folder, os.W_OK) else [f"{path}: it may not be written to"]
    )

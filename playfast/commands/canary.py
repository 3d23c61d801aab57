"""`scrapy canary`: whether Play still says what it says where it is read, and takes requests as they are made."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES as PRIORITIES
from scrapy.utils.misc import load_object

from playfast.canary import table
from playfast.canary.result import ExitCode, Result
from playfast.canary.spider import CanarySpider
from playfast.client.configuration import bare
from playfast.errors import ArgumentError
from playfast.play import templates
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
_PLAIN_WIDTH = 120
_PATIENCE = 60
"""Seconds of nothing but trouble after which it ends; a crawl of days waits longer."""


class Command(ScrapyCommand):
    """Asks a few dozen things once, and tells in one table what has moved.

    Exits with 0 if all is as expected, 7 if something has moved, 3 if the store was not reached or did not answer everything, 1 if the
    templates cannot be written, 2 if something about the command is wrong.
    """

    requires_project = True

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

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if (self.settings.getpriority("LOG_LEVEL") or 0) < PRIORITIES["cmdline"]:
            # The table tells; a log of what a crawl says about itself would bury it.
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        if self.settings["ASYNCIO_EVENT_LOOP"]:
            # As in `scrapy crawl`.
            asyncio.set_event_loop(load_object(self.settings["ASYNCIO_EVENT_LOOP"])())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        process, settings = self.crawler_process, self.settings
        assert process is not None
        assert settings is not None
        if len(args) > 1:
            raise UsageError("one list of ids at most is due", print_help=False)
        given = {"ids": args[0] if args else ",".join(APPS), "countries": opts.country, "langs": opts.lang}
        try:
            CanarySpider.check(settings, given)
        except ArgumentError as error:
            self._fail(error.problems, ExitCode.USAGE)
            return
        bare(settings)
        for name, value in (("PLAYFAST_PATIENCE", _PATIENCE), ("PLAYFAST_DRIFT", "off")):
            if settings.get(name) is None and name not in os.environ:
                settings.set(name, value, priority="command")
        crawler = process.create_crawler(CanarySpider)
        process.crawl(crawler, **given)
        process.start()
        spider = crawler.spider
        if process.bootstrap_failed or not isinstance(spider, CanarySpider):
            self._fail(["the crawl could not start; the log says why"], ExitCode.NOT_WRITTEN)
            return
        result = spider.result
        if crawler.stats.get_value("finish_reason") != "finished":
            why = crawler.stats.get_value("playfast/gave_up") or crawler.stats.get_value("finish_reason")
            result.unreached[f"the crawl was cut short: {why}"] += 1
        self.exitcode = result.code
        self._tell(result, opts.format)
        if opts.templates:
            self._write(result, Path(opts.templates))

    def _tell(self, result: Result, how: str) -> None:
        if how == "json":
            print(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
            return
        console = Console(markup=False, emoji=False, highlight=False)
        if not console.is_terminal:
            console.width = _PLAIN_WIDTH
        console.print(table.of(result, drawn=console.is_terminal))

    def _write(self, result: Result, path: Path) -> None:
        try:
            path.write_bytes(templates.written(result.templates))
        except OSError as error:
            self._fail([f"{path}: {error.strerror or error}"], ExitCode.NOT_WRITTEN)

    def _fail(self, problems: list[str], code: ExitCode) -> None:
        for problem in problems:
            print(printable(f"scrapy canary: {problem}"), file=sys.stderr)
        self.exitcode = code

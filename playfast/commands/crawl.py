"""`scrapy crawl`, with arguments checked before anything starts and an exit code that says how it went."""

from __future__ import annotations

import argparse
import asyncio
import difflib
import gc
import os
import sys
from pathlib import Path

from scrapy import signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.utils.misc import load_object

from playfast.commands import quiet
from playfast.errors import ArgumentError
from playfast.extensions import feed_options
from playfast.extensions.signals import SparingSignals
from playfast.runs.outcome import ExitCode, Outcome, judge, of_feeds
from playfast.runs.printable import printable
from playfast.spiders.base import PlaySpider

_COLLECT_AFTER = 200_000
"""Objects made before the garbage collector looks (default 700). Every pack is a tree of thousands that live for one answer; looking at all
that is alive for each of them cost a quarter of the CPU."""


class Command(ScrapyCrawl):
    """Scrapy exits with 0 whatever happened; this exits with what `runs.outcome` judges, and says it in one line."""

    def short_desc(self) -> str:
        return "Run a spider; exits with 0 only if it did what it was asked"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--check",
            action="store_true",
            help="only tell what is wrong with the arguments; exits with 0 or 2",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's; but for feeds, whose names may say that they are compressed, and which are checked."""
        if sys.stderr is None:
            # Closed by who started us; Scrapy fails without one.
            sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as the process lives
        add, replace = opts.output, opts.overwrite_output
        opts.output = opts.overwrite_output = None
        super().process_options(args, opts)
        assert self.settings is not None
        try:
            feed_options.take(self.settings, add, replace)
        except ArgumentError as error:
            raise UsageError("\n".join(error.problems), print_help=False) from error
        if quiet.wanted(self.settings):
            quiet.before_start(self.settings)
        if self.settings["ASYNCIO_EVENT_LOOP"]:
            # Scrapy takes a loop of that kind that is there; in the place of another, it would leave that one unclosed.
            asyncio.set_event_loop(load_object(self.settings["ASYNCIO_EVENT_LOOP"])())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError(
                "one spider is due: scrapy crawl <spider>; 'scrapy list' names them", print_help=False
            )
        name = args[0]
        process = self.crawler_process
        assert process is not None
        assert self.settings is not None
        if quiet.wanted(self.settings):
            quiet.install()
        names = process.spider_loader.list()
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(names)}"
            raise UsageError(f"there is no spider {name!r}: {hint}", print_help=False)
        spider = process.spider_loader.load(name)
        if issubclass(spider, PlaySpider):
            try:
                spider.check(self.settings, opts.spargs)
            except ArgumentError as error:
                for problem in error.problems:
                    print(f"scrapy crawl {name}: {printable(problem)}", file=sys.stderr)
                print(f"'scrapy arguments {name}' explains them", file=sys.stderr)
                self.exitcode = ExitCode.USAGE
                return
        if opts.check:
            return
        crawler = self._create_crawler(name)
        crawler.signals = SparingSignals(crawler)
        crawler.signals.connect(_spare_the_collector, signals.spider_opened)
        process.crawl(crawler, **opts.spargs)
        process.start()
        outcome = _outcome(crawler, failed=process.bootstrap_failed, ours=issubclass(spider, PlaySpider))
        self.exitcode = outcome.code
        if outcome.code or crawler.stats.get_value("playfast/records/error"):
            print(f"scrapy crawl {name}: {printable(outcome.line)}", file=sys.stderr)


def _outcome(crawler: Crawler, *, failed: bool, ours: bool) -> Outcome:
    if failed:
        return Outcome(ExitCode.NOT_STARTED, "the crawl could not start; the log says why")
    stats = crawler.stats.get_stats()
    if ours:
        return judge(stats)
    if (failed_feeds := of_feeds(stats)) is not None:
        return failed_feeds
    reason = stats.get("finish_reason")
    return Outcome(
        ExitCode.FINE if reason == "finished" else ExitCode.CUT_SHORT,
        f"the crawl ended with the reason {reason!r}",
    )


def _spare_the_collector() -> None:
    gc.collect()
    gc.freeze()  # what is alive now stays alive to the end
    gc.set_threshold(_COLLECT_AFTER, 20, 100)

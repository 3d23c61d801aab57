"""What commands that ask the store themselves share: a quiet crawl of their own spider, and mistakes told all at once."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterable
from typing import Any

from scrapy import Spider
from scrapy.commands import ScrapyCommand
from scrapy.settings import SETTINGS_PRIORITIES as PRIORITIES
from scrapy.utils.misc import load_object

from playfast.client.configuration import bare
from playfast.runs.printable import printable
from playfast.spiders.base import PlaySpider, store_address

_PATIENCE = 60
"""Seconds of nothing but trouble after which such a crawl ends; one of days waits longer."""


class AskingCommand(ScrapyCommand):
    """A command that runs one spider, which is none of the users'."""

    requires_project = True
    cut_short: str | None = None
    """Why the crawl did not end by itself."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if (self.settings.getpriority("LOG_LEVEL") or 0) < PRIORITIES["cmdline"]:
            # The command itself tells; a log of what a crawl says about itself would bury it.
            self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        if self.settings["ASYNCIO_EVENT_LOOP"]:
            # As in `scrapy crawl`.
            asyncio.set_event_loop(load_object(self.settings["ASYNCIO_EVENT_LOOP"])())

    @property
    def origin(self) -> str:
        """The address of the store."""
        assert self.settings is not None
        return store_address(self.settings)

    def ask(self, kind: type[PlaySpider], **given: Any) -> Spider | None:
        """Run a spider to its end, without feeds and reports; returns it, None if it could not start."""
        process, settings = self.crawler_process, self.settings
        assert process is not None
        assert settings is not None
        bare(settings)
        for name, value in (("PLAYFAST_PATIENCE", _PATIENCE), ("PLAYFAST_DRIFT", "off")):
            if settings.get(name) is None and name not in os.environ:
                settings.set(name, value, priority="command")
        crawler = process.create_crawler(kind)
        process.crawl(crawler, **given)
        process.start()
        if process.bootstrap_failed or crawler.spider is None:
            return None
        stats = crawler.stats
        if stats is not None and (reason := stats.get_value("finish_reason")) != "finished":
            self.cut_short = stats.get_value("playfast/gave_up") or reason
        return crawler.spider

    def say(self, text: str) -> None:
        """Print the result; who reads it may have seen enough of it (`| head`)."""
        try:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            # Python would try once more when it ends, and tell that in its own words.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def fail(self, problems: Iterable[str], code: int) -> None:
        """Tell what is wrong, and exit with a code."""
        for problem in problems:
            sys.stderr.write(printable(f"scrapy {self.__module__.rpartition('.')[2]}: {problem}") + "\n")
        self.exitcode = code

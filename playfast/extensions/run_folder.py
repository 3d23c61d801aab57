"""A folder for each crawl (PLAYFAST_RUNS): what is written there when it has ended, and which earlier ones go (PLAYFAST_KEEP)."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from playfast.errors import DatabaseError, ReportError
from playfast.extensions.feed_options import GZIP
from playfast.runs import files, folders, held, options

logger = logging.getLogger(__name__)


def prepare(settings: BaseSettings, spider: str, runs: Path) -> Path:
    """Make the folder of a crawl that is about to begin, and have its feed, its report and its comparison there.

    To be called once, before the extensions are made: they read where they write from the settings.

    Raises:
        OSError: the folder cannot be made.
    """
    folder = folders.make(runs.absolute(), datetime.now(UTC))
    feed = str(folder / folders.feed_name(spider))
    _set(
        settings,
        "FEEDS",
        {feed: {"format": "jsonl", "postprocessing": [GZIP]}, **settings.getdict("FEEDS")},
    )
    _set(settings, "PLAYFAST_REPORT", str(folder / folders.REPORT))
    before = folders.earlier(runs, spider, folder)
    if before is not None and options.option(settings, "PLAYFAST_DRIFT_AGAINST") in (None, ""):
        _set(settings, "PLAYFAST_DRIFT_AGAINST", str(before))
    return folder


class RunFolder:
    """Holds the crawl's folder while it runs; at the end, makes the page and lets the runs go that are too many.

    For spiders with a `run_folder`.
    """

    def __init__(self, crawler: Crawler, folder: Path, chosen: options.RunOptions) -> None:
        self.crawler = crawler
        self.folder = folder
        self._chosen = chosen
        self._handle = _held(folder)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        folder = getattr(crawler.spider, "run_folder", None)
        if not isinstance(folder, Path):
            raise NotConfigured
        extension = cls(crawler, folder, options.read(crawler.settings))
        # Behind the run report, which is written at the same signal.
        crawler.signals.connect(extension.finish, signals.engine_stopped)
        return extension

    def finish(self) -> None:
        logger.info("This run is in %s", self.folder)
        self._make_page()
        if self._chosen.keep is not None:
            self._let_go(self._chosen.keep)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _make_page(self) -> None:
        from playfast.extensions import run_page  # noqa: PLC0415 - the pages' modules are needed once, at the end

        try:
            before = folders.earlier(self.folder.parent, self.crawler.spider.name, self.folder)  # type: ignore[union-attr]
            content = run_page.written(self.folder / folders.REPORT, before, self._chosen.database)
            if content is not None:
                files.replace(self.folder / folders.PAGE, content)
        except (OSError, ReportError, DatabaseError) as error:
            logger.error("The page of this run cannot be made: %s", error)  # noqa: TRY400 - the sentence says all

    def _let_go(self, keep: int) -> None:
        try:
            known = folders.ours(self.folder.parent)
        except OSError as error:
            logger.error("PLAYFAST_KEEP: the earlier runs cannot be read: %s", error)  # noqa: TRY400 - as above
            return
        for old in folders.superfluous(known, keep):
            if old.path == self.folder or held.is_held(old.path, old.told["state"]):
                continue
            try:
                folders.remove(old.path)
            except OSError as error:
                logger.error("PLAYFAST_KEEP: %s cannot be deleted: %s", old.path, error)  # noqa: TRY400 - as above
            else:
                logger.info("PLAYFAST_KEEP=%s: %s was deleted", keep, old.path)


def _held(folder: Path) -> int | None:
    try:
        return held.hold(folder)
    except OSError as error:
        logger.warning("%s cannot be held, so another crawl's PLAYFAST_KEEP may delete it: %s", folder, error)
        return None


def _set(settings: BaseSettings, name: str, value: Any) -> None:
    """Just above the priority the setting has: Scrapy's runner applies its own settings a second time, at the same priorities."""
    settings.set(name, value, priority=(settings.getpriority(name) or 0) + 1)

"""Completes the folder of a run, and removes those of old ones."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from playfast import storage
from playfast.errors import DatabaseError, ReportError
from playfast.runs import files, folders, options, report

logger = logging.getLogger(__name__)


class RunFolder:
    """When a crawl with PLAYFAST_RUNS has ended: the page of its report, beside the last whole run; and PLAYFAST_KEEP.

    The spider has made the folder, and sent its feed and its report there. Comes behind the run report, which it reads.
    """

    def __init__(self, folder: Path, chosen: options.RunOptions) -> None:
        self.folder = folder
        self.chosen = chosen

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        folder: Path | None = getattr(crawler.spider, "run_folder", None)
        if folder is None:
            raise NotConfigured
        extension = cls(folder, options.read(crawler.settings))
        crawler.signals.connect(extension.finish, signals.engine_stopped)
        return extension

    def finish(self) -> None:
        root = self.folder.parent
        try:
            self._make_page(next(iter(folders.whole(root, but=self.folder)), None))
            for old in folders.outdated(root, self.chosen.keep, but=self.folder) if self.chosen.keep else ():
                folders.remove(old)
                logger.info("Removed the run of %s.", old.name)
        except OSError as error:
            logger.error("%s: %s", error.filename or root, error.strerror or error)  # noqa: TRY400 - the sentence says all

    def _make_page(self, before: Path | None) -> None:
        # Needed once, at the end, and by few crawls.
        from playfast.pages import frame  # noqa: PLC0415
        from playfast.pages.changes.sections import sections  # noqa: PLC0415
        from playfast.pages.library import LibraryMissingError  # noqa: PLC0415
        from playfast.pages.run.page import run_page  # noqa: PLC0415
        from playfast.pages.run.runs import Run, Runs  # noqa: PLC0415

        try:
            runs = [
                Run(report.read(path / folders.REPORT), path.name) for path in (self.folder, before) if path
            ]
            more = sections(storage.summarized(self.chosen.database)) if self.chosen.database else []
            files.replace(self.folder / folders.PAGE, frame.written(run_page(Runs(*runs), *more)))
        except LibraryMissingError as error:
            logger.info("There is no page of the run: %s", error)
        except (ReportError, DatabaseError) as error:
            logger.warning("There is no page of the run: %s", error)

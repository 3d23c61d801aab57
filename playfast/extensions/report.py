"""The run report: built from the statistics, printed as a table at the end, and kept as a file where one is asked for."""

from __future__ import annotations

import logging
import platform
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from playfast.extensions.measure import Measure
from playfast.extensions.progress import Progress
from playfast.play.fields import floors, is_declared
from playfast.runs import checkpoints, memory, options, report, table, units
from playfast.runs.outcome import judge
from playfast.runs.report import Run

logger = logging.getLogger(__name__)

FAILED = "playfast/report_failed"
"""The statistic with the reason why the file could not be written the last time; None where it could."""

_EVERY = 15.0
_SETTINGS = (
    "AUTOTHROTTLE_ENABLED",
    "CLOSESPIDER_ERRORCOUNT",
    "CLOSESPIDER_ITEMCOUNT",
    "CLOSESPIDER_PAGECOUNT",
    "CLOSESPIDER_TIMEOUT",
    "CONCURRENT_ITEMS",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_DELAY",
    "DOWNLOAD_TIMEOUT",
    "HTTPCACHE_ENABLED",
    "MEMUSAGE_LIMIT_MB",
    "RETRY_TIMES",
    "ROBOTSTXT_OBEY",
    "USER_AGENT",
)
_PASSWORD = re.compile(r"(?<=//)[^/@\s]*@")
_LONGEST = 300


class RunReport:
    """Keeps the report of the crawl under way; `run` is what is known beside the statistics.

    The file (`PLAYFAST_REPORT`) is written every quarter of a minute, so that a killed crawl leaves one, and at the end. Runs for spiders
    whose items are declared as `play.fields` does.
    """

    def __init__(self, crawler: Crawler, run: Run, chosen: options.RunOptions) -> None:
        self.crawler = crawler
        self.run = run
        self.options = chosen
        self._writing: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        item = getattr(spider, "item", None)
        if item is None or not is_declared(item):
            raise NotConfigured  # a spider of other people's
        chosen = options.read(crawler.settings)
        names = tuple(name for name in spider.filled_names if name not in spider.key_names)
        run = Run(
            spider=spider.name,
            item=item.__name__,
            arguments={name: _shown(text) for name, text in spider.given.items()},
            storefronts=spider.storefronts,
            grouped_by=units.grouped_by(item),
            names=names,
            floors={
                name: floor for name, floor in {**floors(item), **chosen.floors}.items() if name in names
            },
            versions=_versions(),
            settings=_settings(crawler.settings),
            started_at=datetime.now(UTC),
            feeds=[
                {"uri": _PASSWORD.sub("", str(uri)), "format": str(feed.get("format", ""))}
                for uri, feed in crawler.settings.getdict("FEEDS").items()
            ],
            drift=chosen.drift,
        )
        extension = cls(crawler, run, chosen)
        crawler.signals.connect(extension.start, signals.spider_opened)
        crawler.signals.connect(extension.finish, signals.engine_stopped)
        crawler.signals.connect(extension.learn, checkpoints.LISTED)
        return extension

    def learn(self) -> None:
        """How many storefronts are asked: a feed that is read for what failed tells it late."""
        self.run.storefronts = getattr(self.crawler.spider, "storefronts", self.run.storefronts)

    def start(self) -> None:
        self.run.started_at = datetime.now(UTC)
        if self.options.report is not None:
            self._writing = create_looping_call(self.write)
            # In a run's folder at once: a folder without a report is nobody's, and would stay for good.
            self._writing.start(
                _EVERY, now=isinstance(getattr(self.crawler.spider, "run_folder", None), Path)
            )

    def built(self, outcome: tuple[int, str] | None = None) -> dict[str, Any]:
        """The report as of now."""
        measure = self.crawler.get_extension(Measure)
        assert measure is not None
        return report.build(
            self.run,
            self.crawler.stats.get_stats(),
            elapsed=measure.elapsed,
            latency=measure.latency,
            series=measure.series.columns(),
            memory={"now": memory.resident(), "peak": memory.peak()},
            due=self.crawler.spider.due,  # type: ignore[union-attr]  # there is one while extensions are told of it
            outcome=outcome,
        )

    def write(self, told: dict[str, Any] | None = None) -> None:
        """Write the file, if one is asked for; without a report, that of the crawl as of now."""
        if self.options.report is None:
            return
        stats = self.crawler.stats
        try:
            report.write(self.options.report, told or self.built())
            stats.set_value(FAILED, None)
        except OSError as error:
            stats.set_value(FAILED, f"{self.options.report}: {error.strerror or error}")
            logger.error("The run report cannot be written: %s", error)  # noqa: TRY400 - the sentence says all

    def finish(self) -> None:
        if self._writing is not None and self._writing.running:
            self._writing.stop()
        outcome = judge(self.crawler.stats.get_stats())
        told = self.built((outcome.code, outcome.line))
        self.write(told)
        terminal = self.crawler.get_extension(Progress)
        if terminal is not None:
            terminal.show(table.of_report(told))
        if terminal is None or not terminal.has_the_log:
            logger.info("%s", table.plain(told))


def _versions() -> dict[str, str]:
    packages = ("playfast-scrapy", "scrapy", "twisted", "orjson")
    found = {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "implementation": sys.implementation.name,
    }
    return {**{name: _version(name) for name in packages}, **found}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"  # the project runs from its folder too


def _settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    ours = sorted(name for name in settings if str(name).startswith("PLAYFAST_"))
    shown = {name: _shown(settings[name]) for name in (*_SETTINGS, *ours) if settings.get(name) is not None}
    if "PLAYFAST_PROXIES" in shown:
        shown["PLAYFAST_PROXIES"] = f"{len(options.read(settings).proxies)} proxies"
    return shown


def _shown(value: Any) -> Any:
    """A value without a password in an address, and without the whole of a list that was written out."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    text = _PASSWORD.sub("", str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text):,} characters)"

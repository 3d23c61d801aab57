"""Watches for fields that Play has moved, and says or stops it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from playfast.errors import ReportError
from playfast.extensions.report import RunReport
from playfast.play.fields import Told, sources
from playfast.play.verdict import Status
from playfast.runs import checkpoints, drift, report
from playfast.runs.drift import Counts, Finding
from playfast.runs.report import Run

logger = logging.getLogger(__name__)

FOUND = "playfast/drift"
"""The statistic with all findings as one text; a crawl that is stopped for them ends with the reason `drift`."""
STOPS = "playfast/drift_stops"
"""The statistic that is true where findings are to end the crawl, or to be told by its exit code if they come at its end."""
_WINDOW = 400
"""Available records from each storefront that are judged together: looks grow until there are as many, then a new one begins."""
_ALIKE = ("countries", "langs", "retry", "via")


class DriftWatch:
    """Judges the counts at every checkpoint, and the whole crawl against the earlier report at its end (`runs.drift` has the rules).

    `PLAYFAST_DRIFT` is off, warn or stop; the earlier report is `PLAYFAST_DRIFT_AGAINST`, or what stands at `PLAYFAST_REPORT` when the
    crawl begins.
    """

    run: Run
    mode: str

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.earlier: Counts | None = None
        self._seen = Counts(0, {}, 0, {})
        self._told: frozenset[str] = frozenset()
        self._rows_due = False
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.start, signals.spider_opened)
        return extension

    def start(self) -> None:
        kept = self.crawler.get_extension(RunReport)
        if kept is None or kept.options.drift == "off":
            return
        self.run, self.mode = kept.run, kept.options.drift
        item: Any = self.crawler.spider.item  # type: ignore[union-attr]  # open by now
        self._rows_due = self.crawler.spider.rows_are_due  # type: ignore[union-attr]  # open by now
        self._told = frozenset(name for name, source in sources(item).items() if isinstance(source, Told))
        self._find_earlier(kept.options.against or kept.options.report)
        # Here, and not before: at the end the pipelines have to write their counts first.
        self.crawler.signals.connect(self.look, checkpoints.REACHED)
        self.crawler.signals.connect(self.finish, signals.spider_closed)

    def _find_earlier(self, path: Path | None) -> None:
        if path is None or not path.exists():
            return
        try:
            former = report.read(path)
        except ReportError as error:
            logger.warning("Not compared with the earlier run: %s", error)
            return
        unlike = [name for name in _ALIKE if former["arguments"].get(name) != self.run.arguments.get(name)]
        if former["spider"] != self.run.spider or unlike:
            logger.info(
                "Not compared with the earlier run of %s: it had other %s.",
                path,
                ", ".join(unlike) or "spiders",
            )
            return
        self.earlier = report.counts(former)
        self.run.against = str(path)

    def look(self) -> None:
        """Judge the latest records."""
        now = self.counts()
        since = now.since(self._seen)
        if since.records >= _WINDOW * since.storefronts:
            self._seen = now
        self.tell(
            [
                *drift.against_floors(since, self.run.floors, self.earlier),
                *self._of_frames(drift.MANY),
            ]
        )

    def finish(self) -> None:
        """Judge the crawl as a whole."""
        whole = self.counts()
        findings = drift.against_earlier(whole, self.earlier) if self.earlier is not None else []
        self.tell(
            [
                *drift.against_floors(whole, self.run.floors, self.earlier),
                *findings,
                *self._of_frames(drift.ENOUGH),
            ]
        )

    def counts(self) -> Counts:
        """What is counted so far, from the statistics."""
        get = self.crawler.stats.get_value
        return Counts(
            get("playfast/records/filled", 0),
            {
                name: get(f"playfast/field/{name}/{'yes' if name in self._told else 'filled'}", 0)
                # What a page's markup filled in, the record did not say.
                - get(report.from_markup(name), 0)
                for name in self.run.names
            },
            # Where a crawl gives rows, these are what is filled.
            max(
                sum(get(f"playfast/records/{status}", 0) for status in report.FILLED),
                get("playfast/records/filled", 0),
            ),
            {name: get(f"playfast/field/{name}/invalid", 0) for name in self.run.names},
            max(1, self.run.storefronts),
        )

    def _of_frames(self, unknown_enough: int) -> list[Finding]:
        """What tells that not a field, but what stands around it has moved, or that Play takes requests in another form."""
        get = self.crawler.stats.get_value
        records = {status: get(f"playfast/records/{status}", 0) for status in Status}
        usable = sum(records.values()) - records[Status.ERROR] - records[Status.INVALID_ID]
        unknown = records[Status.NOT_FOUND]
        # Those of which an earlier crawl says that Play does not know them are asked again to see whether it does now.
        again = Status.NOT_FOUND in str(self.run.arguments.get("retry") or "")
        return [
            *drift.of_answers(
                usable,
                get("playfast/answers/unusable", 0),
                get("playfast/answers/last_unusable", "no reason given"),
            ),
            *drift.of_statuses(
                records[Status.AVAILABLE],
                records[Status.NOT_IN_REGION],
                get("playfast/records/elsewhere_offered", 0),
            ),
            *(
                drift.of_knowledge(usable - unknown, unknown, unknown_enough * max(1, self.run.storefronts))
                if not again
                else []
            ),
            *drift.of_rows(
                records[Status.AVAILABLE] if self._rows_due else get("playfast/reviews/refused", 0),
                get("playfast/records/filled", 0),
            ),
        ]

    def tell(self, findings: list[Finding]) -> None:
        """Say what is new among the findings, each field once; stop the crawl if that is wanted."""
        known = {finding.field for finding in self.run.findings}
        fresh = list({finding.field: finding for finding in findings if finding.field not in known}.values())
        if not fresh:
            return
        self.run.findings += fresh
        self.crawler.stats.set_value(FOUND, drift.sentence(self.run.findings))
        stopping = self.mode == "stop"
        if stopping:
            self.crawler.stats.set_value(STOPS, value=True)
        logger.log(
            logging.ERROR if stopping else logging.WARNING,
            "Play may have moved %s. %s",
            "a field" if len(fresh) == 1 else "fields",
            drift.sentence(fresh),
        )
        if (
            stopping
            and self._closing is None
            and self.crawler.engine is not None
            and self.crawler.engine.running
        ):
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="drift"))

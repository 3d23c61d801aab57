"""What checking and telling costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, ClassVar

from benchmarks.harness.crawl import CONCURRENCY, Wish, crawl
from benchmarks.harness.measures import CPU, metric
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.scenarios.base import Context, Findings, Scenario, at_most

_MOST = 15.0
_OFF = {
    "ITEM_PIPELINES": "{}",
    "PLAYFAST_DRIFT": "off",
    "EXTENSIONS": json.dumps(
        {
            "scrapy.extensions.corestats.CoreStats": None,
            "scrapy.extensions.feedexport.FeedExporter": None,
            "playfast.extensions.core_stats.DirectCoreStats": 0,
            "playfast.extensions.feeds.WatchedFeedExporter": 0,
        }
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overhead(Scenario):
    """A crawl with all that checks and tells, and one with none of it."""

    name: ClassVar[str] = "overhead"
    title: ClassVar[str] = "What checking and telling costs"
    about: ClassVar[str] = (
        "CPU of the crawling process for each app, with validation, coverage, drift, measures, progress line and run report, and without "
        "any of them; start-up is taken off by a crawl of a single app."
    )
    small: ClassVar = {"apps": 640, "rounds": 1}

    apps: int = 20_000
    rounds: int = 4

    def run(self, context: Context) -> Findings:
        """Both kinds, of all apps and of one, in turns."""
        with local_store(records=self.apps) as store:
            store.prepare(store.ids(self.apps))
            kinds: dict[str, Any] = {}
            for size in (1, self.apps):
                ids = store.write_ids(context.folder / f"{size}.txt", size)
                for on in (False, True):
                    wish = Wish(
                        ids=ids,
                        records=size,
                        concurrency=CONCURRENCY,
                        told=on,
                        settings={} if on else _OFF,
                    )
                    kinds[f"{size} apps, {_word(on)}"] = partial(crawl, store, wish, context.folder)
            found = in_turns(self.rounds, kinds, context.tell)

        def used(on: bool) -> list[float]:
            many, one = found[f"{self.apps} apps, {_word(on)}"], found[f"1 apps, {_word(on)}"]
            start_up = median(each.process.cpu_seconds for each in one)
            return [(each.process.cpu_seconds - start_up) / (self.apps - 1) * 1000 for each in many]

        without, with_all = used(False), used(True)
        share = [(more - less) / more * 100 for less, more in zip(without, with_all, strict=True)]
        return Findings(
            metrics=[
                metric("off/cpu-per-app", "without checking and telling", CPU, "ms", "less", without),
                metric("on/cpu-per-app", "with checking and telling", CPU, "ms", "less", with_all),
                metric("overhead", "share of checking and telling", "share", "percent", "less", share),
            ],
            targets=[
                at_most(
                    "overhead",
                    f"checking and telling: at most {_MOST:g} % of the crawl's CPU per app",
                    _MOST,
                    median(share),
                    "percent",
                )
            ],
        )


def _word(on: bool) -> str:
    return "on" if on else "off"

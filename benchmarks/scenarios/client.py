"""The Python client beside the spider."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, ClassVar

from benchmarks.harness import measures
from benchmarks.harness.client import Fetched, fetch
from benchmarks.harness.crawl import CONCURRENCY, Crawl, Wish, crawl
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.scenarios.base import Context, Findings, Scenario, at_least

_LEAST = 80.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Scenario):
    """`get_apps_parallel` beside a crawl of the same apps."""

    name: ClassVar[str] = "client"
    title: ClassVar[str] = "From Python"
    about: ClassVar[str] = (
        "get_apps_parallel of AsyncClient, all apps in one question and the engine started, beside a crawl of the same apps into JSON "
        "Lines; packs without latency, the same number of requests in flight, the time from the question to the answer and from the "
        "spider's start to its end."
    )
    small: ClassVar = {"apps": 640, "rounds": 1}

    apps: int = 10_000
    rounds: int = 6

    def run(self, context: Context) -> Findings:
        """Both in turns."""
        with local_store(records=self.apps) as store:
            store.prepare(store.ids(self.apps))
            ids = store.write_ids(context.folder / "ids.txt", self.apps)
            wish = Wish(ids=ids, records=self.apps, concurrency=CONCURRENCY)
            kinds: dict[str, Any] = {
                "spider": partial(crawl, store, wish, context.folder),
                "client": partial(fetch, store, ids, self.apps, CONCURRENCY),
            }
            found = in_turns(self.rounds, kinds, context.tell)
        spider: list[Crawl] = found["spider"]
        client: list[Fetched] = found["client"]
        share = [
            ours.apps_per_second / theirs.apps_per_second * 100
            for ours, theirs in zip(client, spider, strict=True)
        ]
        words = f"get_apps_parallel: at least {_LEAST:g} % of the spider's apps/s"
        return Findings(
            metrics=[
                measures.speed("spider", "the spider", [each.apps_per_second for each in spider]),
                measures.speed("client", "get_apps_parallel", [each.apps_per_second for each in client]),
                measures.metric(
                    "share", "the client's share of the spider's speed", "share", "percent", "more", share
                ),
            ],
            targets=[at_least("share", words, _LEAST, median(share), "percent")],
        )

"""Page by page, without latency, beside the peer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, ClassVar

from benchmarks.harness.crawl import CONCURRENCY, Wish, crawl
from benchmarks.harness.measures import RATIOS, cpu, metric, of_crawls, speed
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.peers.known import PLAYFAST
from benchmarks.scenarios.base import Context, Findings, Scenario, at_least

_TIMES_PEER = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages(Scenario):
    """Crawl and peer on the same pages."""

    name: ClassVar[str] = "pages"
    title: ClassVar[str] = "Page by page"
    about: ClassVar[str] = (
        "A crawl of whole records from pages, each compared with its markup as is the default, and the peer on the same pages. Pages are "
        "prepared and there is no latency: what is measured is reading them."
    )
    small: ClassVar = {"apps": 30, "rounds": 1}

    apps: int = 600
    concurrency: int = CONCURRENCY
    rounds: int = 5

    def run(self, context: Context) -> Findings:
        """Both in the same rounds, on the same pages."""
        peer = context.peer(PLAYFAST)
        with local_store(pages=self.apps) as store:
            if peer is not None and context.peers is not None:
                ids = context.peers.readable(store, self.apps, [PLAYFAST])
            else:
                ids = store.ids(self.apps)
            store.prepare(ids, pages=True)
            listed = context.folder / "ids.txt"
            listed.write_text("\n".join(ids), encoding="utf-8")
            wish = Wish(ids=listed, records=self.apps, pages=True, concurrency=self.concurrency)
            kinds: dict[str, Callable[[], Any]] = {"crawl": partial(crawl, store, wish, context.folder)}
            if peer is not None:
                kinds["peer"] = partial(peer.fetch, store, ids, self.concurrency)
            found = in_turns(self.rounds, kinds, context.tell)
        crawls, peers = found["crawl"], found.get("peer", [])
        metrics = of_crawls("pages", f"page by page, {self.concurrency} at once", crawls)
        of_peer = [
            one.apps_per_second / other.apps_per_second for one, other in zip(crawls, peers, strict=False)
        ]
        if peers:
            metrics += [
                speed("peer", PLAYFAST.title, [one.apps_per_second for one in peers]),
                cpu("peer", PLAYFAST.title, [one.cpu_per_app for one in peers]),
                metric("pages/of-peer", "apps/s, times the peer's", RATIOS, "ratio", "more", of_peer),
            ]
        target = at_least(
            "pages-against-peer",
            f"page by page: at least {_TIMES_PEER:g} times the apps/s of playfast 0.5.10's AsyncClient, both {self.concurrency} at once",
            _TIMES_PEER,
            median(of_peer) if of_peer else None,
            "ratio",
            context.why_no(PLAYFAST),
        )
        return Findings(metrics=metrics, targets=[target])

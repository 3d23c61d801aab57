"""The main job: whole records in packs, beside its floor and the peer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, ClassVar

from benchmarks.harness import floor
from benchmarks.harness.crawl import CONCURRENCY, Wish, crawl
from benchmarks.harness.measures import RATIOS, cpu, metric, of_crawls, speed
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.peers.known import PLAYFAST
from benchmarks.scenarios.base import Context, Findings, Scenario, at_least, at_most

_TIMES_PEER = 25.0
_TIMES_FLOOR = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Packs(Scenario):
    """`peer_apps` is how many the peer fetches: it would take minutes for all."""

    name: ClassVar[str] = "packs"
    title: ClassVar[str] = "Whole records in packs"
    about: ClassVar[str] = (
        "A crawl of whole App records in packs of 32 into JSON Lines, with validation, statistics, progress and run report on; beside it "
        "a loop that reads the same answers without a framework, and the peer page by page. Answers are prepared and there is no latency: "
        "the real store's pace is not measured."
    )
    small: ClassVar = {"apps": 640, "peer_apps": 30, "rounds": 1}

    apps: int = 40_000
    peer_apps: int = 400
    concurrency: int = CONCURRENCY
    rounds: int = 5

    def run(self, context: Context) -> Findings:
        """Crawl, floor and peer in the same rounds."""
        folder, peer = context.folder, context.peer(PLAYFAST)
        with local_store(records=self.apps, pages=self.peer_apps) as store:
            ids = store.ids(self.apps)
            listed = store.write_ids(folder / "ids.txt", self.apps)
            store.prepare(ids)
            answers = floor.write(store, ids, folder / "answers")
            wish = Wish(ids=listed, records=self.apps, concurrency=self.concurrency)
            kinds: dict[str, Callable[[], Any]] = {
                "crawl": partial(crawl, store, wish, folder),
                "floor": partial(floor.measure, answers),
            }
            if peer is not None and context.peers is not None:
                theirs = context.peers.readable(store, self.peer_apps, [PLAYFAST])
                store.prepare(theirs, pages=True)
                kinds["peer"] = partial(peer.fetch, store, theirs, self.concurrency)
            found = in_turns(self.rounds, kinds, context.tell)
        crawls, floors, peers = found["crawl"], found["floor"], found.get("peer", [])
        of_floor = [
            one.seconds / one.records / least.seconds_per_app
            for one, least in zip(crawls, floors, strict=True)
        ]
        of_peer = [
            one.apps_per_second / other.apps_per_second for one, other in zip(crawls, peers, strict=False)
        ]
        metrics = [
            *of_crawls("packs", f"packs of 32, {self.concurrency} at once", crawls),
            speed("floor", "floor: no framework", [1 / one.seconds_per_app for one in floors]),
            cpu("floor", "floor: no framework", [one.cpu_seconds / one.apps for one in floors]),
            metric("packs/of-floor", "time per app, times the floor's", RATIOS, "ratio", "less", of_floor),
        ]
        if peers:
            metrics += [
                speed("peer", PLAYFAST.title, [one.apps_per_second for one in peers]),
                cpu("peer", PLAYFAST.title, [one.cpu_per_app for one in peers]),
                metric("packs/of-peer", "apps/s, times the peer's", RATIOS, "ratio", "more", of_peer),
            ]
        return Findings(
            metrics=metrics,
            targets=[
                at_least(
                    "packs-against-peer",
                    f"packs of 32: at least {_TIMES_PEER:g} times the apps/s of playfast 0.5.10's AsyncClient, "
                    f"both {self.concurrency} at once",
                    _TIMES_PEER,
                    median(of_peer) if of_peer else None,
                    "ratio",
                    context.why_no(PLAYFAST),
                ),
                at_most(
                    "packs-against-floor",
                    f"packs of 32: at most {_TIMES_FLOOR:g} times the floor's time per app",
                    _TIMES_FLOOR,
                    median(of_floor),
                    "ratio",
                ),
            ],
            series=[crawls[-1].series(f"{self.apps:,} apps in packs")],
        )

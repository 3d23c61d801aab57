"""What apps cost in memory: in a crawl with a feed, and held in a list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import ClassVar

from benchmarks.harness import held
from benchmarks.harness.crawl import Crawl, Wish, crawl
from benchmarks.harness.measures import MB, MEMORY, metric
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.peers.known import PLAYFAST
from benchmarks.results import Metric
from benchmarks.scenarios.base import Context, Findings, Scenario, at_most

_OF_PEER = 0.5
_KEPT_PER_APP = 2_000
_HELD = "held in a list"
_PER_APP = "bytes an app"
_HELD_RUNNER = "playfast_held.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory(Scenario):
    """`few` is a list of sizes, measured in every round; `many` is measured once."""

    name: ClassVar[str] = "memory"
    title: ClassVar[str] = "What apps cost in memory"
    about: ClassVar[str] = (
        "Crawls of 50 to 100,000 apps with a feed: resident memory at its highest and at the end. And the same apps held in a list, with "
        "the peer's: what tracemalloc counts, and by walking the objects the bytes of strings and the bytes beyond them. Memory that C "
        "or Rust code keeps to itself is not in the second part."
    )
    small: ClassVar = {"few": "20 40", "many": 200, "rounds": 1}

    few: str = "50 100 200 1000"
    many: int = 100_000
    rounds: int = 3

    def run(self, context: Context) -> Findings:
        """First crawls, then lists: the latter hold gigabytes."""
        sizes = [int(word) for word in self.few.split()]
        largest = max(sizes)
        peer = context.peer(PLAYFAST)
        with local_store(pages=largest) as store:
            same = (
                context.peers.readable(store, largest, [PLAYFAST])
                if context.peers is not None
                else list(islice(store.rated(), largest))
            )
            lists = {size: _listed(context.folder, same[:size]) for size in sizes}
            lists[self.many] = store.write_ids(context.folder / "many.txt", self.many)

            def of(size: int) -> Crawl:
                return crawl(store, Wish(ids=lists[size], records=size), context.folder, streamed=True)

            kinds = {f"{size:,} apps": lambda size=size: of(size) for size in sizes}
            found = in_turns(self.rounds, kinds, context.tell)
            context.tell(f"once: {self.many:,} apps")
            crawls = {size: found[f"{size:,} apps"] for size in sizes} | {self.many: [of(self.many)]}
            lists_held = {}
            for size, ids in lists.items():
                context.tell(f"held in a list: {size:,} apps")
                lists_held[size] = held.measure(store, ids)
            theirs = {}
            if peer is not None:
                for size in sizes:
                    context.tell(f"held in a list: {size:,} apps of the peer")
                    theirs[size] = peer.told(_HELD_RUNNER, {"address": store.address, "ids": same[:size]})
        kept = _kept_per_app(crawls, largest, self.many)
        beyond = lists_held[largest]["other_bytes"] / largest
        peers_beyond = theirs[largest]["other_bytes"] / largest if theirs else None
        return Findings(
            metrics=[
                *(entry for size in crawls for entry in _of_crawls(size, crawls[size])),
                metric(
                    "crawl/kept-per-app", "kept by a crawl with a feed", _PER_APP, "bytes", "less", [kept]
                ),
                *(entry for size, told in lists_held.items() for entry in _of_list("app", "App", size, told)),
                *(
                    entry
                    for size, told in theirs.items()
                    for entry in _of_list("peer", "playfast 0.5.10's AppInfo", size, told)
                ),
            ],
            targets=[
                at_most(
                    "kept-per-app",
                    f"a crawl with a feed keeps less than {_KEPT_PER_APP / 1000:g} KB for each app",
                    _KEPT_PER_APP,
                    kept,
                    "bytes",
                ),
                at_most(
                    "app-in-a-list",
                    f"an App held in a list: beyond its strings at most {_OF_PEER:g} of what playfast 0.5.10's costs beyond them",
                    _OF_PEER,
                    None if peers_beyond is None else beyond / peers_beyond,
                    "ratio",
                    context.why_no(PLAYFAST),
                ),
            ],
            series=[crawls[self.many][0].series(f"{self.many:,} apps with a feed")],
        )


def _listed(folder: Path, ids: list[str]) -> Path:
    path = folder / f"{len(ids)}.txt"
    path.write_text("\n".join(ids), encoding="utf-8")
    return path


def _kept_per_app(crawls: dict[int, list[Crawl]], some: int, many: int) -> float:
    """What the larger crawl has more in use at its end, for each app that it has more."""
    at_end = {
        size: median(float(one.report["memory_bytes"]["now"]) for one in crawls[size])
        for size in (some, many)
    }
    return max(0.0, (at_end[many] - at_end[some]) / (many - some))


def _of_crawls(size: int, crawls: list[Crawl]) -> list[Metric]:
    peak = [one.peak_bytes / MB for one in crawls]
    now = [one.report["memory_bytes"]["now"] / MB for one in crawls]
    return [
        metric(f"crawl/{size}/peak", f"crawl of {size:,} apps, highest", MEMORY, "MB", "less", peak),
        metric(f"crawl/{size}/end", f"crawl of {size:,} apps, at the end", MEMORY, "MB", "less", now),
    ]


def _of_list(name: str, title: str, size: int, told: dict[str, int]) -> list[Metric]:
    words = {
        "peak_bytes": "highest while made",
        "held_bytes": "after collection",
        "string_bytes": "of it strings",
        "other_bytes": "beyond strings",
    }
    return [
        metric(
            f"{name}/{size}/{what.removesuffix('_bytes')}",
            f"{size:,} {title} {_HELD}, {word}",
            _PER_APP,
            "bytes",
            "less" if what != "string_bytes" else "none",
            [told[what] / size],
        )
        for what, word in words.items()
    ]

"""What apps cost in memory: in a crawl with a feed, and held in a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import ClassVar, TypeVar

from benchmarks.harness import held
from benchmarks.harness.crawl import Crawl, Wish, crawl
from benchmarks.harness.measures import MB, MEMORY, metric
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import LocalStore, local_store
from benchmarks.peers.known import PLAYFAST
from benchmarks.results import Metric
from benchmarks.scenarios.base import Context, Findings, Scenario, at_most

_OF_PEER = 0.5
_KEPT_PER_APP = 2_000
_PER_APP = "bytes an app"
_HELD_RUNNER = "playfast_held.py"
_PEERS_APP = "playfast 0.5.10's AppInfo"

T = TypeVar("T")
Held = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory(Scenario):
    """`few` is a list of sizes, measured in every round and by the peer too; `many` is measured once."""

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
        """First crawls, then lists: the latter may hold gigabytes."""
        sizes = [int(word) for word in self.few.split()]
        largest = max(sizes)
        with local_store(pages=largest) as store:
            same = _same_apps(store, context, largest)
            lists = {size: _listed(context.folder, same[:size]) for size in sizes}
            lists[self.many] = store.write_ids(context.folder / "many.txt", self.many)

            def of_crawl(size: int) -> Crawl:
                return crawl(store, Wish(ids=lists[size], records=size), context.folder, streamed=True)

            crawls = self._each(sizes, of_crawl, "a crawl", context)
            ours = self._each(sizes, lambda size: held.measure(store, lists[size]), "a list", context)
            theirs: dict[int, list[Held]] = {}
            if (peer := context.peer(PLAYFAST)) is not None:

                def of_peer(size: int) -> Held:
                    return peer.told(_HELD_RUNNER, {"address": store.address, "ids": same[:size]})

                theirs = _in_turns(self.rounds, sizes, of_peer, "the peer's list", context)
        kept = _kept_per_app(crawls, largest, self.many)
        return Findings(
            metrics=[
                *(entry for size in crawls for entry in _of_crawls(size, crawls[size])),
                metric("crawl/kept", "kept by a crawl with a feed", _PER_APP, "bytes", "less", [kept]),
                *(entry for size in ours for entry in _of_lists("app", "App", size, ours[size])),
                *(entry for size in theirs for entry in _of_lists("peer", _PEERS_APP, size, theirs[size])),
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
                    f"an App held in a list: beyond its strings at most {_OF_PEER:g} of what {_PEERS_APP} costs beyond them",
                    _OF_PEER,
                    _beyond(ours[largest]) / _beyond(theirs[largest]) if theirs else None,
                    "ratio",
                    context.why_no(PLAYFAST),
                ),
            ],
            series=[crawls[self.many][0].series(f"{self.many:,} apps with a feed")],
        )

    def _each(
        self, sizes: list[int], measure: Callable[[int], T], what: str, context: Context
    ) -> dict[int, list[T]]:
        """Small sizes in rounds, the largest once."""
        found = _in_turns(self.rounds, sizes, measure, what, context)
        context.tell(f"once: {what} of {self.many:,} apps")
        return found | {self.many: [measure(self.many)]}


def _in_turns(
    rounds: int, sizes: list[int], measure: Callable[[int], T], what: str, context: Context
) -> dict[int, list[T]]:
    """Rounds of all sizes."""
    names = {f"{what} of {size:,} apps": size for size in sizes}
    found = in_turns(rounds, {name: partial(measure, size) for name, size in names.items()}, context.tell)
    return {size: found[name] for name, size in names.items()}


def _same_apps(store: LocalStore, context: Context, number: int) -> list[str]:
    """Apps that the peer can read, where there is one."""
    if context.peers is None:
        return list(islice(store.rated(), number))
    return context.peers.readable(store, number, [PLAYFAST])


def _listed(folder: Path, ids: list[str]) -> Path:
    path = folder / f"{len(ids)}.txt"
    path.write_text("\n".join(ids), encoding="utf-8")
    return path


def _beyond(lists: list[Held]) -> float:
    """Bytes beyond strings for each app."""
    return median(told["other_bytes"] / told["apps"] for told in lists)


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


def _of_lists(name: str, title: str, size: int, lists: list[Held]) -> list[Metric]:
    words = {
        "peak_bytes": "highest while made",
        "held_bytes": "after collection",
        "string_bytes": "of it strings",
        "other_bytes": "beyond strings",
    }
    return [
        metric(
            f"{name}/{size}/{what.removesuffix('_bytes')}",
            f"{size:,} {title} in a list, {word}",
            _PER_APP,
            "bytes",
            "less" if what != "string_bytes" else "none",
            [told[what] / size for told in lists],
        )
        for what, word in words.items()
    ]

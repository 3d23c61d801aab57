"""Against a store that takes its time: what asking several at once brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import ClassVar

from benchmarks.harness.crawl import CONCURRENCY, Crawl
from benchmarks.harness.measures import RATIOS, latencies, metric, speed
from benchmarks.harness.methods import STEPS, Method
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import PACK, local_store
from benchmarks.results import Metric, Target
from benchmarks.scenarios.base import Context, Findings, Scenario, at_least, at_most

_PACKS_BOUND = 850.0
_PAGES_BOUND = 14.5
_SINGLE_BOUND, _PARALLEL_BOUND, _RATE_BOUND = 1.0, 5.0, 20.0
_PARALLEL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency(Scenario):
    """`turns` is the requests for each slot; what targets are about has `long_turns`, so that ends weigh little."""

    name: ClassVar[str] = "latency"
    title: ClassVar[str] = "Against half a second of latency"
    about: ClassVar[str] = (
        "The same crawl against a store that waits half a second before every answer: one request at a time, then 5 to 30 at once, page by "
        "page and in packs of 32, and 100 pages at once. Answers are prepared. The store has to see as many requests at once as allowed."
    )
    small: ClassVar = {"steps": "1 15", "turns": 1, "long_turns": 1, "rounds": 1}

    latency: float = 0.5
    steps: str = " ".join(map(str, STEPS))
    turns: int = 8
    long_turns: int = 20
    rounds: int = 3

    def methods(self) -> Iterator[Method]:
        """Multiples of what goes at once: no round is half empty."""
        for pages, each in ((True, 1), (False, PACK)):
            for at_once in map(int, self.steps.split()):
                long = at_once == CONCURRENCY or (pages and at_once == 1)
                turns = self.long_turns if long else self.turns
                yield Method(at_once=at_once, apps=at_once * turns * each, pages=pages)
        yield Method(at_once=_PARALLEL, apps=_PARALLEL, pages=True)

    def run(self, context: Context) -> Findings:
        """All methods in turns."""
        methods = list(self.methods())
        pages = max(method.apps for method in methods if method.pages)
        records = max(method.apps for method in methods if not method.pages)
        with local_store(latency=self.latency, records=records, pages=pages) as store:
            store.prepare(store.ids(pages), pages=True)
            store.prepare(store.ids(records))
            kinds = {
                method.name: partial(method.fetch, store, context.folder, latency=self.latency)
                for method in methods
            }
            found = in_turns(self.rounds, kinds, context.tell)
        speedup = [
            one.apps_per_second / alone.apps_per_second
            for one, alone in zip(found[f"pages/{CONCURRENCY}"], found["pages/1"], strict=True)
        ]
        main = next(method for method in methods if not method.pages and method.at_once == CONCURRENCY)
        metrics = [
            entry
            for method in [main, *(method for method in methods if method is not main)]
            for entry in _of_method(method, found[method.name])
        ]
        metrics.append(
            metric(
                "pages/speedup", "page by page, 15 at once to sequential", RATIOS, "ratio", "more", speedup
            )
        )
        return Findings(metrics=metrics, targets=_targets(found, median(speedup)))


def _of_method(method: Method, crawls: list[Crawl]) -> list[Metric]:
    found = [speed(method.name, method.title, [one.apps_per_second for one in crawls])]
    if method.at_once in {1, CONCURRENCY}:
        found += latencies(method.name, method.title, crawls)
    if method.at_once == _PARALLEL:
        seconds = [one.seconds for one in crawls]
        found.append(metric(f"{method.name}/seconds", method.title, "seconds", "s", "less", seconds))
    return found


def _targets(found: dict[str, list[Crawl]], speedup: float) -> list[Target]:
    def middle(name: str, value: str) -> float:
        return median(float(getattr(one, value)) for one in found[name])

    single = median(one.latency("p50") for one in found["pages/1"])
    wide, packs = f"pages/{CONCURRENCY}", f"packs/{CONCURRENCY}"
    return [
        at_least(
            "packs-at-latency",
            f"0.5 s latency, packs of 32, 15 at once: at least {_PACKS_BOUND:g} apps/s",
            _PACKS_BOUND,
            middle(packs, "apps_per_second"),
            "apps/s",
        ),
        at_least(
            "pages-at-latency",
            f"0.5 s latency, page by page: 15 at once at least {_PAGES_BOUND:g} times sequential",
            _PAGES_BOUND,
            speedup,
            "ratio",
        ),
        at_most(
            "single-request",
            "0.5 s latency: a single request in less than 1 s",
            _SINGLE_BOUND,
            single,
            "s",
        ),
        at_most(
            "100-parallel",
            "0.5 s latency: 100 parallel requests in less than 5 s",
            _PARALLEL_BOUND,
            middle(f"pages/{_PARALLEL}", "seconds"),
            "s",
        ),
        at_least(
            "requests-per-second",
            "0.5 s latency, page by page, 15 at once: more than 20 requests/s",
            _RATE_BOUND,
            middle(wide, "requests_per_second"),
            "requests/s",
        ),
    ]

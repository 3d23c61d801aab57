"""Two processes on two halves of a list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import ClassVar

from benchmarks.harness.large import collect, shares
from benchmarks.harness.measures import RATIOS, cpu, metric, speed
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.scenarios.base import Context, Findings, Scenario, at_least, at_most

_TIMES = 1.8
_TIMES_CPU = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Processes(Scenario):
    """`apps` in all, by one process or by two."""

    name: ClassVar[str] = "processes"
    title: ClassVar[str] = "Two processes"
    about: ClassVar[str] = (
        "Whole records in packs of 32, prepared answers, no latency: one process on a list, two at once on its halves. The store needs "
        "a core's time too, though it only sends again what it sent in the warm-up: it takes what the crawls leave, and its share is "
        "told, since with two cores it takes from the second process."
    )
    small: ClassVar = {"apps": 1_280, "rounds": 1}

    apps: int = 64_000
    rounds: int = 6

    def run(self, context: Context) -> Findings:
        """One and two in turns."""
        with local_store(records=self.apps, replay=True) as store:
            store.prepare(store.ids(self.apps))
            store.give_way()
            kinds = {
                f"{number} at once": partial(
                    collect,
                    store,
                    shares(store, self.apps, number, context.folder),
                    context.folder,
                    streamed=False,
                )
                for number in (1, 2)
            }
            found = in_turns(self.rounds, kinds, context.tell)
        one, two = found["1 at once"], found["2 at once"]
        pairs = list(zip(one, two, strict=True))
        times = [both.apps_per_second / alone.apps_per_second for alone, both in pairs]
        times_cpu = [both.cpu_per_app / alone.cpu_per_app for alone, both in pairs]
        metrics = []
        for name, title, runs in (("two", "two processes", two), ("one", "one process", one)):
            metrics += [
                speed(name, title, [run.apps_per_second for run in runs]),
                cpu(name, f"{title}, start-up included", [run.cpu_per_app for run in runs]),
                metric(
                    f"{name}/store",
                    f"the store's share of a core, {title}",
                    "store",
                    "percent",
                    "none",
                    [run.store_share * 100 for run in runs],
                ),
            ]
        metrics += [
            metric("two/of-one", "apps/s of two, times one's", RATIOS, "ratio", "more", times),
            metric("two/cpu-of-one", "CPU per app of two, times one's", RATIOS, "ratio", "less", times_cpu),
        ]
        note = f"the store took {median(run.store_share for run in two):.0%} of a core"
        return Findings(
            metrics=metrics,
            targets=[
                at_least(
                    "two-processes",
                    f"two processes on two halves: at least {_TIMES:g} times the apps/s of one",
                    _TIMES,
                    median(times),
                    "ratio",
                    note,
                ),
                at_most(
                    "two-processes-cpu",
                    f"two processes on two halves: at most {_TIMES_CPU:g} times the CPU per app of one",
                    _TIMES_CPU,
                    median(times_cpu),
                    "ratio",
                ),
            ],
        )

"""What a ledger costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, ClassVar

from benchmarks.harness import measures
from benchmarks.harness.crawl import CONCURRENCY, Crawl, Wish, crawl
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import local_store
from benchmarks.scenarios.base import Context, Findings, Scenario, at_least, at_most

_LEAST_SPEED = 85.0
_MOST_CPU = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(Scenario):
    """A crawl with a ledger beside one without."""

    name: ClassVar[str] = "ledger"
    title: ClassVar[str] = "What a ledger costs"
    about: ClassVar[str] = (
        "Packs without latency into JSON Lines, with a ledger (each second the feed is put on the disk and what is in it entered as done) "
        "and without one; the pace is kept in both, and limits nothing. CPU is that of the crawling process, start-up included."
    )
    small: ClassVar = {"apps": 640, "rounds": 1}

    apps: int = 40_000
    rounds: int = 4

    def run(self, context: Context) -> Findings:
        """Both kinds in turns."""
        with local_store(records=self.apps) as store:
            store.prepare(store.ids(self.apps))
            ids = store.write_ids(context.folder / "ids.txt", self.apps)
            kinds: dict[str, Any] = {
                _word(on): partial(
                    crawl,
                    store,
                    Wish(ids=ids, records=self.apps, concurrency=CONCURRENCY, ledger=on),
                    context.folder,
                )
                for on in (False, True)
            }
            found = in_turns(self.rounds, kinds, context.tell)
        without: list[Crawl] = found[_word(False)]
        with_it: list[Crawl] = found[_word(True)]
        speed = [
            on.apps_per_second / off.apps_per_second * 100 for off, on in zip(without, with_it, strict=True)
        ]
        cpu = [(on.cpu_per_app / off.cpu_per_app - 1) * 100 for off, on in zip(without, with_it, strict=True)]
        kinds_of = {"off": ("without a ledger", without), "on": ("with a ledger", with_it)}
        metrics = [
            measured
            for name, (title, crawls) in kinds_of.items()
            for measured in (
                measures.speed(name, title, [each.apps_per_second for each in crawls]),
                measures.cpu(name, title, [each.cpu_per_app for each in crawls]),
            )
        ]
        words = f"with a ledger: at least {_LEAST_SPEED:g} % of the speed without"
        return Findings(
            metrics=[
                *metrics,
                measures.metric("speed", "speed with a ledger", "share", "percent", "more", speed),
                measures.metric("cpu", "CPU more with a ledger", "share", "percent", "less", cpu),
            ],
            targets=[
                at_least("speed", words, _LEAST_SPEED, median(speed), "percent"),
                at_most(
                    "cpu", f"a ledger: at most {_MOST_CPU:g} % more CPU", _MOST_CPU, median(cpu), "percent"
                ),
            ],
        )


def _word(on: bool) -> str:
    return "with a ledger" if on else "without"

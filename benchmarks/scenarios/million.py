"""A very long list in one process."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from benchmarks.harness.large import collect, shares
from benchmarks.harness.measures import MB, MEMORY, metric, of_crawls
from benchmarks.harness.store import local_store
from benchmarks.results import Series
from benchmarks.scenarios.base import Context, Findings, Scenario, at_most

_PEAK_MB = 200.0
_GROWTH_MB = 10.0
_SETTLED = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Million(Scenario):
    """One crawl, measured once."""

    name: ClassVar[str] = "million"
    title: ClassVar[str] = "A million apps in one process"
    about: ClassVar[str] = (
        "One crawl of whole records in packs of 32, JSON Lines into a pipe. The store makes its answers as it goes, so that it is as much "
        "the limit as the crawl: memory is what is measured here, not speed."
    )
    small: ClassVar = {"apps": 3_000}

    apps: int = 1_000_000

    def run(self, context: Context) -> Findings:
        """Once: it takes minutes."""
        context.tell(f"{self.apps:,} apps")
        with local_store() as store:
            crawl = collect(store, shares(store, self.apps, 1, context.folder), context.folder).crawls[0]
        series = crawl.series(f"{self.apps:,} apps in one process")
        grown = growth(series) / MB
        return Findings(
            metrics=[
                *of_crawls("million", f"{self.apps:,} apps", [crawl]),
                metric("million/growth", "growth after the first tenth", MEMORY, "MB", "less", [grown]),
            ],
            targets=[
                at_most(
                    "million-peak",
                    f"1,000,000 apps in one process: at most {_PEAK_MB:g} MB",
                    _PEAK_MB,
                    crawl.peak_bytes / MB,
                    "MB",
                ),
                at_most(
                    "million-flat",
                    f"1,000,000 apps in one process: grown by at most {_GROWTH_MB:g} MB after the first tenth",
                    _GROWTH_MB,
                    grown,
                    "MB",
                ),
            ],
            series=[series],
        )


def growth(series: Series) -> int:
    """How far memory rose above where it was when a tenth of the records had come; 0 if it never did."""
    due = _SETTLED * sum(series.records)
    settled = next(place for place, done in enumerate(accumulate(series.records)) if done >= due)
    return max(series.memory_bytes[settled:]) - series.memory_bytes[settled]

"""Many small records: reviews and digests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, ClassVar

from benchmarks.harness import measures
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.rows import RowsCrawl, crawl_rows
from benchmarks.harness.store import local_store
from benchmarks.results import Metric
from benchmarks.scenarios.base import Context, Findings, Scenario, at_least

_LEAST = 8_000.0
_OF_A_BUSY_APP = 20_000
_LANGS = ("en", "es", "pt", "ru", "de", "fr", "it", "ja", "ko", "zh", "tr", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Scenario):
    """Reviews, and one field of many apps, into JSON Lines."""

    name: ClassVar[str] = "rows"
    title: ClassVar[str] = "Reviews and digests"
    about: ClassVar[str] = (
        "All reviews of some apps in twelve languages, 1,000 in a page and 4 pages in a POST; and the category of many apps, 1,000 in a "
        "POST; each into JSON Lines, one process, no latency, the store's answers made before. Rows a second by the crawl's own clock."
    )
    small: ClassVar = {"reviews": 4_000, "apps": 4_000, "rounds": 1}

    reviews: int = 100_000
    apps: int = 100_000
    rounds: int = 5

    def run(self, context: Context) -> Findings:
        """Both in turns, each once before the clock starts, so that the store has its answers."""
        per_app = min(_OF_A_BUSY_APP, self.reviews)
        asked = self.reviews // per_app
        with local_store(records=self.reviews // 4, replay=True) as store:
            listed = context.folder / "reviewed.txt"
            listed.write_text(
                "".join(f"example.app{number}.reviews{per_app}.app\n" for number in range(asked))
            )
            ids = store.write_ids(context.folder / "ids.txt", self.apps)
            reviews = {"ids": listed, "langs": ",".join(_LANGS)}
            kinds: dict[str, Any] = {
                "reviews": partial(crawl_rows, store, "reviews", reviews, asked * per_app, context.folder),
                "digest": partial(crawl_rows, store, "digest", {"ids": ids}, self.apps, context.folder),
            }
            for kind in kinds.values():
                kind()
            found = in_turns(self.rounds, kinds, context.tell)
        reviewed: list[RowsCrawl] = found["reviews"]
        digested: list[RowsCrawl] = found["digest"]
        words = "at least {:,.0f} rows/s into JSON Lines, in one process"
        return Findings(
            metrics=[
                *_metrics("reviews", "reviews", reviewed),
                *_metrics("digest", "digests of one field", digested),
            ],
            targets=[
                at_least("reviews", f"reviews: {words.format(_LEAST)}", _LEAST, _speed(reviewed), "rows/s"),
                at_least("digest", f"digests: {words.format(_LEAST)}", _LEAST, _speed(digested), "rows/s"),
            ],
        )


def _speed(crawls: list[RowsCrawl]) -> float:
    return median(each.rows_per_second for each in crawls)


def _metrics(name: str, title: str, crawls: list[RowsCrawl]) -> list[Metric]:
    speeds = [each.rows_per_second for each in crawls]
    return [
        measures.metric(f"{name}/rows-per-second", title, "rows a second", "rows/s", "more", speeds),
        measures.cpu(name, title, [each.process.cpu_seconds / each.rows for each in crawls]),
    ]

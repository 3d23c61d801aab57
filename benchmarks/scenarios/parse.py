"""Reading one answer: fields and microseconds, against the floor."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any, ClassVar

import orjson

from benchmarks.errors import BenchmarkError
from benchmarks.harness import recorded
from benchmarks.harness.measures import metric
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import whole_records
from benchmarks.results import Metric
from benchmarks.scenarios.base import Context, Findings, Scenario, SkippedError
from playfast.items import App
from playfast.play import envelope, markup, page_only
from playfast.play.fields import key_names
from playfast.play.page import Page, details

_GROUP = "microseconds an answer"
_KEY = {"app_id": "", "country": "us", "lang": "en", "status": "available"}
_EXTRACT = whole_records()
_FIELDS = [field.name for field in fields(App) if field.name not in key_names(App)]
_LEAST_FIELDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse(Scenario):
    """`seconds` is how long each kind is read, again and again, in a round."""

    name: ClassVar[str] = "parse"
    title: ClassVar[str] = "Reading one answer"
    about: ClassVar[str] = (
        "Recorded answers of Google Play, read in this process: how many fields came out of each kind, and their time beside the floor: "
        "unpacking the same bytes, and decoding the JSON that the record stands in."
    )
    small: ClassVar = {"seconds": 0.01, "rounds": 1}

    seconds: float = 0.2
    rounds: int = 10

    def run(self, context: Context) -> Findings:
        """All kinds in turns."""
        kinds = recorded.files()
        if not kinds:
            raise SkippedError(recorded.MISSING)
        metrics: list[Metric] = []
        work: dict[str, Callable[[], float]] = {}
        for kind, paths in kinds.items():
            read = partial(_to_the_end, _read_rpc if kind == "RPC" else _read_page)
            zipped = [path.read_bytes() for path in paths]
            bodies = [gzip.decompress(packed) for packed in zipped]
            metrics.append(_fields(kind, [item for body in bodies for item in read(body)]))
            work |= {
                f"{kind}, reading": partial(self._timed, read, bodies),
                f"{kind}, unpacking": partial(self._timed, gzip.decompress, zipped),
                f"{kind}, decoding": partial(
                    self._timed, orjson.loads, [_json(kind, body) for body in bodies]
                ),
            }
        for title, times in in_turns(self.rounds, work, context.tell).items():
            kind, what = title.split(", ")
            better = "less" if what == "reading" else "none"
            metrics.append(metric(f"{_name(kind)}/{what}", title, _GROUP, "µs", better, times))
        return Findings(metrics=metrics)

    def _timed(self, work: Callable[[bytes], Any], given: list[bytes]) -> float:
        """Microseconds for each of what is given."""
        started, times, elapsed = perf_counter(), 0, 0.0
        while not times or elapsed < self.seconds:
            for entry in given:
                work(entry)
            times += 1
            elapsed = perf_counter() - started
        return elapsed / times / len(given) * 1e6


def _name(kind: str) -> str:
    return kind.replace(" ", "-").lower()


def _fields(kind: str, items: list[App]) -> Metric:
    """How many fields came out of a kind of answer."""
    filled = [sum(getattr(item, name) is not None for name in _FIELDS) for item in items]
    if min(filled) < _LEAST_FIELDS:
        raise BenchmarkError(f"{kind}: a record with {min(filled)} fields")
    group = "fields an app, median of the files"
    return metric(f"{_name(kind)}/fields", kind, group, "fields", "more", [median(filled)])


def _to_the_end(read: Callable[[bytes], Iterator[App]], body: bytes) -> list[App]:
    return list(read(body))


def _read_page(body: bytes) -> Iterator[App]:
    """As a crawl does, compared with its markup."""
    page = Page(body)
    item = _EXTRACT(details(page), _KEY, _ignore, page_only.extras(page))
    for name, value in markup.described(page).items():
        told = getattr(item, name)
        if told is not None:
            markup.same(told, value)
    yield item


def _read_rpc(body: bytes) -> Iterator[App]:
    for answer in envelope.unpack(body).values():
        yield _EXTRACT(answer.decoded(), _KEY, _ignore)


def _json(kind: str, body: bytes) -> bytes:
    """The JSON that the record stands in."""
    if kind == "RPC":
        (answer,) = envelope.unpack(body).values()
        return orjson.dumps(answer.decoded())
    return orjson.dumps(details(Page(body)))


def _ignore(name: str, error: Exception) -> None:
    """Recorded answers of other years may hold what is refused today."""

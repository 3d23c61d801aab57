"""The floor under a crawl: the same answers read in one loop, without a framework, a network or a check.

    python -m benchmarks.harness.floor ANSWERS

Unpacks each answer, decodes it, makes an App of each record and encodes it as JSON; prints how many there were and the seconds it took, as
JSON. `ANSWERS` is a file of answers as they came over the wire (`write`).
"""

from __future__ import annotations

import gc
import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import orjson

from benchmarks.harness import process
from benchmarks.harness.store import PACK, LocalStore, whole_records
from playfast.play import envelope
from playfast.play.zipped import unpacked

_LENGTH = 8
_COLLECT_AFTER = 50_000  # like a crawl
_KEY = {"app_id": "", "country": "us", "lang": "en", "status": "available"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """What the loop took, in all."""

    apps: int
    seconds: float
    cpu_seconds: float

    @property
    def seconds_per_app(self) -> float:
        return self.seconds / self.apps


def write(store: LocalStore, ids: list[str], path: Path) -> Path:
    """Keep the store's answers to these ids in a file."""
    with path.open("wb") as file:
        for k in range(0, len(ids), PACK):
            answer = store.answer(ids[k : k + PACK])
            file.write(len(answer).to_bytes(_LENGTH, "big") + answer)
    return path


def read(path: Path) -> Iterator[bytes]:
    """The answers in a file."""
    with path.open("rb") as file:
        while length := file.read(_LENGTH):
            yield file.read(int.from_bytes(length, "big"))


def measure(answers: Path) -> Floor:
    """Run the loop once, in a process of its own."""
    told = json.loads(process.printed([sys.executable, "-m", "benchmarks.harness.floor", str(answers)]))
    return Floor(**told)


def loop(answers: Iterable[bytes]) -> int:
    """The work itself; how many apps there were."""
    extract = whole_records()
    encoded = apps = 0
    for answer in answers:
        for told in envelope.unpack(unpacked(answer) or gzip.decompress(answer)).values():
            item = extract(told.decoded(), _KEY, _wrong)
            encoded += len(orjson.dumps(item))
            apps += 1
    if encoded < apps:
        raise ValueError("nothing was encoded")
    return apps


def _wrong(name: str, error: Exception) -> None:
    raise ValueError(f"{name}: {error}")


def main() -> None:
    """Read the answers, then start the clock."""
    answers = list(read(Path(sys.argv[1])))
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    started, used = perf_counter(), process_time()
    apps = loop(answers)
    print(
        json.dumps({"apps": apps, "seconds": perf_counter() - started, "cpu_seconds": process_time() - used})
    )


if __name__ == "__main__":
    main()

"""Asks for many apps through the Python client, in a process of its own.

    python -m benchmarks.harness.client ADDRESS IDS CONCURRENCY

Prints, as JSON, the seconds that `get_apps_parallel` took in a client that had started, and every so-manieth record's fields that
`benchmarks.harness.truth` looks at.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.errors import BenchmarkError
from benchmarks.harness import crawl, process, truth
from benchmarks.harness.store import PACK, LocalStore
from playfast import AsyncClient
from playfast.items import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """Apps that were fetched, and the seconds that took."""

    records: int
    seconds: float

    @property
    def apps_per_second(self) -> float:
        return self.records / self.seconds


def fetch(store: LocalStore, ids: Path, records: int, concurrency: int) -> Fetched:
    """Ask once for the apps of a file, while nobody else asks the store.

    Raises:
        BenchmarkError: it was something else than what was to be measured.
    """
    store.reset()
    command = [sys.executable, "-m", "benchmarks.harness.client", store.address, str(ids), str(concurrency)]
    told = json.loads(process.printed(command))
    if told["ids"] != records:
        raise BenchmarkError(f"{records} records were due, {told['ids']} came")
    truth.check(store, told["sample"])
    crawl.check_seen(store, -(-records // PACK), pages=False, most=concurrency)
    return Fetched(records=records, seconds=told["seconds"])


async def _asked(address: str, ids: Sequence[str], concurrency: int) -> tuple[list[App], float]:
    async with AsyncClient(max_concurrent=concurrency, url=address, pace="unpaced", batch=PACK) as client:
        started = perf_counter()
        answer = await client.get_apps_parallel(ids)
        seconds = perf_counter() - started
    return answer["us"], seconds


def _looked_at(app: App) -> dict[str, Any]:
    return {name: getattr(app, name) for name in ("app_id", "status", *truth.DUE)}


def main() -> None:
    """Ask, and tell."""
    ids = Path(sys.argv[2]).read_text(encoding="utf-8").split()
    apps, seconds = asyncio.run(_asked(sys.argv[1], ids, int(sys.argv[3])))
    same = [app.app_id for app in apps] == ids
    sample = [_looked_at(app) for app in apps[:: truth.sampled(len(ids))]]
    print(json.dumps({"seconds": seconds, "ids": len(apps) if same else -1, "sample": sample}))


if __name__ == "__main__":
    main()

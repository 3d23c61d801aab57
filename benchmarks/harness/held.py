"""Holds our App objects in a list, in a process of its own.

    python -m benchmarks.harness.held ADDRESS IDS

Asks the store at the address for the apps of a file, pack by pack, and prints what holding them costs, as JSON.
"""

from __future__ import annotations

import gzip
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.harness import process
from benchmarks.harness.store import PACK, LocalStore, whole_records
from benchmarks.peers.runners.holding import measured
from playfast.items import App
from playfast.play import envelope, verdict


def measure(store: LocalStore, ids: Path) -> dict[str, int]:
    """Hold the apps of a file once, in a process of its own."""
    told: dict[str, int] = json.loads(
        process.printed([sys.executable, "-m", "benchmarks.harness.held", store.address, str(ids)])
    )
    return told


def fetch(store: LocalStore, ids: list[str]) -> list[App]:
    """Items as a crawl makes them."""
    extract = whole_records()
    items: list[App] = []
    for k in range(0, len(ids), PACK):
        pack = ids[k : k + PACK]
        answers = envelope.unpack(gzip.decompress(store.answer(pack)))
        fetched_at = datetime.now(UTC)
        for place, app_id in enumerate(pack):
            payload = answers[str(place)].decoded()
            status = (
                verdict.of_record(payload, app_id)[0] if payload is not None else verdict.Status.NOT_FOUND
            )
            key = {
                "app_id": app_id,
                "country": "us",
                "lang": "en",
                "status": status.value,
                "fetched_at": fetched_at,
                "via": "rpc",
                "url": f"{store.address}/store/apps/details?id={app_id}&hl=en&gl=us",
            }
            items.append(extract(payload, key, _wrong))
    return items


def _wrong(name: str, error: Exception) -> None:
    raise ValueError(f"{name}: {error}")


def main() -> None:
    """Measure, and tell."""
    store = LocalStore(sys.argv[1])
    ids = Path(sys.argv[2]).read_text(encoding="utf-8").split()
    print(json.dumps(measured(lambda: fetch(store, ids))))


if __name__ == "__main__":
    main()

"""A real crawl of a minute against a store that allows so many requests a second."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, local_store
from tests.waiting import until

SECONDS = 60
_WITHIN, _REFUSED = 0.1, 0.01


@dataclass(frozen=True)
class Limited:
    """Requests that were answered a second, and the share that was refused, in the second half of the minute."""

    allowed: float
    rate: float
    refused: float

    @property
    def holds(self) -> bool:
        return abs(self.rate / self.allowed - 1) <= _WITHIN and self.refused < _REFUSED


def crawl_against_a_limit(allowed: float) -> Limited:
    """Begin as fast as it goes, one app a request."""
    with (
        local_store("--allow-rpc", str(allowed), "--latency", "0.1") as store,
        tempfile.TemporaryDirectory() as folder,
    ):
        ids = Path(folder) / "ids.txt"
        ids.write_bytes(store.get(f"/_localstore/ids.txt?count={int(allowed * SECONDS * 2)}"))
        given = ("-a", f"ids={ids}", "-a", "batch=1", "-s", "PLAYFAST_PACE=unpaced")
        with subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "apps", *given],
            cwd=ROOT,
            env={**os.environ, "PLAYFAST_URL": store.address},
            stderr=subprocess.DEVNULL,
        ) as process:
            until(lambda: store.report()["requests_total"])
            time.sleep(SECONDS / 2)
            before, since = store.report(), time.monotonic()
            time.sleep(SECONDS / 2)
            after, seconds = store.report(), time.monotonic() - since
            process.kill()
    asked = after["requests_total"] - before["requests_total"]
    refused = after["faults"].get("limited", 0) - before["faults"].get("limited", 0)
    return Limited(allowed, (asked - refused) / seconds, refused / asked)

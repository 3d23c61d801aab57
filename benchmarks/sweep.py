"""The sweep behind the values in playfast/settings.py: one setting at a time, whole crawls against the local store.

Measured: apps a second, and CPU per app of the crawling process, for whole records in packs of 32 into JSON Lines. Not measured: the real
store, whose pace is what limits there. Each value is crawled in every round, in turns, so that what else the machine does hits all alike;
the first round is dropped. The number of records is asserted, and the peak in flight as the store saw it (with latency; without it the
store answers one request at a time).

    python benchmarks/sweep.py [--apps 6400] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playfast.items import App
from playfast.play.calls import ALWAYS_ASKED
from playfast.play.fields import Extractor

ROOT = Path(__file__).parent.parent
SWEEPS = (
    ("CONCURRENT_ITEMS", 0.0, (1, 2, 4, 8, 32, 100), {"CONCURRENT_REQUESTS": 8}),
    ("CONCURRENT_REQUESTS", 0.0, (1, 2, 4, 8, 15, 30), {}),
    ("CONCURRENT_REQUESTS", 0.5, (2, 5, 10, 15, 20, 30), {}),
    ("batch", 0.0, (8, 16, 32, 64, 128), {"CONCURRENT_REQUESTS": 8}),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One crawl."""

    apps_per_second: float
    cpu_per_app: float
    peak_in_flight: int


@contextmanager
def local_store(latency: float, ids: list[str]) -> Iterator[str]:
    """A store with its answers prepared, so that the clock sees none of their making."""
    command = [sys.executable, "-m", "playfast.localstore", "--until-stdin-closes", "--latency", str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        address = process.stdout.readline().removeprefix("listening on ").strip()
        mask = Extractor(App, always=ALWAYS_ASKED).mask
        _post(f"{address}/_localstore/prepare", {"ids": ids, "mask": mask})
        yield address
        process.stdin.close()


def _post(address: str, body: object) -> None:
    request = urllib.request.Request(address, data=json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=600) as answer:
        answer.read()


def crawl(address: str, ids: Path, apps: int, settings: dict[str, object]) -> Measured:
    """Crawl all ids once; times the whole process, start-up excluded by the crawl's own clock."""
    _post(f"{address}/_localstore/reset", {})
    with tempfile.TemporaryDirectory() as folder:
        feed, log = Path(folder) / "apps.jsonl", Path(folder) / "log"
        command = [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            "apps",
            "-a",
            f"ids={ids}",
            "-O",
            str(feed),
            "--logfile",
            str(log),
        ]
        for name, value in {"DOWNLOAD_DELAY": 0, "STATS_DUMP": True, **settings}.items():
            command += ["-a", f"{name}={value}"] if name == "batch" else ["-s", f"{name}={value}"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PLAYFAST_URL": address})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with feed.open("rb") as lines:
            assert sum(1 for _ in lines) == apps
        elapsed = float(
            log.read_text(encoding="utf-8").split("'playfast/elapsed_seconds': ")[1].split(",")[0]
        )
    with urllib.request.urlopen(f"{address}/_localstore/report", timeout=60) as answer:
        peak = json.load(answer)["peak_in_flight_total"]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(apps / elapsed, cpu / apps, peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--apps", type=int, default=6400)
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds that count; one more is made before them"
    )
    options = parser.parse_args()
    ids = subprocess.run(
        [sys.executable, "-m", "playfast.localstore", "ids", "--count", str(options.apps)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    print(
        f"{options.apps} apps, {options.rounds} rounds, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ids.txt"
        path.write_text(ids, encoding="utf-8")
        for name, latency, values, others in SWEEPS:
            with local_store(latency, ids.split()) as address:
                found: dict[object, list[Measured]] = {value: [] for value in values}
                for number in range(options.rounds + 1):
                    for value in values:
                        measured = crawl(address, path, options.apps, {**others, name: value})
                        if latency and name == "CONCURRENT_REQUESTS":
                            assert measured.peak_in_flight == min(value, -(-options.apps // 32)), measured
                        if number:
                            found[value].append(measured)
            print(f"\n{name}, latency {latency} s, {others or 'nothing else changed'}")
            print(f"| {name} | apps/s | CPU per app, ms (start-up included) |\n|--:|--:|--:|")
            for value, runs in found.items():
                rate, cpu = (
                    median(run.apps_per_second for run in runs),
                    median(run.cpu_per_app for run in runs),
                )
                print(f"| {value} | {rate:,.0f} | {cpu * 1000:.3f} |")


if __name__ == "__main__":
    main()

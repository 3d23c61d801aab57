"""What checking and telling costs: a crawl with validation, coverage, drift, measures, progress line and run report, and one without.

Measured: CPU of the crawling process for each app, in whole crawls against the local store (answers prepared, no latency, whole records
in packs of 32 into JSON Lines), both kinds in turns, the first round dropped. Both run in a pseudo-terminal, with the progress line.
Start-up is taken off by a crawl of a single app, measured the same way. The number of records and their values are asserted to be the same.

    python benchmarks/overhead.py [--apps 20000] [--rounds 3] [--most 15]

Exits with 1 if the share is above --most percent.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pty
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from sweep import local_store

ROOT = Path(__file__).parent.parent
OFF = {
    "ITEM_PIPELINES": "{}",
    "PLAYFAST_DRIFT": "off",
    "EXTENSIONS": '{"scrapy.extensions.feedexport.FeedExporter": null, "playfast.extensions.feeds.WatchedFeedExporter": 0}',
}


def crawl(address: str, ids: Path, folder: Path, *, on: bool) -> tuple[float, str]:
    """CPU seconds of one crawl, and a digest of its records without their times."""
    feed = folder / "apps.jsonl"
    given = {"DOWNLOAD_DELAY": "0", "CONCURRENT_REQUESTS": "8"}
    given |= {"PLAYFAST_REPORT": str(folder / "run.json")} if on else OFF
    command = [sys.executable, "-m", "scrapy", "crawl", "apps", "-a", f"ids={ids}", "-O", str(feed)]
    for name, value in given.items():
        command += ["-s", f"{name}={value}"]
    ours, theirs = pty.openpty()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PLAYFAST_URL": address, "TERM": "xterm"},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    try:
        while os.read(ours, 65_536):
            pass
    except OSError:  # the terminal is closed with its last user
        pass
    assert process.wait() == 0
    os.close(ours)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    digest = hashlib.sha256()
    for line in sorted(line.split(b'"url":', 1)[1] for line in feed.read_bytes().splitlines()):
        digest.update(line)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--apps", type=int, default=20_000)
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds that count; one more is made before them"
    )
    parser.add_argument("--most", type=float, default=15.0, help="largest share allowed, percent")
    options = parser.parse_args()
    ids = subprocess.run(
        [sys.executable, "-m", "playfast.localstore", "ids", "--count", str(options.apps)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    print(
        f"{options.apps} apps, {options.rounds} rounds, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
    )
    found: dict[tuple[bool, bool], list[float]] = {}
    with tempfile.TemporaryDirectory() as name, local_store(0.0, ids.split()) as address:
        folder = Path(name)
        many, single = folder / "ids.txt", folder / "one.txt"
        many.write_text(ids, encoding="utf-8")
        single.write_text(ids.split("\n", maxsplit=1)[0], encoding="utf-8")
        for number in range(options.rounds + 1):
            digests = set()
            for on in (False, True):
                for path in (single, many):
                    seconds, digest = crawl(address, path, folder, on=on)
                    if number:
                        found.setdefault((on, path is many), []).append(seconds)
                digests.add(digest)
            assert len(digests) == 1, "the two crawls gave different records"
    cost = {}
    print("| checking and telling | start-up, s | CPU per app, ms |\n|---|--:|--:|")
    for on in (False, True):
        start = median(found[on, False])
        cost[on] = (median(found[on, True]) - start) / options.apps * 1000
        print(f"| {'on' if on else 'off'} | {start:.2f} | {cost[on]:.3f} |")
    share = (cost[True] - cost[False]) / cost[True] * 100
    print(f"share of the crawl's CPU per app: {share:.1f} % (at most {options.most} %)")
    return share > options.most


if __name__ == "__main__":
    sys.exit(main())

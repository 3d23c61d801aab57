"""A million ids from a file into a compressed feed: memory at every 50,000th record, and how much it grew after the 100,000th.

    python benchmarks/long_list.py [--apps 1000000]

Exits with 1 if it grew by 10 MB or more, or a record is missing. Takes about three minutes a million on a machine with two cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_MB = 1024 * 1024
_ALLOWED = 10 * _MB


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--apps", type=int, default=1_000_000)
    apps = parser.parse_args().apps
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ids, feed, stats = folder / "ids.txt.gz", folder / "apps.jsonl.gz", folder / "stats.json"
        with gzip.open(ids, "wb", compresslevel=1) as file:
            listed = [sys.executable, "-m", "playfast.localstore", "ids", "--count", str(apps)]
            with subprocess.Popen(listed, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                file.writelines(process.stdout)
        compressed = {
            str(feed): {
                "format": "jsonlines",
                "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
            }
        }
        settings = {
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS": 8,
            "STATS_CLASS": "tests.stats_file.StatsToFile",
            "FEEDS": json.dumps(compressed),
            "LOG_LEVEL": "WARNING",
        }
        scrapy = [sys.executable, "-m", "scrapy"]
        command = [
            *scrapy,
            "localstore",
            "--",
            *scrapy,
            "crawl",
            "apps",
            "-a",
            f"ids={ids}",
            "-a",
            "fields=title,score",
        ]
        for setting, value in settings.items():
            command += ["-s", f"{setting}={value}"]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PLAYFAST_TEST_STATS": str(stats)})
        measured = json.loads(stats.read_text(encoding="utf-8"))
        with gzip.open(feed) as lines:
            records = sum(1 for _ in lines)
    memory = {
        int(key.rpartition("/")[2]): value for key, value in measured.items() if key.startswith("test/rss/")
    }
    for record, resident in sorted(memory.items()):
        print(f"{record:>10,} records  {resident / _MB:6.1f} MB")
    grown = memory[max(memory)] - memory[100_000]
    print(
        f"{records:,} records, {measured['playfast/apps_per_second']:,.0f} apps/s; grown by {grown / _MB:.1f} MB after the 100,000th"
    )
    return 0 if records == apps and grown < _ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())

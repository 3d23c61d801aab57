"""`make kill`: 20 kills of a crawl of 50,000 ids, into JSON Lines and into gzip, and of crawls of the other spiders; what the feeds hold then."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.conftest import local_store
from tests.kills.killing import Asked, crawl_under_kills, wrong
from tests.kills.spiders import KINDS

FEEDS = {"apps.jsonl": 12_300, "apps.jsonl.gz": 2_950}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--ids", type=int, default=50_000)
    parser.add_argument(
        "--seed", type=int, default=None, help="of the moments; another one each time unless given"
    )
    parser.add_argument("--spiders", nargs="*", choices=["apps", *KINDS], default=["apps", *KINDS])
    given = parser.parse_args()
    seed = Random().randrange(1_000_000) if given.seed is None else given.seed
    print(f"{given.kills} kills of each crawl, at the moments of seed {seed}", flush=True)
    failed = False
    with local_store("--shards", "2000", "--catalog", "84000", "--alternates", "60") as store:
        if "apps" in given.spiders:
            for feed, size in FEEDS.items():
                with tempfile.TemporaryDirectory() as folder:
                    asked = Asked(store, Path(folder), feed, given.ids, bytes_per_record=size)
                    failed |= _failed(f"apps, {given.ids:,} ids, {feed}", asked, wrong, given.kills, seed)
        for name, kind in KINDS.items():
            if name in given.spiders:
                ids = max(4, kind.ids * given.ids // 50_000)
                with tempfile.TemporaryDirectory() as folder:
                    asked = kind.asked(store, Path(folder), ids)
                    failed |= _failed(f"{name}, {ids:,} ids", asked, kind.wrong, given.kills, seed)
    return int(failed)


def _failed(title: str, asked: Asked, wrong: Callable[[Asked], list[str]], kills: int, seed: int) -> bool:
    ended = crawl_under_kills(asked, kills, Random(seed))
    told = wrong(asked)
    if ended.exit_code != 0:
        told.append(f"exit code {ended.exit_code}: {ended.log[-500:]}")
    lengths = ", ".join(f"{length / 1e6:.1f}" for length in ended.lengths)
    print(
        f"{title}: killed {ended.kills} times, at {lengths} MB; " + ("; ".join(told) or "every record once"),
        flush=True,
    )
    return bool(told) or ended.kills < kills


sys.exit(main())

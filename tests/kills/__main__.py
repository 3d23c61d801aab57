"""`make kill`: 20 kills of a crawl of 50,000 ids, into JSON Lines and into gzip, and what the feeds hold in the end."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.conftest import local_store
from tests.kills.killing import Asked, crawl_under_kills, wrong

FEEDS = {"apps.jsonl": 12_300, "apps.jsonl.gz": 2_950}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--ids", type=int, default=50_000)
    parser.add_argument(
        "--seed", type=int, default=None, help="of the moments; another one each time unless given"
    )
    given = parser.parse_args()
    seed = Random().randrange(1_000_000) if given.seed is None else given.seed
    print(f"{given.kills} kills of a crawl of {given.ids:,} ids, at the moments of seed {seed}")
    failed = False
    with local_store() as store:
        for feed, size in FEEDS.items():
            with tempfile.TemporaryDirectory() as folder:
                asked = Asked(store, Path(folder), feed, given.ids, bytes_per_record=size)
                ended = crawl_under_kills(asked, given.kills, Random(seed))
                told = wrong(asked)
                if ended.exit_code != 0:
                    told.append(f"exit code {ended.exit_code}: {ended.log[-500:]}")
                print(
                    f"{feed}: killed {ended.kills} times, at {', '.join(f'{length / 1e6:.0f}' for length in ended.lengths)} MB; "
                    + ("; ".join(told) or "every record once")
                )
                failed = failed or bool(told) or ended.kills < given.kills
    return int(failed)


sys.exit(main())

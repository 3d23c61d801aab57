"""`make fuzz`: ten minutes of changed answers, shared among all functions that read some; tells how many each had."""

from __future__ import annotations

import argparse
import sys
import time
from random import Random

from tests.fuzz.fuzzing import FuzzingError, examples
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--only", choices=TARGETS, help="one function alone")
    parser.add_argument(
        "--seed", type=int, default=None, help="of the first example; another one each time unless given"
    )
    given = parser.parse_args()
    first = Random().randrange(1_000_000_000) if given.seed is None else given.seed
    wanted = [given.only] if given.only else list(TARGETS)
    each = given.minutes * 60 / len(wanted)
    begun = seeds()
    print(
        f"{len(begun.bodies)} answers to begin with, {each:.1f} seconds for each of {len(wanted)} functions, seeds from {first}"
    )
    wrong = 0
    for name in wanted:
        started = time.monotonic()
        try:
            count = examples(name, TARGETS[name], begun, first, None, each)
        except FuzzingError as error:
            wrong += 1
            print(f"WRONG  {error}")
        else:
            print(f"{name:28} {count:9,} examples in {time.monotonic() - started:5.1f} s", flush=True)
    return int(wrong > 0)


sys.exit(main())

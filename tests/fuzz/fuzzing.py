"""Runs targets on changed answers, and sees that nothing but their own errors comes out, in time and in bounded memory."""

from __future__ import annotations

import time
import tracemalloc
from random import Random
from typing import Any

from tests.fuzz.guard import within
from tests.fuzz.seeds import Seeds
from tests.fuzz.targets import Target

SECONDS = 10.0
"""For one example, a hundred times what the slowest takes."""
_WEIGHED = 25
"""Every how many examples the memory is measured, which makes it several times slower."""
_FIXED, _TIMES = 40_000_000, 120
"""Bytes that an example may take, whatever its input, and how many times its input."""


class FuzzingError(AssertionError):
    """A target that did not do what it must; the text has the seed that does it again."""


def examples(name: str, target: Target, seeds: Seeds, first: int, most: int | None, seconds: float) -> int:
    """Run a target for so many seconds, or so many examples; returns how many there were.

    Raises:
        FuzzingError: another error than its own, too long, or too much memory.
    """
    end = time.monotonic() + seconds
    number = 0
    while (most is None or number < most) and time.monotonic() < end:
        one(name, target, seeds, first + number, weighed=number % _WEIGHED == 0)
        number += 1
    return number


def one(name: str, target: Target, seeds: Seeds, seed: int, *, weighed: bool) -> None:
    """One example, made of a seed."""
    given = target.make(seeds, Random(f"{name} {seed}"))
    size = _size(given)
    if weighed:
        tracemalloc.start()
    try:
        with within(SECONDS):
            target.run(given)
    except target.may_raise:
        pass
    except Exception as error:
        raise FuzzingError(f"{name}, seed {seed}: {type(error).__name__}: {str(error)[:200]}") from error
    finally:
        peak = tracemalloc.get_traced_memory()[1] if weighed else 0
        tracemalloc.stop()
    if peak > _FIXED + _TIMES * size:
        raise FuzzingError(f"{name}, seed {seed}: {peak:,} bytes for {size:,}")


def _size(given: Any) -> int:
    if isinstance(given, bytes | str):
        return len(given)
    if isinstance(given, tuple):
        return sum(map(_size, given))
    return 100_000  # a record's, about

"""Rounds in turns: what is compared alternates, so that what else the machine does hits all alike."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


def in_turns(
    rounds: int, kinds: Mapping[str, Callable[[], T]], tell: Callable[[str], None]
) -> dict[str, list[T]]:
    """What each kind gave in each counted round. One more round is made before them and dropped: caches and files are cold in it."""
    found: dict[str, list[T]] = {name: [] for name in kinds}
    for number in range(rounds + 1):
        for name, measure in kinds.items():
            tell(f"{'warm-up' if not number else f'round {number} of {rounds}'}: {name}")
            os.sync()  # what the one before left the system to write to a disk is not the next one's affair
            measured = measure()
            if number:
                found[name].append(measured)
    return found

"""Counts of what a feed holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.kills.killing import Key, read


def counted(path: Path, *names: str) -> Counter[Key]:
    """How often each combination of these fields stands in a feed."""
    return Counter(tuple(record[name] for name in names) for record in read(path))

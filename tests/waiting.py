"""Waiting for another process, which tells nobody how far it has come: it is looked at again and again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Look until it is so; fails after so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def length(path: Path) -> int:
    """The bytes of a file; 0 while there is none."""
    return path.stat().st_size if path.exists() else 0

"""A limit on time for what could run for minutes, generous enough for a loaded machine."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS = 20.0


class TookTooLongError(AssertionError):
    """What was tried did not end in its time."""


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    """Break off what takes longer; without effect where the system has no such timer (Windows)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: Any) -> None:
        raise TookTooLongError(f"it did not end within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

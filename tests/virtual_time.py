"""An event loop in which waiting takes no time: its clock goes on to the next thing that is due."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _AtOnce(selectors.DefaultSelector):
    waited = 0.0

    def select(self, timeout=None):
        found = super().select(0)
        if not found and timeout:
            self.waited += timeout
        return found


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time` is 0 in the beginning; nothing may wait for other threads in it."""

    def __init__(self) -> None:
        self.selector = _AtOnce()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.waited


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """As `asyncio.run`, without waiting."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(coroutine)


def now() -> float:
    """The time of the loop that runs."""
    return asyncio.get_running_loop().time()

"""Where the crawls of clients run: Twisted's reactor in a thread of its own, with a loop of its own, one for the whole process.

A reactor cannot be started twice, so it runs from the first question to the end of the process; and it is not the caller's loop, so the
caller may have any, or none, or one after the other.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from scrapy.utils.misc import load_object

from playfast.errors import ClientError

_REACTOR = "twisted.internet.reactor"
_LAST_MOMENTS = 5.0  # seconds for crawls to end when the process does

T = TypeVar("T")


class Engine:
    """The reactor's thread; made by `engine`, once."""

    def __init__(self, event_loop: str | None) -> None:
        if _REACTOR in sys.modules:
            raise ClientError(
                "a Twisted reactor is installed in this process, and a client needs one of its own: in a Scrapy crawl, use the spiders "
                "and items of playfast as they are; elsewhere, make the client in a process of its own"
            )
        self._process = os.getpid()
        self._loop: asyncio.AbstractEventLoop = (
            load_object(event_loop)() if event_loop else asyncio.new_event_loop()
        )
        self._at_end: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self._started: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="playfast", daemon=True)
        self._thread.start()
        self._started.result()
        atexit.register(self._stop)

    def check(self) -> None:
        """Raise ClientError where the engine cannot work any more."""
        if os.getpid() != self._process:
            raise ClientError(
                "this process was forked from one in which a client had started, and threads do not survive that: start processes with "
                "the method 'spawn', or make the first client behind the fork"
            )
        if not self._thread.is_alive():
            raise ClientError("the process is ending")

    def call(self, function: Callable[..., object], *given: Any) -> None:
        """Have a function called in the engine's thread."""
        self._loop.call_soon_threadsafe(function, *given)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Have a coroutine run in the engine's thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def at_end(self, end: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Have this done before the process ends."""
        self._at_end.append(end)

    def forget(self, end: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """What was to be done at the end has been done."""
        self._at_end.remove(end)

    def _run(self) -> None:
        try:
            asyncio.set_event_loop(self._loop)
            from twisted.internet import asyncioreactor  # noqa: PLC0415 - nothing may ask for a reactor before

            asyncioreactor.install(self._loop)  # type: ignore[no-untyped-call]
            reactor = _reactor()
            reactor.callWhenRunning(self._started.set_result, None)
            reactor.run(installSignalHandlers=False)  # signals are the main thread's
        except Exception as error:  # noqa: BLE001 - it is told to who waits for the start
            if not self._started.done():
                self._started.set_exception(error)
        finally:
            self._loop.close()

    def _stop(self) -> None:
        """End what still runs; a daemon thread that is cut off amid its work may write to closed files."""
        if os.getpid() != self._process or not self._thread.is_alive():
            return
        self.run(self._end())
        self._thread.join(_LAST_MOMENTS)

    async def _end(self) -> None:
        try:
            await asyncio.wait_for(
                asyncio.gather(*(end() for end in list(self._at_end)), return_exceptions=True),
                _LAST_MOMENTS / 2,
            )
        finally:
            _reactor().stop()


def _reactor() -> Any:
    from twisted.internet import reactor  # noqa: PLC0415 - it exists once it has been installed

    return reactor


_lock = threading.Lock()
_engine: Engine | None = None


def engine(event_loop: str | None) -> Engine:
    """The engine of this process, started if need be with a loop of this kind.

    Raises:
        ClientError: this process cannot have one.
    """
    global _engine  # noqa: PLW0603 - there is one reactor in a process
    with _lock:
        if _engine is None:
            _engine = Engine(event_loop)
        _engine.check()
        return _engine

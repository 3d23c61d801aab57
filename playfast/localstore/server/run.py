"""Run the store until it is told to stop."""

from __future__ import annotations

import gc
import sys
from typing import Any

from twisted.internet import error, stdio
from twisted.internet import reactor as _reactor
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure

from .http import StoreFactory
from .options import Options
from .store import Store

reactor: Any = _reactor


class _StdinWatch(Protocol):
    """Stops the store when whoever started it closes its end, or dies."""

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: ARG002, N802 - Twisted's name
        """Standard input ended."""
        if reactor.running:
            reactor.stop()


def run(options: Options) -> int:
    """Listen on 127.0.0.1, tell the address on the first line of stdout, and serve until SIGTERM or SIGINT.

    Gives the exit code: 0, or 1 when the port is taken.
    """
    if options.until_stdin_closes and sys.stdin is None:  # it was closed before it began
        return 0
    try:
        port = reactor.listenTCP(
            options.port, StoreFactory(Store(options)), backlog=1024, interface="127.0.0.1"
        )
    except error.CannotListenError as problem:
        sys.stderr.write(f"cannot listen on port {options.port}: {problem.socketError}\n")
        return 1
    sys.stdout.write(f"listening on http://127.0.0.1:{port.getHost().port}\n")
    sys.stdout.flush()
    if options.until_stdin_closes:
        watch: Any = stdio.StandardIO
        watch(_StdinWatch())
    gc.collect()
    gc.freeze()
    gc.set_threshold(
        100_000, 50, 1_000
    )  # records are trees without cycles: looking for some in them costs a tenth of the time
    reactor.run()
    return 0

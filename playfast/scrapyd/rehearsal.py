"""A job's command with `--check`, in a process of its own: what it says is what the job would meet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from twisted.internet import reactor as the_reactor
from twisted.internet.defer import Deferred, ensureDeferred
from twisted.internet.protocol import ProcessProtocol
from twisted.python.failure import Failure

reactor: Any = the_reactor  # a module to the type checker, an object when it runs

PATIENCE = 60.0
_USAGE = 2
_SHOWN = 40
_UNKNOWN = "unrecognized arguments: --check"
_AROUND = ("'scrapy arguments ", "Usage", "usage", "==", "scrapy crawl [")
"""What lines begin with that stand around the mistakes."""
_BEFORE = re.compile(r"scrapy crawl[^:]*: (error: )?")


class _Rehearsal(ProcessProtocol):
    """Collects what is written to standard error; `ended` has it, and the exit code, None for one that was killed."""

    def __init__(self) -> None:
        self.told = bytearray()
        self.ended: Deferred[tuple[int | None, str]] = Deferred()

    def errReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        self.told += data

    def processEnded(self, reason: Failure) -> None:  # noqa: N802 - Twisted's name
        value: Any = reason.value  # ProcessDone or ProcessTerminated
        self.ended.callback((value.exitCode, self.told.decode("utf-8", "replace")))


def mistakes(command: Sequence[str], environment: Mapping[str, str]) -> Deferred[list[str]]:
    """A sentence for each mistake that the command finds in itself."""
    return ensureDeferred(_mistakes(command, environment))


async def _mistakes(command: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    rehearsal = _Rehearsal()
    process = reactor.spawnProcess(rehearsal, command[0], command, env=dict(environment))
    limit = reactor.callLater(PATIENCE, process.signalProcess, "KILL")
    process.closeStdin()
    code, told = await rehearsal.ended
    if limit.active():
        limit.cancel()
    return judged(code, told)


def judged(code: int | None, told: str) -> list[str]:
    """What an exit code and standard error come to."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    if code == 0 or (code == _USAGE and _UNKNOWN in told):
        return []  # the second is a project with another `crawl`
    if code is None:
        return [f"the arguments could not be checked within {PATIENCE:.0f} seconds"]
    if code == _USAGE:
        found = [line for line in lines if not line.startswith(_AROUND)]
        return [_BEFORE.sub("", line) for line in found][:_SHOWN]
    return [f"the job could not start: {lines[-1] if lines else f'exit code {code}'}"]

"""A command in a process and a terminal of its own, and what it cost."""

from __future__ import annotations

import os
import pty
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO, Self

from benchmarks.errors import BenchmarkError
from benchmarks.harness import ROOT

_BLOCK = 65_536
_KEPT = 8  # blocks of what it said last


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A process that has ended: seconds by the clock, and of the processor."""

    seconds: float
    cpu_seconds: float
    said: str


class Running:
    """A process under way; it is ended with the block, however that is left.

    Its standard error is a pseudo-terminal, so that it shows what it shows a person. So is its standard output, unless `reader` is given:
    that is handed the read end of a pipe, in a thread, and has to read it to its end.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
        reader: Callable[[IO[bytes]], None] | None = None,
    ) -> None:
        self.command = list(command)
        self._said: deque[bytes] = deque(maxlen=_KEPT)
        self._terminal, theirs = pty.openpty()
        self._started = perf_counter()
        self.process = subprocess.Popen(
            self.command,
            cwd=cwd,
            env={**os.environ, "TERM": "xterm", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=theirs if reader is None else subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)
        self._readers = [threading.Thread(target=self._listen, daemon=True)]
        if reader is not None:
            assert self.process.stdout is not None
            self._readers.append(threading.Thread(target=reader, args=(self.process.stdout,), daemon=True))
        for thread in self._readers:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        for thread in self._readers:
            thread.join()
        os.close(self._terminal)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def end(self) -> Ended:
        """Wait for its end.

        Raises:
            BenchmarkError: it failed; what it said last is told.
        """
        # wait4 and not the sum over all children: others may be under way.
        _, status, used = os.wait4(self.process.pid, 0)
        seconds = perf_counter() - self._started
        self.process.returncode = os.waitstatus_to_exitcode(status)
        for thread in self._readers:
            thread.join()
        said = b"".join(self._said).decode(errors="replace")
        if self.process.returncode:
            raise BenchmarkError(
                f"exit code {self.process.returncode} from: {' '.join(self.command)}\n{said[-3000:]}"
            )
        return Ended(seconds=seconds, cpu_seconds=used.ru_utime + used.ru_stime, said=said)

    def _listen(self) -> None:
        while True:
            try:
                block = os.read(self._terminal, _BLOCK)
            except OSError:  # how a terminal ends on Linux: with its last user
                return
            if not block:
                return
            self._said.append(block)


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Ended:
    """Run a command to its end."""
    with Running(command, env=env, cwd=cwd) as running:
        return running.end()


def printed(command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a command; what it printed to standard output.

    Raises:
        BenchmarkError: it failed.
    """
    done = subprocess.run(
        list(command),
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise BenchmarkError(
            f"exit code {done.returncode} from: {' '.join(command)}\n{done.stderr.strip()[-3000:]}"
        )
    return done.stdout

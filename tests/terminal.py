"""A terminal to run commands in: a pseudo-terminal whose screen is kept by an emulator."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyte


@dataclass
class Session:
    """What a command left behind on its terminal."""

    exit_code: int
    raw: bytes
    screens: list[list[str]] = field(repr=False)
    """The lines on the screen whenever the command had nothing more to write for a moment."""
    history: list[str] = field(repr=False)
    """All lines that were on the screen in the end, those that scrolled away first."""
    screen: pyte.Screen = field(repr=False)


def run_in_terminal(
    command: list[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    columns: int = 110,
    lines: int = 40,
    timeout: float = 120,
    seen: Callable[[list[str], subprocess.Popen[bytes]], None] | None = None,
) -> Session:
    """Run a command with a terminal as its standard input, output and error; `seen` is told each screen."""
    screen = pyte.HistoryScreen(columns, lines, history=10_000, ratio=0.5)
    stream = pyte.ByteStream(screen)
    ours, theirs = pty.openpty()
    environment = {**env, "TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(lines)}
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    raw, screens = b"", []
    end = time.monotonic() + timeout
    try:
        while time.monotonic() < end:
            if not select.select([ours], [], [], 0.2)[0]:
                continue
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            raw += piece
            stream.feed(piece)
            if select.select([ours], [], [], 0.02)[0]:
                continue  # in the middle of a drawing
            screens.append([line.rstrip() for line in screen.display])
            if seen is not None:
                seen(screens[-1], process)
        exit_code = process.wait(timeout=max(1.0, end - time.monotonic()))
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(ours)
    scrolled = ["".join(row[x].data for x in range(columns)).rstrip() for row in screen.history.top]
    return Session(exit_code, raw, screens, [*scrolled, *(line.rstrip() for line in screen.display)], screen)

"""How much the system takes as arguments of a process.

A job of Scrapyd is a process, and its arguments and settings are arguments of that. One that is too long makes the start fail where Scrapyd
does not look: the job is never seen again, and its place among those that run at once stays taken.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

LONGEST = 131_071
"""The most bytes of one argument, `name=value`: Linux takes 128 KiB with the zero at its end (MAX_ARG_STRLEN). Other systems have only the
limit of all together, but a job that is refused on one should not pass on another."""

_LEFT = 8_192
"""Room for what Scrapyd adds: the interpreter, the name of the log, its own variables."""
_POINTER = 8
_WHAT_TO_DO = "give a list of ids as a file or as an address instead, ids=/srv/ids.txt or ids=https://..."


def too_long(arguments: Mapping[str, str]) -> list[str]:
    """A sentence for each of the arguments that the system would not take."""
    found = []
    for name, value in arguments.items():
        length = len(os.fsencode(f"{name}={value}"))
        if length > LONGEST:
            found.append(
                f"{name} has {length:,} bytes with its name, and the system takes {LONGEST:,} in one argument; {_WHAT_TO_DO}"
            )
    return found


def too_much(arguments: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """Why the system would not take all of this together; None where it would."""
    try:
        limit = os.sysconf("SC_ARG_MAX")
    except (AttributeError, ValueError, OSError):  # Windows
        return None
    texts = [*arguments, *(f"{name}={value}" for name, value in environment.items())]
    size = sum(len(os.fsencode(text)) + 1 + _POINTER for text in texts) + _LEFT
    if limit <= 0 or size <= limit:
        return None
    return f"all arguments together have {size:,} bytes, and the system takes {limit:,}; {_WHAT_TO_DO}"

"""Memory in use by this process, on Linux, macOS and Windows."""

from __future__ import annotations

import sys

import psutil

_PROCESS = psutil.Process()


def resident() -> int:
    """Resident memory now, bytes."""
    return int(_PROCESS.memory_info().rss)


def peak() -> int:
    """The most resident memory this process has had, bytes."""
    if sys.platform == "win32":
        return int(_PROCESS.memory_info().peak_wset)
    import resource  # noqa: PLC0415 - does not exist on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # The system counts the peak less often than the present.
    return max(most if sys.platform == "darwin" else most * 1024, resident())

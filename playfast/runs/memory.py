"""Memory in use by this process, on Linux, macOS and Windows."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil

_PROCESS = psutil.Process()
_KIB = 1024


def resident() -> int:
    """Resident memory now, bytes."""
    return int(_PROCESS.memory_info().rss)


def peak() -> int:
    """The most resident memory this process has had, bytes."""
    return max(_peak(), resident())  # some systems count the peak less often than the present


def _peak() -> int:
    if sys.platform == "win32":
        return int(_PROCESS.memory_info().peak_wset)
    if sys.platform == "linux":
        # Not ru_maxrss: a process starts with that of the one that started it, however large that was.
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KIB
        return 0
    import resource  # noqa: PLC0415 - does not exist on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * _KIB

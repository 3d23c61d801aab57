"""Which run folders belong to a crawl that is under way: the system tells, by a lock on the folder itself.

The lock ends with the process, however that ends, so a crawl that was killed leaves none behind. Where there are no such locks (Windows), a
folder whose report does not say that its crawl has ended counts as held.
"""

from __future__ import annotations

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def hold(folder: Path) -> int | None:
    """Hold a folder until the handle that this returns is closed, or the process has ended.

    Raises:
        OSError: it cannot be held.
    """
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def is_held(folder: Path, state: str) -> bool:
    """Whether a crawl is under way that writes there; `state` is that of its report."""
    if fcntl is None:
        return state == "running"
    try:
        handle = hold(folder)
    except OSError:
        return True
    assert handle is not None
    os.close(handle)
    return False

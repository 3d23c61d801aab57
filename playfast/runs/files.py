"""Writing a file in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Put a file in its place whole: what stood there stays until then, and for good if this fails.

    A link is followed. What is no ordinary file (`/dev/stdout`) is written to, not replaced.

    Raises:
        OSError: it cannot be written.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".playfast-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also by links and before it exists."""
    try:
        return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))
    except OSError:
        return False


def sync_folder(folder: Path) -> None:
    """Have the names of a folder's files on the disk, which a new file may lack after a power cut. Windows has no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def inode(path: Path) -> int:
    """The file system's number of a file, as a database can keep it (its integers have a sign); 0 if there is no such file."""
    try:
        return path.stat().st_ino & 0x7FFF_FFFF_FFFF_FFFF
    except OSError:
        return 0


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

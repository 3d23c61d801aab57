"""Feeds into files, written in large blocks of whole records."""

from __future__ import annotations

import io
import os
import stat
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import IO, Any, cast

from scrapy import Spider
from scrapy.extensions.feedexport import FileFeedStorage

_BLOCK = 256 * 1024


class BlockFile(io.BufferedIOBase):
    """A file that is written some twenty records at a time; with Python's buffer of 8 kB, each record is a call of the system.

    What is handed over in one `write` is never torn by a block's end, nor by a disk that gets full: then the file ends with the last
    thing that went in whole, and the rest waits for room. `synced_at_end` has it on the disk before it is closed.
    """

    def __init__(self, path: Path, mode: str) -> None:
        self._raw = cast("io.FileIO", path.open(mode, buffering=0))
        self._waiting: list[bytes] = []
        self._size = 0
        # What is no ordinary file (a pipe, /dev/null) has no length.
        self._regular = stat.S_ISREG(os.fstat(self._raw.fileno()).st_mode)
        self.synced_at_end = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def tell(self) -> int:
        """Where the next byte goes, those that wait counted."""
        there = os.fstat(self._raw.fileno()).st_size if self._regular else 0
        return there + self._size

    def write(self, data: Any) -> int:
        if self.closed:
            raise ValueError("write to closed file")
        data = bytes(data)
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= _BLOCK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hand all that waits to the system.

        Raises:
            OSError: the disk is full, say; what went in whole stays, the rest still waits.
        """
        if not self._waiting:
            return
        block = memoryview(b"".join(self._waiting))
        written = 0
        try:
            while written < len(block):
                written += self._raw.write(block[written:]) or 0
        finally:
            self._keep_waiting(written)

    def sync(self) -> None:
        """Have what was flushed on the disk, whatever happens to the machine."""
        if self._regular:
            os.fsync(self._raw.fileno())

    def close(self) -> None:
        if self.closed:
            return
        try:
            self.flush()
            if self.synced_at_end:
                self.sync()
        finally:
            self._waiting.clear()  # whoever could not write them has been told
            self._raw.close()
            super().close()

    def _keep_waiting(self, written: int) -> None:
        """Forget what was written; of what was written in part nothing is left in the file."""
        ends = [0, *accumulate(map(len, self._waiting))]
        whole = sum(end <= written for end in ends) - 1
        torn = written - ends[whole]
        del self._waiting[:whole]
        self._size -= ends[whole]
        if torn and self._regular:
            with suppress(OSError):  # the error that tore it is under way
                size = os.fstat(self._raw.fileno()).st_size
                os.ftruncate(self._raw.fileno(), size - torn)
                self._raw.seek(0, io.SEEK_END)


class BlockFeedStorage(FileFeedStorage):
    """Scrapy's, with a `BlockFile`.

    `WatchedFeedExporter` empties it every few seconds, so that a feed can be followed and a killed crawl loses little.
    """

    def open(self, spider: Spider) -> IO[bytes]:  # noqa: ARG002 - Scrapy's signature
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return cast("IO[bytes]", BlockFile(path, self.write_mode))

"""Compresses a feed with Zstandard, as Scrapy's own plugins do with gzip, bz2 and xz."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdCompressor
else:
    from backports.zstd import ZstdCompressor  # Scrapy needs it too

_LEVEL = 3


class ZstdPlugin:
    """A plugin for the feed option `postprocessing`; the option `zstd_level` is 3 unless given, 1 is fastest, 22 smallest."""

    def __init__(self, file: BinaryIO, feed_options: dict[str, Any]) -> None:
        self._file = file
        self._compressor = ZstdCompressor(level=feed_options.get("zstd_level", _LEVEL))
        self._ended = False

    def write(self, data: bytes) -> int:
        self._file.write(self._compressor.compress(data))
        return len(data)

    def close(self) -> None:
        """End the frame; the file stays open."""
        if not self._ended:
            self._ended = True  # Python closes once more what it collects
            self._file.write(self._compressor.flush())

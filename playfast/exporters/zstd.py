"""Compresses a feed with Zstandard, as Scrapy's own plugins do with gzip, bz2 and xz."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdFile
else:
    from backports.zstd import ZstdFile  # Scrapy needs it too

_LEVEL = 3


class ZstdPlugin:
    """A plugin for the feed option `postprocessing`; the option `zstd_level` is 3 unless given, 1 is fastest, 22 smallest."""

    def __init__(self, file: BinaryIO, feed_options: dict[str, Any]) -> None:
        self._compressed = ZstdFile(file, mode="wb", level=feed_options.get("zstd_level", _LEVEL))

    def write(self, data: bytes) -> int:
        return self._compressed.write(data)

    def close(self) -> None:
        self._compressed.close()

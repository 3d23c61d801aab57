"""Compresses a feed with Zstandard, part by part."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

from playfast.exporters.parts import CompressedParts

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdCompressor
else:
    from backports.zstd import ZstdCompressor  # Scrapy needs it too

_LEVEL = 3


class ZstdPlugin(CompressedParts):
    """The option `zstd_level` is 3 unless given; 1 is fastest, 22 smallest."""

    def __init__(self, file: BinaryIO, feed_options: dict[str, Any]) -> None:
        super().__init__(file, feed_options)
        self._compressor = ZstdCompressor(level=feed_options.get("zstd_level", _LEVEL))

    def compressed(self, data: bytes) -> bytes:
        return self._compressor.compress(data, ZstdCompressor.FLUSH_FRAME)

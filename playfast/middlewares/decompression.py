"""Scrapy's decompression, with a faster way for gzip."""

from __future__ import annotations

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

from playfast.play import zipped

_GZIP = (b"gzip", b"x-gzip")


class QuickDecompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's, but whole gzip bodies go the faster way. What is not whole, or too large, is left to Scrapy and its ways."""

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in _GZIP and (whole := zipped.unpacked(body, max_size)) is not None:
            return whole
        # There is no public word for it; a test shows when it is no longer asked.
        return HttpCompressionMiddleware._decode(body, encoding, max_size)  # noqa: SLF001

"""Decompression in half the time: Play's answers come gzipped, and undoing that is a tenth of a crawl's work."""

from __future__ import annotations

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

try:
    from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor, IsalError
except ImportError:  # there is none for this kind of processor
    AVAILABLE = False
else:
    AVAILABLE = True

_GZIP = (b"gzip", b"x-gzip")
_NO_LIMIT = 2**31 - 1


class QuickDecompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's, but whole gzip bodies go through Intel's ISA-L. What is not whole, or too large, is left to Scrapy and its ways."""

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in _GZIP and (whole := gunzipped(body, max_size)) is not None:
            return whole
        # There is no public word for it; a test shows when it is no longer asked.
        return HttpCompressionMiddleware._decode(body, encoding, max_size)  # noqa: SLF001


def gunzipped(body: bytes, max_size: int) -> bytes | None:
    """The bytes in a gzip file of one member, or None: it is cut short or spoilt, has more behind it, or holds more than `max_size` bytes.

    Never makes more than `max_size` bytes and one; 0 stands for no limit.
    """
    if not AVAILABLE:
        return None
    member = IgzipDecompressor(flag=DECOMP_GZIP)
    try:
        content: bytes = member.decompress(body, max_size + 1 if max_size else _NO_LIMIT)
    except IsalError:  # type: ignore[misc]  # it is an exception, which its stub does not say
        return None
    if not member.eof or member.unused_data or (max_size and len(content) > max_size):
        return None
    return content

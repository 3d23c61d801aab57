"""Unpacking gzip in half the time: Play's answers come gzipped, and undoing that is a tenth of a crawl's work."""

from __future__ import annotations

try:
    from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor, IsalError
except ImportError:  # there is none for this kind of processor
    AVAILABLE = False
else:
    AVAILABLE = True

_NO_LIMIT = 2**31 - 1


def unpacked(body: bytes, max_size: int = 0) -> bytes | None:
    """The bytes in a gzip file of one member, through Intel's ISA-L.

    None where there is no such library, and where the file is cut short or spoilt, has more behind its member, or holds more than
    `max_size` bytes (0 stands for no limit). Never makes more than `max_size` bytes and one.
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

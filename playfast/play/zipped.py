"""Unpacking gzip in three fifths of the time: Play's answers come gzipped, and undoing that is a tenth of a crawl's work."""

from __future__ import annotations

from deflate import DeflateError, gzip_decompress

_MAGIC = b"\x1f\x8b\x08"
_SHORTEST = 18  # a header of 10 bytes and a trailer of 8
_MOST_TIMES = 1032
"""No format of deflate packs tighter; a body that claims to is spoilt."""


def size_of(body: bytes) -> int:
    """The size to which a gzip file of one member unpacks, by its own words; modulo 2**32, and 0 for what is too short to be one."""
    return int.from_bytes(body[-4:], "little") if len(body) >= _SHORTEST else 0


def unpacked(body: bytes, max_size: int = 0) -> bytes | None:
    """The bytes in a gzip file of one member, through libdeflate.

    None where the file is cut short or spoilt, may have more behind its member, or holds more than `max_size` bytes (0 stands for no
    limit). Never makes more than `max_size` bytes.
    """
    size = size_of(body)
    if not body.startswith(_MAGIC) or size > len(body) * _MOST_TIMES or (max_size and size > max_size):
        return None
    if body.find(_MAGIC, len(_MAGIC)) > 0:
        return None  # a second member, or bytes that look like one: libdeflate would stop before it without a word
    try:
        return bytes(gzip_decompress(body, size or 1))
    except DeflateError:
        return None

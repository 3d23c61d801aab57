"""Parts of answers that are compressed once and joined into many gzip bodies.

Deflate output that ends with a full flush is whole bytes and refers to nothing before it. So compressed parts can be put one behind
another; between them, a few bytes that change from answer to answer go uncompressed, as "stored" blocks.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from . import crc

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_LAST_BLOCK = b"\x03\x00"
_STORED_LIMIT = 0xFFFF
#: Parts longer than this are compressed rather than stored, when they are not prepared.
WORTH_COMPRESSING = 400


@dataclass(frozen=True, slots=True)
class Prepared:
    """Bytes in compressed form, with what is needed to join them: length and checksum of the plain bytes."""

    deflated: bytes
    length: int
    checksum: int
    factor: int

    @property
    def raw(self) -> bytes:
        """The plain bytes."""
        return zlib.decompress(self.deflated + _LAST_BLOCK, -15)

    @property
    def weight(self) -> int:
        """About how many bytes of memory this takes."""
        return len(self.deflated) + 200


Part = bytes | Prepared


def prepare(raw: bytes, level: int = 1) -> Prepared:
    """Compress a part of an answer, to be used again and again."""
    return Prepared(deflate(raw, level), len(raw), zlib.crc32(raw), crc.shift_by(len(raw)))


class _Packer(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self, mode: int, /) -> bytes: ...


@lru_cache(maxsize=10)
def _packer(level: int) -> _Packer:
    return zlib.compressobj(level, zlib.DEFLATED, -15, 9)


def deflate(raw: bytes, level: int) -> bytes:
    """A complete run of deflate blocks for these bytes, without an end mark.

    One compressor per level serves all: a full flush makes it forget everything, and a new one costs as much as 4 kB of work.
    """
    packer = _packer(level)
    return packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(raw: bytes) -> bytes:
    size = len(raw)
    return b"\x00" + size.to_bytes(2, "little") + (size ^ _STORED_LIMIT).to_bytes(2, "little") + raw


def plain_body(parts: list[Part]) -> bytes:
    """The parts as they are, one behind another."""
    return b"".join([part if isinstance(part, bytes) else part.raw for part in parts])


def body_length(parts: list[Part]) -> int:
    """The length of the plain body."""
    return sum([len(part) if isinstance(part, bytes) else part.length for part in parts])


def gzip_body(parts: list[Part]) -> bytes:
    """The parts as one gzip body. Neighbouring plain parts are put together; long ones are compressed on the spot."""
    out = [GZIP_HEAD]
    checksum = length = 0
    waiting: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            waiting.append(part)
            continue
        if waiting:
            raw = waiting[0] if len(waiting) == 1 else b"".join(waiting)
            waiting = []
            out.append(_stored(raw) if len(raw) <= WORTH_COMPRESSING else deflate(raw, 1))
            checksum = zlib.crc32(raw, checksum)
            length += len(raw)
        out.append(part.deflated)
        checksum = crc.joined(checksum, part.checksum, part.factor)
        length += part.length
    if waiting:
        raw = b"".join(waiting)
        out.append(_stored(raw) if 0 < len(raw) <= WORTH_COMPRESSING else deflate(raw, 1))
        checksum = zlib.crc32(raw, checksum)
        length += len(raw)
    out += (_LAST_BLOCK, checksum.to_bytes(4, "little"), (length & 0xFFFFFFFF).to_bytes(4, "little"))
    return b"".join(out)

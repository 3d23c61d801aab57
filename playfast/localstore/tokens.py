"""Tokens with which a client goes on with a list: sealed, so that nobody makes one up, and good for one generation."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import blake2b
from typing import Any

import orjson

_HEAD = b"\x62"  # the store's tokens begin so
_SEAL = 12
_LENGTH = 190


def seal(kind: str, generation: int, *values: Any) -> str:
    """A token of a kind that holds these values."""
    inner = orjson.dumps([kind, generation, *values])
    inner += b" " * (_LENGTH - len(inner))  # JSON may end in blanks, and the store's tokens are long
    return urlsafe_b64encode(_HEAD + _sealed(inner) + _mixed(inner)).decode().rstrip("=")


def opened(kind: str, generation: int, token: str) -> list[Any] | None:
    """The values of a token; None for one of another kind or generation, or one that was made up."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (NotBase64, ValueError):
        return None
    inner = _mixed(raw[1 + _SEAL :])
    if raw[:1] != _HEAD or raw[1 : 1 + _SEAL] != _sealed(inner):
        return None
    found, of, *values = orjson.loads(inner)
    return values if (found, of) == (kind, generation) else None


def _sealed(inner: bytes) -> bytes:
    return blake2b(inner, digest_size=_SEAL, key=b"localstore").digest()


def _mixed(data: bytes) -> bytes:
    """The same bytes made unreadable, or readable again."""
    return bytes(byte ^ (place * 73 + 41) & 0xFF for place, byte in enumerate(data))

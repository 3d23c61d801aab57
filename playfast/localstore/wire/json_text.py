"""JSON as the store writes it: compact, raw UTF-8, with the signs of HTML escaped."""

from __future__ import annotations

from typing import Any

import orjson

_SIGNS = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"=", b"\\u003d"), (b"&", b"\\u0026"))


def dumps(value: Any) -> bytes:
    """A value as JSON in which ``<``, ``>``, ``=`` and ``&`` are escapes, whether in an answer or in a page."""
    raw = orjson.dumps(value)
    for sign, escape in _SIGNS:
        raw = raw.replace(sign, escape)
    return raw


def within_string(raw: bytes) -> bytes:
    """JSON as the inside of a JSON string: an answer's payload is JSON within JSON."""
    return raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def utf16_length(raw: bytes) -> int:
    """The length of UTF-8 text in UTF-16 code units, which is how the store counts the length of a chunk."""
    if raw.isascii():
        return len(raw)
    return len(raw.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")) // 2

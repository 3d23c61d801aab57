"""Random changes of bytes, texts and JSON values, as a broken line, a new layout or somebody hostile would make them."""

from __future__ import annotations

import math
from random import Random
from typing import Any

_PIECES = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\r\n", b"\\u0000", b"\\ud800", b'"', b"\\", b"[" * 3_000, b"]" * 50, b'{"a":' * 2_000, b"null",
    b"NaN", b"-Infinity", b"1e999", b"9" * 5_000, b"AF_initDataCallback({key: 'ds:5', data:", b"</script>", b"</html>", b")]}'\n\n", b"<!--",
    b'<script type="application/ld+json">', b'<meta property="og:', b"&#x110000;", b"&" * 200, b"%" * 50,
)  # fmt: skip
_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, -(2**63), 2**64, 10**400, 0.5, -0.0, 1e308, math.nan, math.inf, "", "0", "\x00", "\ud800", "x" * 20_000,
    "٣", "9" * 5_000, "http://[", "//", "data:", [], {}, [[]], [None] * 300, {"1": None}, {"99999999999999999999": 1}, {"0": []}, {"-1": 1},
)  # fmt: skip
_DEEP = 900  # orjson reads no deeper than 1,024


def of_bytes(body: bytes, chance: Random) -> bytes:
    """A body with one to eight changes."""
    for _ in range(chance.randint(1, 8)):
        here, there = sorted((chance.randrange(len(body) + 1), chance.randrange(len(body) + 1)))
        near = min(here + chance.randrange(1, 200), len(body))
        match chance.randrange(7):
            case 0:
                body = body[:here]
            case 1:
                body = body[:here] + body[near:]
            case 2:
                body = body[:here] + chance.choice(_PIECES) + body[here:]
            case 3 if here < len(body):
                body = body[:here] + bytes([body[here] ^ (1 << chance.randrange(8))]) + body[here + 1 :]
            case 4:
                body = body[:here] + body[here:near] * chance.randrange(2, 20) + body[near:]
            case 5:
                body = body[:here] + chance.randbytes(chance.randrange(1, 40)) + body[near:]
            case 6:
                body = body[there:] + body[:here]
    return body


def of_text(text: str, chance: Random) -> str:
    return of_bytes(text.encode("utf-8", "surrogatepass"), chance).decode(
        "utf-8", chance.choice(("replace", "surrogateescape"))
    )


def of_value(value: Any, chance: Random) -> Any:
    """A JSON value with one to six of its nodes changed; what is not changed is shared with it."""
    for _ in range(chance.randint(1, 6)):
        value = _changed(value, chance, chance.randrange(1, 12))
    return value


def _changed(node: Any, chance: Random, depth: int) -> Any:
    if depth and isinstance(node, list) and node:
        place = chance.randrange(len(node))
        if chance.random() < 0.1:
            return node[:place] if chance.random() < 0.5 else node[:place] + node[place + 1 :]
        return [*node[:place], _changed(node[place], chance, depth - 1), *node[place + 1 :]]
    if depth and isinstance(node, dict) and node:
        name = chance.choice(list(node))
        return {**node, name: _changed(node[name], chance, depth - 1)}
    match chance.randrange(4):
        case 0:
            return [node, chance.choice(_ODD)]
        case 1 if isinstance(node, str):
            return of_text(node, chance)
        case 2 if chance.random() < 0.1:
            return _deep()
        case _:
            return chance.choice(_ODD)


def _deep() -> Any:
    value: Any = None
    for _ in range(_DEEP):
        value = [value]
    return value

"""Where the texts of a JSON document stand: each with its path and the place of what is between its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]', re.DOTALL)
_UNIT = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)|(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class Text(NamedTuple):
    """A text: its path of indices (of an object: its keys), and where it begins and ends."""

    path: tuple[int | str, ...]
    start: int
    end: int


def texts(document: str) -> Iterator[Text]:
    """The texts of a document that is JSON; keys of objects are none."""
    path: list[int | str | None] = []  # None where an object's key is due
    key: str | None = None
    for token in _TOKEN.finditer(document):
        first = token[0][0]
        last = path[-1] if path else 0
        if first in "[{":
            path.append(0 if first == "[" else None)
        elif first in "]}":
            del path[-1:]
        elif first == ",":
            path[-1:] = [last + 1 if isinstance(last, int) else None] if path else []
        elif first == ":":
            path[-1:] = [key] if path else []
        elif last is None:
            key = token[0][1:-1]
        else:
            yield Text(
                tuple(entry for entry in path if entry is not None), token.start() + 1, token.end() - 1
            )


def unescaped(document: str, start: int, end: int) -> tuple[str, list[int]]:
    """What a text says, and for each character (and for the end) where it stands in the document."""
    said, places = [], []
    for unit in _UNIT.finditer(document, start, end):
        code, escaped, plain = unit.groups()
        said.append(chr(int(code, 16)) if code else _ESCAPED.get(escaped, escaped) if escaped else plain)
        places.append(unit.start())
    return "".join(said), [*places, end]

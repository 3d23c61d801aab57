"""The bodies of batchexecute answers: frames in one array, or in chunks with their lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import orjson

from .json_text import utf16_length
from .prepared import Part, body_length

PREFIX = b")]}'\n\n"
_NUMBER = 17


class Head:
    """A frame up to its tag. It remembers its length in UTF-16 code units once somebody has asked for it."""

    __slots__ = ("_units", "part")

    def __init__(self, part: Part) -> None:
        self.part = part
        self._units = -1

    def utf16_length(self) -> int:
        """Its length in UTF-16 code units."""
        if self._units < 0:
            self._units = utf16_length(self.part if isinstance(self.part, bytes) else self.part.raw)
        return self._units


@dataclass(frozen=True, slots=True)
class Frame:
    """One answer: the frame up to its tag, and the tag as JSON."""

    head: Head
    tag: bytes

    def utf16_length(self) -> int:
        """The length of the whole frame in UTF-16 code units."""
        return self.head.utf16_length() + utf16_length(self.tag) + 1


def tag_json(tag: object) -> bytes:
    """A tag as the frame echoes it."""
    return orjson.dumps(tag)


def _closing(chance: Random) -> list[bytes]:
    spent = chance.randrange(40, 700)
    token = chance.getrandbits(63) - (1 << 62)
    return [
        b'["di",%d]' % spent,
        b'["af.httprm",%d,"%d",%d]' % (max(1, spent - chance.randrange(3)), token, _NUMBER),
    ]


def one_line(frames: Sequence[Frame], chance: Random) -> list[Part]:
    """The body without ``rt=c``: all frames in one array on one line."""
    parts: list[Part] = [PREFIX + b"["]
    for frame in frames:
        parts += (frame.head.part, frame.tag, b"],")
    parts.append(b",".join(_closing(chance)) + b"]")
    return parts


def chunked(frames: Sequence[Frame], chance: Random) -> list[Part]:
    """The body with ``rt=c``: arrays on lines of their own, each behind a line with its length, then the end mark.

    A line holds one frame or several, as answers became ready. The length is in UTF-16 code units and counts the two line breaks
    round the array; the end mark tells the size of the whole body in bytes, itself included.
    """
    parts: list[Part] = [PREFIX]
    place = 0
    while place < len(frames):
        group = frames[place : place + chance.choice((1, 1, 2, 3, 5))]
        place += len(group)
        units = 2 + 2 + len(group) - 1 + sum(frame.utf16_length() for frame in group)
        parts.append(b"%d\n[" % units)
        for number, frame in enumerate(group):
            parts += (b"," if number else b"", frame.head.part, frame.tag, b"]")
        parts.append(b"]\n")
    di, httprm = _closing(chance)
    line = b"[" + di + b"," + httprm + b"]"
    parts.append(b"%d\n%b\n" % (len(line) + 2, line))
    parts.append(_end_mark(body_length(parts)))
    return parts


def _end_mark(before: int) -> bytes:
    digits = 1
    while True:
        line = b'[["e",4,null,null,%s]]' % (b"0" * digits)
        total = before + len(b"%d\n" % (len(line) + 2)) + len(line) + 1
        if len(str(total)) == digits:
            return b'%d\n[["e",4,null,null,%d]]\n' % (len(line) + 2, total)
        digits += 1

"""The sparse-array rule: the one accessor for everything Play sends.

Play's messages are arrays: field *n* stands at index *n - 1*. Where an array would be mostly empty, its last
element may be an object that holds the remaining fields under their *number* as a string, so field 141 is either
`message[140]` or `message[-1]["141"]`. The object can stand at the end of an array at any depth, and its own place is not
an index. Two app pages recorded in 2025-10 are in that form; answers to small field masks usually are.
"""

from __future__ import annotations

from typing import Any

from playfast.errors import UnreadableError

_DIGITS = 9  # no message has a field number that long
Path = tuple[int, ...]
"""Indices from the outside in, 0-based: `(51, 0, 1)` is `message[51][0][1]`, wherever the rule above puts it."""


def child(message: list[Any], index: int) -> Any:
    """The value at one index of a message, or None where there is none."""
    if index < len(message):
        value = message[index]
        # An object is never a value of its own here, only the tail that holds other fields.
        if value is not None and value.__class__ is not dict:
            return value
    if message:
        tail = message[-1]
        if tail.__class__ is dict:
            return tail.get(str(index + 1))
    return None


def at(message: Any, path: Path) -> Any:
    """The value at a path, or None where the message says nothing there.

    Raises:
        UnreadableError: a part of the path is neither a message nor absent (say, a text), so that what Play sent is of
            another shape than expected; that is told apart from a value Play left out.
    """
    for index in path:
        if message is None:
            return None
        if message.__class__ is not list:
            raise UnreadableError(f"a {type(message).__name__} where a message was expected")
        # `child`, written out: half the time of reading a record goes into these steps.
        if index < len(message):
            value = message[index]
            if value is not None and value.__class__ is not dict:
                message = value
                continue
        tail = message[-1] if message else None
        message = tail.get(str(index + 1)) if tail.__class__ is dict else None
    return message


def extent(message: list[Any]) -> int:
    """The length a message would have if all its fields stood at their indices."""
    tail = message[-1] if message else None
    if tail.__class__ is not dict:
        return len(message)
    return max(
        [len(message) - 1, *(int(number) for number in tail if number.isdecimal() and len(number) < _DIGITS)]
    )


def find(message: Any, path: Path) -> Any:
    """Like `at`, for callers who look whether something is there: None for another shape too."""
    try:
        return at(message, path)
    except UnreadableError:
        return None

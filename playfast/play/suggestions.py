"""What the store suggests to those who have begun to type. Facts: a recorded answer."""

from __future__ import annotations

from typing import Any

from playfast.errors import UnreadableError
from playfast.play.record import find


def read(payload: Any) -> tuple[str, ...]:
    """The terms of an answer, best first; None, and an answer without any, say that there are none.

    Raises:
        UnreadableError: the answer is of another shape.
    """
    if payload is None:
        return ()
    listed = find(payload, (0, 0))
    if listed is None and payload.__class__ is list and not find(payload, (0,)):
        return ()
    if listed.__class__ is not list:
        raise UnreadableError("an answer without a list of suggestions")
    terms = [find(entry, (0,)) for entry in listed]
    if not all(isinstance(term, str) and term for term in terms):
        raise UnreadableError("a suggestion that is no text")
    return tuple(dict.fromkeys(terms))

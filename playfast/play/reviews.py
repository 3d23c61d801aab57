"""Pages of reviews."""

from __future__ import annotations

from typing import Any, NamedTuple

from playfast.errors import UnreadableError
from playfast.play.record import at, find

_ROWS = (0,)
_TOKEN = (1, 1)
_ID = (0,)


class ReviewPage(NamedTuple):
    """The rows of one answer, and the token of the next page; None where there is none."""

    rows: list[Any]
    token: str | None


def page(payload: Any) -> ReviewPage:
    """The page that a payload of the reviews' RPC holds; no rows where nobody has written any.

    Raises:
        UnreadableError: the payload is of another shape.
    """
    rows, token = at(payload, _ROWS), at(payload, _TOKEN)
    if rows is not None and rows.__class__ is not list:
        raise UnreadableError(f"a {type(rows).__name__} where rows of reviews were expected")
    if token is not None and not isinstance(token, str):
        raise UnreadableError(f"a {type(token).__name__} where the token of the next page was expected")
    return ReviewPage(rows or [], token or None)


def id_of(row: Any) -> str | None:
    """Play's id of the review in a row; None where a row has none, so that it is no review."""
    found = find(row, _ID)
    return found if isinstance(found, str) and found else None

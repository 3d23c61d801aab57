"""What a single value of Play means: micros to currency units, HTML to text, epoch to datetime.

Each function takes one decoded JSON value that is not None and returns the converted one, or None for "says nothing" (an empty
text). A value of another type raises `UnreadableError`, which `play.fields` counts; nothing else is ever raised.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

from playfast.errors import UnreadableError
from playfast.play.record import at
from playfast.play.shared import shared

ORIGIN = "https://play.google.com"
_LARGEST = 2**63 - 1  # larger numbers are none that Play counts in, and no feed format holds them
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_402_300_799  # of the year 9999, the last that datetime knows
_SECOND_IN_NANOSECONDS = 1_000_000_000
_BREAK = re.compile(r"<(?:br\s*/?|/p)>", re.IGNORECASE)
_REFERENCE = re.compile(r"(&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?))")
"""What `html.unescape` takes for a reference to a character."""
_LONGEST_REFERENCE = 40
"""Longer ones are numbers beyond all characters, and Python makes no number of more than 4,300 digits."""
_ID_ALONE = re.compile(r"/store/apps/dev(?:eloper)?\?id=([A-Za-z0-9_.%+-]+)")
"""The address of nearly every developer: with an id and nothing else, there is nothing to take apart."""
_TAG = re.compile(r"(</?[a-zA-Z][^<>]*>)")


def text(value: Any) -> str | None:
    """A text as it stands; an empty one says nothing."""
    if value.__class__ is not str:
        raise UnreadableError(f"not a text: {type(value).__name__}")
    return value or None


def unescaped(value: Any) -> str | None:
    """A text that carries HTML entities though it is no HTML (the summary: `&amp;`)."""
    said = text(value)
    return _with(_character, _REFERENCE, said) if said and "&" in said else said


def plain(value: Any) -> str | None:
    """HTML as plain text: `<br>` becomes a line break, other tags go, entities are resolved."""
    said = text(value)
    if not said:
        return None
    if "<" in said:
        said = _with(_line_break, _TAG, said)
    if "&" in said:
        said = _with(_character, _REFERENCE, said)
    return said or None


def _with(replaced: Callable[[str], str], pattern: re.Pattern[str], said: str) -> str:
    """A text with each match of a pattern, which is all in one group, replaced; texts have few kinds of matches, and many of each."""
    parts = pattern.split(said)
    parts[1::2] = [replaced(match) for match in parts[1::2]]
    return "".join(parts)


@shared
def _line_break(tag: str) -> str:
    return "\n" if _BREAK.fullmatch(tag) else ""


@shared
def _character(reference: str) -> str:
    return html.unescape(reference) if len(reference) <= _LONGEST_REFERENCE else "\ufffd"


def integer(value: Any) -> int:
    """A whole number; a float that is whole (JSON of other writers) counts, a bool does not."""
    whole = value.__class__ is int or (value.__class__ is float and value.is_integer())
    if whole and -_LARGEST <= value <= _LARGEST:
        return int(value)
    raise UnreadableError(f"not a whole number of 64 bits: {type(value).__name__}")


def flag(value: Any) -> bool:
    """True or false; pages write them as 1 and 0."""
    if value in (0, 1) and value.__class__ in (int, bool):
        return bool(value)
    raise UnreadableError(f"not a yes or no: {type(value).__name__}")


def number(value: Any) -> float:
    """A finite number."""
    if value.__class__ is float or value.__class__ is int:
        try:
            converted = float(value)
        except OverflowError as error:
            raise UnreadableError("a number too large") from error
        if math.isfinite(converted):
            return converted
    raise UnreadableError(f"not a number: {type(value).__name__}")


def micros(value: Any) -> float:
    """Millionths of a currency unit as currency units: 6990000 is 6.99."""
    if value.__class__ is int and not value:
        return 0.0  # one for all the apps that are free
    return number(value) / 1_000_000


def moment(value: Any) -> datetime:
    """Seconds since 1970 as a datetime in UTC."""
    return _since_1970(integer(value), 0)


def precise_moment(value: Any) -> datetime:
    """`[seconds, nanoseconds]` as a datetime in UTC; the nanoseconds may be missing."""
    match value:
        case [seconds, nanoseconds, *_] if seconds.__class__ is int and nanoseconds.__class__ is int:
            pass
        case _:
            seconds, fraction = at(value, (0,)), at(value, (1,))
            if seconds is None:
                raise UnreadableError("a time without seconds")
            seconds, nanoseconds = integer(seconds), 0 if fraction is None else integer(fraction)
    if not 0 <= nanoseconds < _SECOND_IN_NANOSECONDS:
        raise UnreadableError("nanoseconds outside of a second")
    return _since_1970(seconds, nanoseconds // 1000)


def _since_1970(seconds: int, microseconds: int) -> datetime:
    if not 0 <= seconds <= _LAST_SECOND:
        raise UnreadableError("seconds outside of 1970-9999")
    return _EPOCH + timedelta(0, seconds, microseconds)


def address(value: Any) -> str | None:
    """An address; Play's own come without their host, which is put in front."""
    said = text(value)
    return ORIGIN + said if said and said.startswith("/") else said


def id_in_url(value: Any) -> str | None:
    """The `id` parameter of an address: the developer's name or number in the link to their page."""
    said = text(value)
    if not said:
        return None
    if plainly := _ID_ALONE.fullmatch(said):
        return plainly[1] if plainly[1].isalnum() else unquote_plus(plainly[1])
    try:
        found = parse_qs(urlsplit(said).query, separator="&").get("id")
    except ValueError as error:
        raise UnreadableError("not an address") from error
    return found[0] if found else None


def size(value: Any) -> tuple[int, int]:
    """`[height, width]` in pixels, as `(width, height)`, the order people write it in."""
    match value:
        case [height, width, *_] if height.__class__ is int and width.__class__ is int:
            return pair(width, height)
    return pair(integer(_there(at(value, (1,)))), integer(_there(at(value, (0,)))))


@shared
def pair(width: int, height: int) -> tuple[int, int]:
    """Two whole numbers."""
    return integer(width), integer(height)


def items(value: Any) -> list[Any]:
    """A repeated field, as a list."""
    if value.__class__ is not list:
        raise UnreadableError(f"not a list: {type(value).__name__}")
    return value


def _there(value: Any) -> Any:
    if value is None:
        raise UnreadableError("one half of a pair is missing")
    return value

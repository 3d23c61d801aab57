"""Numbers, times and changes as a reader wants them: thousands with commas, units said, UTC."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

NOTHING = "\N{EN DASH}"
NBSP = "\N{NO-BREAK SPACE}"
"""Between a number and its unit."""
_KIB = 1024
_MIB = 1024 * 1024
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def count(number: float | None) -> str:
    """12,345"""
    return NOTHING if number is None else f"{number:,.0f}"


def of(number: int, noun: str, plural: str = "") -> str:
    """1 record, 2 records"""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def plural(noun: str) -> str:
    """Records, countries."""
    return noun.removesuffix("y") + "ies" if noun.endswith("y") else f"{noun}s"


def decimal(number: float | None) -> str:
    """Three digits that count, at least: 1,234 and 123 and 12.3 and 1.23."""
    if number is None:
        return NOTHING
    size = abs(number)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2  # noqa: PLR2004 - how many digits each size needs
    return f"{number:,.{digits}f}"


def share(part: float | None) -> str:
    """93.4 %; never 0 % of something, never 100 % of less than all."""
    if part is None:
        return NOTHING
    if part in (0, 1):
        return f"{100 * part:.0f}{NBSP}%"
    percent = 100 * part
    if percent < 0.1:  # noqa: PLR2004 - what the one decimal shows
        return f"<{NBSP}0.1{NBSP}%"
    if 99.9 < percent < 100:  # noqa: PLR2004 - same
        return f">{NBSP}99.9{NBSP}%"
    return f"{percent:,.1f}{NBSP}%"


def points(difference: float) -> str:
    """The difference of two shares, in points of a hundred: +1.2"""
    text = f"{100 * difference:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text.replace("-", "\N{MINUS SIGN}")


def latency(seconds: float | None) -> str:
    """250 ms, 12.3 s"""
    if seconds is None:
        return NOTHING
    return f"{decimal(seconds * 1000)}{NBSP}ms" if seconds < 1 else f"{decimal(seconds)}{NBSP}s"


def duration(seconds: float) -> str:
    """12.3 s, 4 min 05 s, 1 h 02 min, 3 d 04 h"""
    if seconds < _MINUTE:
        return f"{seconds:.1f}{NBSP}s"
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE}{NBSP}min {whole % _MINUTE:02}{NBSP}s"
    if whole < _DAY:
        return f"{whole // _HOUR}{NBSP}h {whole % _HOUR // _MINUTE:02}{NBSP}min"
    return f"{whole // _DAY}{NBSP}d {whole % _DAY // _HOUR:02}{NBSP}h"


def mebibytes(size: float | None) -> str:
    """123 MiB"""
    return NOTHING if size is None else f"{decimal(size / _MIB)}{NBSP}MiB"


def kibibytes(size: float | None) -> str:
    """5.11 KiB; below one, bytes"""
    if size is None:
        return NOTHING
    return f"{size:,.0f}{NBSP}bytes" if size < _KIB else f"{decimal(size / _KIB)}{NBSP}KiB"


def moment(text: str) -> str:
    """An ISO 8601 time as `2026-11-23 12:04:51 UTC`; a text that is none stays as it is."""
    when = parsed(text)
    return text if when is None else when.strftime("%Y-%m-%d %H:%M:%S UTC")


def parsed(text: str) -> datetime | None:
    """An ISO 8601 time, in UTC; without a zone it is taken to be UTC."""
    try:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def shortened(text: str, most: int = 300) -> str:
    """A long text's beginning, and how long it is."""
    return text if len(text) <= most else f"{text[:most]} … ({len(text):,} characters)"


def text_of(value: Any) -> str:
    """Any value of JSON as a reader wants it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return NOTHING
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.6g}" if abs(value) < 1 else f"{value:,.3f}".rstrip("0").rstrip(".")
        case str():
            return shortened(value)
        case _:
            return shortened(json.dumps(value, ensure_ascii=False))

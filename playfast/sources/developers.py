"""Developers out of lines: numbers and names, also as the addresses of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

_LONGEST = 255
_ADDRESSES = ("/store/apps/dev?", "/store/apps/developer?")


def problem(entry: str) -> str | None:
    """Why a text cannot be a developer's number or name, or None if it can."""
    if len(entry) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    if not entry.isprintable():
        return "a control character"
    return None


def read(lines: Iterable[str]) -> Iterator[str]:
    """The developers of a list, one a line, in order; blank lines and lines that begin with `#` are skipped.

    Names hold commas, so there are no columns; a list in an argument is separated by semicolons, or has one entry.
    """
    for line in lines:
        text = line.strip().strip('"').strip()
        if text and not text.startswith("#"):
            yield _clean(text)


def _clean(text: str) -> str:
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # a lone surrogate could be written into no feed
    if any(address in text for address in _ADDRESSES):
        try:
            found = parse_qs(urlsplit(text).query).get("id")
        except ValueError:
            return text
        return found[0].strip() if found else text
    return text

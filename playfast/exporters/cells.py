"""Text cells that no spreadsheet runs as a formula."""

from __future__ import annotations

import re

_MARKS = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - full-width marks, which Excel takes for the plain ones
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? ?%?")
_TELEPHONE = re.compile(r"[+-][\d \u00a0.,/()+-]*")
_DIGIT = re.compile(r"\d")


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it.

    Numbers and telephone numbers stay as they are: digits, blanks and `+-.,/()` can reach no cell and call no function.
    """
    return text if text[:1] not in _MARKS or _is_number(text) else f"'{text}"


def _is_number(text: str) -> bool:
    if _NUMBER.fullmatch(text):
        return True
    return _TELEPHONE.fullmatch(text) is not None and _DIGIT.search(text) is not None

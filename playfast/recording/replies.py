"""Developers answer reviewers by name ("Hi Ann, ..."): where a reply to a review says a word of its author's name.

A reply is read as it stands in an answer, one character for each byte, or as text; so words are looked for in both spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]{2,}")
"""A part of a name; an initial alone tells nobody from others."""
_IN_A_WORD = r"[^\W_]"


def mentions(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the words of names in a reply; None for names without words."""
    words = {word for name in names for word in _WORD.findall(name)}
    spellings = {spelling for word in words for spelling in (word, word.encode().decode("latin-1"))}
    if not spellings:
        return None
    found = "|".join(_alone(spelling) for spelling in sorted(spellings, key=lambda one: (-len(one), one)))
    return re.compile(found, re.IGNORECASE)


def lines(reply: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The lines of a reply in which there is such a word, and the same without it, as long in UTF-8."""
    for line in reply.splitlines():
        without = pattern.sub(lambda found: "x" * len(found[0].encode()), line)
        if without != line:
            yield line, without


def _alone(word: str) -> str:
    """A word in letters that are written with blanks between words is no part of another word."""
    escaped = re.escape(word)
    return f"(?<!{_IN_A_WORD}){escaped}(?!{_IN_A_WORD})" if word.isascii() else escaped

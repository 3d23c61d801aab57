"""Phrases out of lines: names of developers, what is searched for. They hold commas and blanks; addresses of their pages do as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import category
from urllib.parse import parse_qs, urlsplit

_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""What stands in the place of bytes that are no UTF-8."""
_CONTROL = frozenset({"Cc", "Zl", "Zp"})
"""Categories of Unicode with control characters and breaks of lines. Joiners, which Persian, Hindi and emoji are written with, are of
another, and so are blanks that do not break."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One kind of phrases.

    Attributes:
        addresses: what tells the address of a page for one of them.
        parameter: the part of such an address that holds it.
        longest: characters that one may have.
    """

    addresses: tuple[str, ...]
    parameter: str
    longest: int

    def problem(self, entry: str) -> str | None:
        """Why a text cannot be one of these, or None if it can."""
        if len(entry) > self.longest:
            return f"longer than {self.longest} characters"
        if _UNREADABLE in entry:
            return f"a character that could not be read ({_UNREADABLE}); a list is text in UTF-8"
        if not entry.isprintable() and any(category(character) in _CONTROL for character in entry):
            return "a control character"
        if any(address in entry for address in self.addresses):
            return f"the address of a page without {self.parameter}="
        return None

    def read(self, lines: Iterable[str]) -> Iterator[str]:
        """Those of a list, one a line, in order; blank lines and lines that begin with `#` are skipped.

        There are no columns; a list in an argument is separated by semicolons, or has one entry. Quotes around all of a line are taken
        off, those in it are its own; so `"#1"` is no remark.
        """
        for line in lines:
            written = line.strip()
            text = _unquoted(written)
            if text and not written.startswith("#"):
                yield self._clean(text)

    def _clean(self, text: str) -> str:
        if not text.isascii():
            text = text.encode("utf-8", "replace").decode()  # a lone surrogate could be written into no feed
        if any(address in text for address in self.addresses):
            try:
                found = parse_qs(urlsplit(text).query).get(self.parameter)
            except ValueError:
                return text
            return (found[0].strip() if found else "") or text  # blanks are no phrase
        return text


def _unquoted(text: str) -> str:
    inner = text[1:-1]
    return inner.strip() if text == f'"{inner}"' and '"' not in inner else text


DEVELOPERS = Phrases(("/store/apps/dev?", "/store/apps/developer?"), "id", 255)
"""Developers, by number or by name."""
SEARCHES = Phrases(("/store/search?",), "q", 255)
"""What is searched for, or begun to be."""

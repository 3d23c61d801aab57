"""Phrases out of lines: names of developers, what is searched for. They hold commas and blanks; addresses of their pages do as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


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
        if not entry.isprintable():
            return "a control character"
        return None

    def read(self, lines: Iterable[str]) -> Iterator[str]:
        """Those of a list, one a line, in order; blank lines and lines that begin with `#` are skipped.

        There are no columns; a list in an argument is separated by semicolons, or has one entry. Quotes around all of a line are taken
        off, those in it are its own.
        """
        for line in lines:
            text = _unquoted(line.strip())
            if text and not text.startswith("#"):
                yield self._clean(text)

    def _clean(self, text: str) -> str:
        if not text.isascii():
            text = text.encode("utf-8", "replace").decode()  # a lone surrogate could be written into no feed
        if any(address in text for address in self.addresses):
            try:
                found = parse_qs(urlsplit(text).query).get(self.parameter)
            except ValueError:
                return text
            return found[0].strip() if found else text
        return text


def _unquoted(text: str) -> str:
    inner = text[1:-1]
    return inner.strip() if text == f'"{inner}"' and '"' not in inner else text


DEVELOPERS = Phrases(("/store/apps/dev?", "/store/apps/developer?"), "id", 255)
"""Developers, by number or by name."""
SEARCHES = Phrases(("/store/search?",), "q", 255)
"""What is searched for, or begun to be."""

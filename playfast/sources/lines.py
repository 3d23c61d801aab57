"""The lines of a list: from a file, standard input, an http(s) address, or written out in the argument.

A list may be 3 million lines long, so it is read as it is used. A list behind an address is copied to a temporary file first: the crawl
can take days, the other end would not wait.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from playfast.errors import SourceError
from playfast.sources import fetching

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd  # Scrapy needs it too

_LONGEST_LINE = 16_000_000
"""Characters: 600,000 ids in one row. What has no line breaks at all (a device, a film) would be read into memory as a whole."""
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LOOKS_LIKE_A_FILE = re.compile(r"[/\\]|\.(txt|csv|tsv|lst|jsonl?|gz|zst)$", re.IGNORECASE)
_STORE_HOST = "play.google.com"


class Source(Protocol):
    """A list of lines that can be opened once."""

    @property
    def name(self) -> str:
        """What to call it in messages."""

    def lines(self) -> Iterator[str]:
        """The lines, without their ends.

        Raises:
            SourceError: it cannot be read.
        """

    def count(self) -> int | None:
        """About how many lines there are, blank ones and comments among them; None where that is known at the end only."""


def locate(argument: str) -> Source:
    """What an argument like `ids=` points at.

    Raises:
        SourceError: it is a file that does not exist or cannot be read, or nothing at all.
    """
    text = argument.strip()
    if not text:
        raise SourceError("empty; give a file, -, ids separated by commas, or an http(s) URL")
    if text == "-":
        return Stdin()
    if text.casefold().startswith(("http://", "https://")) and _host(text) != _STORE_HOST:
        return Address(text)
    path = Path(text)
    try:
        if path.is_file():
            with path.open("rb"):
                return File(path)
        if path.is_dir():
            raise SourceError(f"{text} is a folder, a file is due")
        if path.exists():
            return File(path)  # a pipe, say; it must not be opened twice
    except (OSError, ValueError) as error:
        if "," not in text:
            raise SourceError(
                f"cannot read the file {text[:200]!r}: {getattr(error, 'strerror', None) or error}"
            ) from error
    if (
        "," not in text
        and "://" not in text
        and not text.casefold().startswith(f"{_STORE_HOST}/")
        and (_LOOKS_LIKE_A_FILE.search(text) or "." not in text)
    ):
        raise SourceError(f"there is no file {text[:200]!r}, and it is no list of ids")
    return Inline(text)


def locate_names(argument: str) -> Source:
    """What an argument like `developers=` points at: a file, standard input or an address as in `locate`, else names.

    Raises:
        SourceError: it is a file that does not exist or cannot be read, or nothing at all.
    """
    text = argument.strip()
    if not text:
        raise SourceError("empty; give a file, -, names separated by semicolons, or an http(s) URL")
    here = text == "-" or (text.casefold().startswith(("http://", "https://")) and _host(text) != _STORE_HOST)
    try:
        here = here or Path(text).exists()
    except (OSError, ValueError):
        here = False  # too long for a file's name, say
    if here:
        return locate(text)
    if _LOOKS_LIKE_A_FILE.search(text) and ";" not in text and _STORE_HOST not in text:
        raise SourceError(f"there is no file {text[:200]!r}; names with such an end go into a file")
    return Names(text)


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError as error:
        raise SourceError(f"{url[:200]!r} is no address: {error}") from error
    if not host:
        raise SourceError(f"{url[:200]!r} is no address: it names no host")
    return host


@dataclass(frozen=True, slots=True)
class Inline:
    """Entries written out, separated by commas (semicolons and blanks are taken for commas)."""

    text: str
    name: str = "the list given"

    def lines(self) -> Iterator[str]:
        yield from re.split(r"[,;\s]+", self.text)

    def count(self) -> int | None:
        return sum(1 for entry in self.lines() if entry)


@dataclass(frozen=True, slots=True)
class Names:
    """Names written out, separated by semicolons, since names hold commas and blanks."""

    text: str
    name: str = "the list given"

    def lines(self) -> Iterator[str]:
        yield from self.text.split(";")

    def count(self) -> int | None:
        return sum(1 for entry in self.lines() if entry.strip())


@dataclass(frozen=True, slots=True)
class Stdin:
    """Standard input, once."""

    name: str = "standard input"

    def lines(self) -> Iterator[str]:
        yield from _decoded(sys.stdin.buffer, self.name)

    def count(self) -> int | None:
        return None


@dataclass(frozen=True, slots=True)
class File:
    """A file, plain or compressed."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    def lines(self) -> Iterator[str]:
        try:
            with self.path.open("rb") as file:
                yield from _decoded(file, self.name)
        except OSError as error:
            raise SourceError(f"cannot read {self.name}: {error.strerror or error}") from error

    def count(self) -> int | None:
        try:
            # A pipe can be read once.
            return sum(1 for _ in self.lines()) if self.path.is_file() else None
        except (OSError, SourceError):
            return None  # whoever reads the lines will say why


@dataclass(frozen=True, slots=True)
class Address:
    """A file behind an http(s) address, plain or compressed."""

    url: str

    @property
    def name(self) -> str:
        """Without a password, since it goes into logs."""
        return re.sub(r"//[^/@]*@", "//", self.url)

    def lines(self) -> Iterator[str]:
        with tempfile.TemporaryFile(prefix="playfast-list-") as copy:
            fetching.copy(self.url, self.name, copy)
            copy.seek(0)
            yield from _decoded(copy, self.name)

    def count(self) -> int | None:
        return None


def _decoded(file: Any, name: str) -> Iterator[str]:
    """Lines of text from a buffered binary file, which stays open.

    Gzip and Zstandard are told by their first bytes, UTF-16 and a UTF-8 mark by theirs (spreadsheets write them).
    """
    begins = file.peek(4)[:4]
    stream = file
    if begins[:2] == _GZIP:
        stream = gzip.GzipFile(fileobj=file)
    elif begins == _ZSTD:
        stream = zstd.ZstdFile(file)
    try:
        marks = stream.peek(2)[:2]
        encoding = "utf-16" if marks in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
        text = io.TextIOWrapper(stream, encoding=encoding, errors="replace")
        try:
            number = 0
            while line := text.readline(_LONGEST_LINE):
                number += 1
                if len(line) == _LONGEST_LINE:
                    raise SourceError(
                        f"line {number} of {name} has more than {_LONGEST_LINE:,} characters, so it is no list"
                    )
                if "\0" in line:
                    raise SourceError(
                        f"line {number} of {name} holds a null character: a list is text, as it is or compressed with gzip or Zstandard"
                    )
                yield line.rstrip("\r\n")
        finally:
            text.detach()
    except (OSError, EOFError, zlib.error, zstd.ZstdError) as error:
        raise SourceError(f"cannot read {name}: {error}") from error

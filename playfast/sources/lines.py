"""The lines of a list: from a file, standard input, an http(s) address, or written out in the argument.

A list may be 3 million lines long, so it is read as it is used. A list behind an address is copied to a temporary file first: the crawl
can take days, the other end would not wait.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

from playfast.errors import SourceError

_TIMEOUT = 60.0
_GZIP = b"\x1f\x8b"
_LOOKS_LIKE_A_FILE = re.compile(r"[/\\]|\.(txt|csv|tsv|lst|jsonl?|gz)$", re.IGNORECASE)
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


def locate(argument: str) -> Source:
    """What an argument like `ids=` points at.

    Raises:
        SourceError: it is a file that does not exist or cannot be read, or nothing at all.
    """
    text = argument.strip()
    if text == "-":
        return Stdin()
    if text.startswith(("http://", "https://")) and _host(text) != _STORE_HOST:
        return Address(text)
    path = Path(text)
    try:
        if path.is_file():
            with path.open("rb"):
                return File(path)
        if path.is_dir():
            raise SourceError(f"{text} is a folder, a file is due")
    except (OSError, ValueError) as error:
        if "," not in text:
            raise SourceError(
                f"cannot read the file {text[:200]!r}: {getattr(error, 'strerror', None) or error}"
            ) from error
    if not text:
        raise SourceError("empty; give a file, -, ids separated by commas, or an http(s) URL")
    if "," not in text and "://" not in text and (_LOOKS_LIKE_A_FILE.search(text) or "." not in text):
        raise SourceError(f"there is no file {text[:200]!r}, and it is no list of ids")
    return Inline(text)


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
    """Entries written out, separated by commas."""

    text: str
    name: str = "the list given"

    def lines(self) -> Iterator[str]:
        yield from self.text.split(",")


@dataclass(frozen=True, slots=True)
class Stdin:
    """Standard input, once."""

    name: str = "standard input"

    def lines(self) -> Iterator[str]:
        yield from _decoded(sys.stdin.buffer, self.name)


@dataclass(frozen=True, slots=True)
class File:
    """A file, plain or gzip."""

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


@dataclass(frozen=True, slots=True)
class Address:
    """A file behind an http(s) address, plain or gzip."""

    url: str

    @property
    def name(self) -> str:
        return self.url

    def lines(self) -> Iterator[str]:
        with tempfile.TemporaryFile(prefix="playfast-list-") as copy:
            try:
                request = urllib.request.Request(self.url, headers={"User-Agent": "playfast-scrapy"})  # noqa: S310 - http(s) only, see locate
                with closing(urllib.request.urlopen(request, timeout=_TIMEOUT)) as answer:  # noqa: S310
                    shutil.copyfileobj(answer, copy)
            except (OSError, ValueError, urllib.error.URLError) as error:
                raise SourceError(
                    f"cannot fetch {self.url}: {getattr(error, 'reason', None) or error}"
                ) from error
            copy.seek(0)
            yield from _decoded(copy, self.name)


def _decoded(file: IO[bytes], name: str) -> Iterator[str]:
    """Lines of text; gzip is told by its first bytes, UTF-16 and a UTF-8 mark by theirs (spreadsheets write them)."""
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[type-var]
    head = buffered.peek(2)[:2]
    stream: IO[bytes] = gzip.GzipFile(fileobj=buffered) if head == _GZIP else buffered  # type: ignore[assignment]
    encoding = "utf-16" if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    try:
        for line in io.TextIOWrapper(stream, encoding=encoding, errors="replace"):
            yield line.rstrip("\r\n")
    except (OSError, EOFError) as error:
        raise SourceError(f"cannot read {name}: {error}") from error

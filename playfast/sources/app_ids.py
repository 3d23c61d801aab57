"""App ids out of lines: comments skipped, Play addresses read, CSV columns found."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from urllib.parse import parse_qs, urlsplit

from playfast.errors import SourceError

_COLUMNS = ("app_id", "appid")
_DELIMITERS = ",;\t"
_SEGMENTS = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)+")
_LONGEST = 255


def problem(app_id: str) -> str | None:
    """Why a text cannot be an app's package name, or None if it can.

    As lenient as Play's own sitemaps: letters, digits and underscores in two or more parts.
    """
    if len(app_id) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    if _SEGMENTS.fullmatch(app_id):
        return None
    if "." not in app_id:
        return "a package name has at least one dot"
    return "a package name has letters, digits and underscores in parts between dots"


def read(lines: Iterable[str]) -> Iterator[str]:
    """The ids of a list, in order, cleaned but not checked and not de-duplicated.

    Blank lines and lines that begin with `#` are skipped. If the first line that counts has several columns (or names one `app_id` or
    `appId`), the list is CSV; a lone line of nothing but ids is a list in one row.

    Raises:
        SourceError: CSV that cannot be read.
    """
    counted = (line for line in lines if line.strip() and not line.lstrip().startswith("#"))
    first, second = next(counted, None), next(counted, None)
    if first is None:
        return
    every = chain([first], [] if second is None else [second], counted)
    delimiter = next((mark for mark in _DELIMITERS if mark in first), None)
    cells: Iterable[str]
    if delimiter is None:
        cells = islice(every, 1, None) if first.strip().strip('"').casefold() in _COLUMNS else every
    elif second is None and all(_is_written_out(cell) for cell in first.split(delimiter)):
        cells = iter(first.split(delimiter))
    else:
        cells = _column(every, delimiter)
    for cell in cells:
        if found := _clean(cell):
            yield found


def _is_written_out(cell: str) -> bool:
    """Whether a cell of a lone line is an id of a list in one row, and no number like 4.5."""
    return problem(_clean(cell)) is None and _clean(cell)[:1].isalpha()


def _column(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        header = next(rows)
        named = [place for place, cell in enumerate(header) if cell.strip().casefold() in _COLUMNS]
        place = named[0] if named else 0
        for row in rows if named else chain([header], rows):
            if len(row) > place:
                yield row[place]
    except csv.Error as error:
        raise SourceError(f"line {rows.line_num} of the list is no CSV: {error}") from error


def _clean(cell: str) -> str:
    text = cell.strip().strip('"').strip()
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # a lone surrogate could be written into no feed
    if "id=" in text and ("://" in text or text.startswith("play.google.com")):
        try:
            found = parse_qs(urlsplit(text).query).get("id")
        except ValueError:
            return text
        return found[0].strip() if found else text
    return text

"""App ids out of lines: comments skipped, Play addresses read, CSV columns found."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import parse_qs, urlsplit

from playfast.errors import SourceError
from playfast.play.rules import PACKAGE_NAME

_COLUMNS = ("app_id", "appid")
_DELIMITERS = ",;\t"
_LONGEST = 255


def problem(app_id: str) -> str | None:
    """Why a text cannot be an app's package name, or None if it can.

    The rule is `play.rules.PACKAGE_NAME`; these are the words for who wrote the list.
    """
    if len(app_id) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    if PACKAGE_NAME.holds(app_id):
        return None
    if "." not in app_id:
        return "a package name has at least one dot"
    return "a package name has letters, digits and underscores in parts between dots"


def read(lines: Iterable[str]) -> Iterator[str]:
    """The ids of a list, in order, cleaned but not checked and not de-duplicated.

    Blank lines and lines that begin with `#` are skipped. If the first line that counts has several columns (or names one `app_id` or
    `appId`), the list is CSV; a lone line of nothing but ids is a list in one row.

    Raises:
        SourceError: CSV that cannot be read; a quote that is never closed would swallow the rows behind it.
    """
    rest = iter(lines)
    number, first = next(((number, line) for number, line in enumerate(rest, 1) if _counts(line)), (0, ""))
    if not first:
        return
    delimiter = next((mark for mark in _DELIMITERS if mark in first), None)
    cells: Iterable[str]
    if delimiter is None:
        named = first.strip().strip('"').casefold() in _COLUMNS
        cells = filter(_counts, rest if named else chain([first], rest))
    else:
        ahead = list(_up_to_the_next(rest))
        lone = not any(map(_counts, ahead))
        if lone and all(map(_is_written_out, first.split(delimiter))):
            cells = first.split(delimiter)
        else:
            cells = _column(chain([first], ahead, rest), delimiter, number)
    for cell in cells:
        if found := _clean(cell):
            yield found


def _up_to_the_next(lines: Iterator[str]) -> Iterator[str]:
    """Lines up to and with the next one that counts."""
    for line in lines:
        yield line
        if _counts(line):
            return


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _is_written_out(cell: str) -> bool:
    """Whether a cell of a lone line is an id of a list in one row, and no number like 4.5."""
    return problem(_clean(cell)) is None and _clean(cell)[:1].isalpha()


def _column(lines: Iterable[str], delimiter: str, begun: int) -> Iterator[str]:
    """The cells of the column that holds the ids; `begun` is the number of the first line.

    Other columns may hold anything, line breaks and `#` included.
    """
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    place, before = 0, begun - 1
    try:
        for number, row in enumerate(rows):
            named = (
                [index for index, cell in enumerate(row) if cell.strip().casefold() in _COLUMNS]
                if number == 0
                else []
            )
            if named:
                place = named[0]
            elif len(row) > place and (place > 0 or _counts(row[0])):
                yield row[place]
            begun = before + rows.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"the row that begins in line {begun} of the list is no CSV (an open quote?): {error}"
        ) from error


def _clean(cell: str) -> str:
    text = cell.strip().strip('"').strip()
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # a lone surrogate could be written into no feed
    if is_address(text):
        try:
            found = parse_qs(urlsplit(text).query).get("id")
        except ValueError:
            return text
        return found[0].strip() if found else text
    return text


def is_address(text: str) -> bool:
    """Whether a text is the address of an app's page (or a market link), with or without a scheme."""
    return "id=" in text and ("://" in text or text.casefold().startswith("play.google.com/"))

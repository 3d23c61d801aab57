"""The keys and statuses of a feed that an earlier crawl wrote: JSON Lines, a JSON array with one record a line, or CSV.

Nothing is skipped silently: whoever asks again what failed must not miss a failure because its line could not be read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

import orjson

from playfast.errors import SourceError
from playfast.play.places import COUNTRIES, LANGUAGES
from playfast.play.verdict import Status

_DELIMITERS = ",;\t"
_SHOWN = 60
_VALID: dict[str, tuple[frozenset[str], str]] = {
    "country": (frozenset(COUNTRIES), "a country code (ISO 3166-1, two letters, lower case)"),
    "lang": (frozenset(LANGUAGES), "a language of Play"),
    "status": (frozenset(Status), f"one of {', '.join(Status)}"),
}


class Row(NamedTuple):
    """What a record of a feed says of its key."""

    app_id: str
    country: str
    lang: str
    status: str


def read(lines: Iterable[str], name: str) -> Iterator[Row]:
    """The rows of a feed, in order; `name` is what messages call it.

    Raises:
        SourceError: it is no feed, or a record of it cannot be read; it says in which line.
    """
    rest = enumerate(lines, 1)
    number, first = next(((number, line) for number, line in rest if line.strip()), (0, ""))
    if not first:
        return
    if is_json(first):
        for place, record in json_records(chain([(number, first)], rest), name):
            yield _row(record, place, name)
    elif (delimiter := _delimiter(first)) is not None:
        yield from _table(chain([first], (line for _, line in rest)), delimiter, number, name)
    else:
        raise SourceError(
            f"line {number} of {name} is {_shown(first)}, so it is no feed of an earlier crawl; JSON Lines, a JSON array or CSV is due, "
            f"with {', '.join(Row._fields)}"
        )


def is_json(line: str) -> bool:
    """Whether a feed that begins with this line is one of JSON."""
    return line.lstrip()[:1] in ("{", "[")


def json_records(lines: Iterable[tuple[int, str]], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The records of a feed in JSON Lines, or of a JSON array, each with the number of its line.

    Raises:
        SourceError: a line cannot be read.
    """
    numbered = iter(lines)
    for number, line in numbered:
        if line.lstrip().startswith("["):
            yield from _json_array(chain([(number, line)], numbered), name)
        elif line.strip():
            yield number, _record(line, number, name)


def _json_array(lines: Iterable[tuple[int, str]], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Line by line, as feeds are written: a whole array could be larger than memory."""
    begun = ended = False
    number = 0
    for number, line in lines:
        text = line.strip()
        if text and ended:
            raise SourceError(f"line {number} of {name} stands behind the end of its JSON array")
        if not begun:
            begun, text = True, text[1:].lstrip()
        if text.endswith("]"):
            ended, text = True, text[:-1].rstrip()
        text = text.removesuffix(",")
        if text:
            hint = "; of a JSON array each record is due in a line of its own, as feeds are written"
            yield number, _record(text, number, name, hint)
    if not ended:
        raise SourceError(f"{name} ends in line {number}, within its JSON array: it was cut short")


def _record(text: str, number: int, name: str, hint: str = "") -> Mapping[str, Any]:
    try:
        record = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise SourceError(
            f"line {number} of {name} is no JSON ({error.msg}){hint}: {_shown(text)}"
        ) from error
    if not isinstance(record, dict):
        raise SourceError(f"line {number} of {name} is no record{hint}: {_shown(text)}")
    return record


def _delimiter(line: str) -> str | None:
    """What stands between the columns of a heading that has all that is needed; None if it is no such heading."""
    return next((mark for mark in _DELIMITERS if set(Row._fields) <= set(_heading(line, mark))), None)


def _heading(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip().casefold() for row in csv.reader([line], delimiter=delimiter) for cell in row]
    except csv.Error:
        return []


def _table(lines: Iterable[str], delimiter: str, number: int, name: str) -> Iterator[Row]:
    """The rows below a heading in line `number`; cells may hold line breaks."""
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    before = number - 1
    begun = number
    places: list[int] = []
    heading: list[str] = []
    try:
        for row in rows:
            if not places:
                heading = row
                names = [cell.strip().casefold() for cell in row]
                places = [names.index(column) for column in Row._fields]
            elif row and row != heading:  # feeds that were joined repeat it
                cells = {
                    column: row[place]
                    for column, place in zip(Row._fields, places, strict=True)
                    if place < len(row)
                }
                yield _row(cells, begun, name)
            begun = before + rows.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"the row that begins in line {begun} of {name} is no CSV (an open quote?): {error}"
        ) from error


def _row(record: Mapping[str, Any], number: int, name: str) -> Row:
    values = {
        column: value for column in Row._fields if isinstance(value := record.get(column), str) and value
    }
    lacking = [column for column in Row._fields if column not in values]
    if lacking:
        raise SourceError(
            f"the record in line {number} of {name} has no {', '.join(lacking)}; a feed of an earlier crawl has "
            f"{', '.join(Row._fields)}"
        )
    for column, (valid, what) in _VALID.items():
        if values[column] not in valid:
            raise SourceError(
                f"the record in line {number} of {name} has {column} {_shown(values[column])}; due is {what}"
            )
    # A lone surrogate could be written into no feed.
    values["app_id"] = values["app_id"].encode("utf-8", "replace").decode()
    return Row(**values)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}...")

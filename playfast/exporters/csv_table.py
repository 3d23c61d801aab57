"""CSV: nested values as JSON, times and numbers as in JSON, no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from io import BytesIO
from operator import attrgetter
from typing import IO, Any, Self

import orjson
from itemadapter import is_item
from scrapy.crawler import Crawler
from scrapy.exporters import CsvItemExporter
from scrapy.utils.serialize import ScrapyJSONEncoder

from playfast.exporters import cells
from playfast.exporters.declared import columns, names
from playfast.play.fields import is_declared
from playfast.play.whole_text import whole
from playfast.runs import options

logger = logging.getLogger(__name__)

_QUOTE, _QUOTES = '"', '""'
Row = Callable[[Any], list[str]]


class FastCsvExporter(CsvItemExporter):
    """Writes a row an item under one header line; None is an empty cell.

    The columns are the feed's `fields`, or else those of the first item. Items of other people's classes go through Scrapy's own
    exporter, with the same rules for cells. `harmless=False` leaves text as it is; in a crawl `PLAYFAST_CSV_HARMLESS` says so.
    """

    def __init__(self, file: BytesIO, *, harmless: bool = True, **kwargs: Any) -> None:
        self._joins = "join_multivalued" in kwargs
        super().__init__(file, **kwargs)
        self._harmless = harmless
        self._dialect = dict(self._kwargs)  # a delimiter, a quote
        self._columns = columns(self.fields_to_export)
        if self._columns is not None:
            self.fields_to_export = dict(self._columns)  # may have been an iterator
        self._rows: dict[type[Any], Row | None] = {}
        self._due: type[Any] | None = None
        self._write: dict[type[Any], Callable[[Any], str]] = {
            type(None): lambda _: "",
            str: cells.harmless if harmless else str,
            bool: lambda value: "true" if value else "false",
            int: str,
            float: _json,
            datetime: datetime.isoformat,
            tuple: _json,
            list: _json,
            dict: _json,
        }

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: BytesIO, **kwargs: Any) -> Self:
        kwargs.setdefault("harmless", options.read(crawler.settings).harmless)
        return cls(file, **kwargs)

    def expect(self, kind: type[Any] | None) -> None:
        """Say which class of items is due, so that a table of none has its header."""
        self._due = kind

    def continues(self, existing: IO[bytes] | None, kind: type[Any] | None) -> str | None:
        """Why rows cannot be added to a file that holds some; None if they can, or if it cannot be looked into (`existing` is None).

        `kind` is the class of items that is due.
        """
        if existing is None:
            return None
        text = io.TextIOWrapper(existing, encoding=self.encoding, newline="")
        there = next(csv.reader(text, **self._kwargs), [])
        text.detach()
        ours = self._header(kind)
        if ours is None or there == ours or not self.include_headers_line:
            return None
        return f"its columns are others: {_difference(there, ours)}"

    def export_item(self, item: Any) -> None:
        kind = item.__class__
        if kind not in self._rows:
            if self._headers_not_written and is_declared(kind):
                self._headers_not_written = False
                self._write_headers_and_set_fields_to_export(item)
            self._rows[kind] = self._row(kind)
        row = self._rows[kind]
        if row is None:
            super().export_item(item)
            return
        try:
            self._write_row(row(item))
        except (orjson.JSONEncodeError, UnicodeEncodeError):
            self._write_row(row(whole(item)))

    def _write_row(self, row: list[str]) -> None:
        """Write all of a row, or raise before any of it is written."""
        if self._dialect:
            self.csv_writer.writerow(row)
        else:
            self.stream.write(_line(row))

    def finish_exporting(self) -> None:
        header = self._header(self._due)
        if self._headers_not_written and self.include_headers_line and header is not None:
            self.csv_writer.writerow(header)
        super().finish_exporting()

    def serialize_field(self, field: Mapping[str, Any], name: str, value: Any) -> Any:
        """The cell of a field of another people's item."""
        value = super().serialize_field(field, name, value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        if isinstance(value, dict | list | tuple | set | frozenset) or is_item(value):
            return _nested(value)
        return value

    def _join_if_needed(self, value: Any) -> Any:
        return super()._join_if_needed(value) if self._joins else value

    def _build_row(self, values: Iterable[Any]) -> Iterable[Any]:
        for value in super()._build_row(values):
            yield cells.harmless(value) if self._harmless and isinstance(value, str) else value

    def _header(self, kind: type[Any] | None) -> list[str] | None:
        """The header line, as far as it is known without an item."""
        chosen = columns(self.fields_to_export)
        if chosen is not None:
            header = [column for _, column in chosen]
        elif kind is not None and is_declared(kind):
            header = names(kind)
        else:
            return None
        return list(self._build_row(header))

    def _row(self, kind: type[Any]) -> Row | None:
        """What turns an item of a declared class into its cells; None for other classes."""
        if not is_declared(kind):
            return None
        own = names(kind)
        fields = (
            own
            if self.fields_to_export is None
            else [field for field, _ in columns(self.fields_to_export) or ()]
        )
        if self._autodetected_fields and not self._data_loss_warned and (dropped := set(own) - set(fields)):
            self._data_loss_warned = True
            logger.warning(
                "A CSV feed has the columns of its first item, so these are left out: %s. Its option item_classes gives every class "
                "of items a feed of its own.",
                ", ".join(sorted(dropped)),
            )
        values = _getter(fields, own)
        write, other = self._write, self._other

        def row(item: Any) -> list[str]:
            return [
                "" if value is None else write.get(value.__class__, other)(value) for value in values(item)
            ]

        return row

    def _other(self, value: Any) -> str:
        """The cell of a value whose class is only like those that are declared: an enumeration's member, say."""
        for kind, written in self._write.items():
            if isinstance(value, kind):
                return written(value)
        return self._write[str](str(value))


def _getter(fields: list[str], own: list[str]) -> Callable[[Any], Iterable[Any]]:
    if len(fields) > 1 and set(fields) <= set(own):
        return attrgetter(*fields)
    return lambda item: [getattr(item, field, None) for field in fields]


def _line(cells: list[str]) -> str:
    """What `csv.writer` writes for these cells, in a third of its time: it looks at long texts character by character."""
    quoted = [
        f'"{cell.replace(_QUOTE, _QUOTES)}"'
        if _QUOTE in cell or "," in cell or "\n" in cell or "\r" in cell
        else cell
        for cell in cells
    ]
    return ",".join(quoted) + "\r\n" if quoted != [""] else '""\r\n'


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


class _Encoder(ScrapyJSONEncoder):
    """Scrapy's, for values of any class."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return list(o) if isinstance(o, frozenset) else str(o)


_ENCODER = _Encoder(ensure_ascii=False, separators=(",", ":"))


def _nested(value: Any) -> str:
    try:
        return _ENCODER.encode(value)
    except (TypeError, ValueError):  # keys that are no text, a list that holds itself
        return str(value)


def _difference(there: list[str], ours: list[str]) -> str:
    gone, new = [name for name in there if name not in ours], [name for name in ours if name not in there]
    told = [
        f"{word} {', '.join(some[:3])}{' and more' if len(some) > 3 else ''}"  # noqa: PLR2004 - enough to see which
        for word, some in (("it has", gone), ("it lacks", new))
        if some
    ]
    return "; ".join(told) or "another order"

"""XML: None left out, every document readable whatever the texts hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from typing import IO, Any

import orjson
from itemadapter import ItemAdapter, is_item
from scrapy.exporters import XmlItemExporter
from scrapy.utils.python import is_listlike

from playfast.exporters.declared import Chosen, names

_NAME = re.compile(
    "[A-Za-z_][A-Za-z_0-9.-]*"
)  # letters of other scripts are allowed too, but not every reader takes them
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_REPLACEMENT = "\ufffd"
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
_KEPT = 1_000  # names of elements: the keys of a dict may be data, and without end
_NOTHING = '<value nil="true"></value>'
_SINGLE = frozenset({bool, int, float, datetime})
_LISTS = frozenset({list, tuple})


class XmlDocumentExporter(XmlItemExporter):
    """Writes an element an item and a child element a field, as Scrapy's exporter does, but

    - a field that is None is left out, as is one in a dict; in a list it is `<value nil="true"></value>`, so that the others keep
      their places;
    - a name that is not made of ASCII letters, digits, `_`, `-` and `.` stands in an attribute: `<value key="50+ years">`;
    - characters that XML 1.0 cannot hold become U+FFFD, and a carriage return stays one;
    - true, false, numbers and times are written as in JSON.
    """

    def __init__(self, file: BytesIO, **kwargs: Any) -> None:
        super().__init__(file, **kwargs)
        self._chosen = Chosen(self.fields_to_export)
        if self._chosen.columns is not None:
            self.fields_to_export = dict(self._chosen.columns)  # may have been an iterator
        self._break = "\n" if self.indent else ""
        self._tags: dict[str, tuple[str, str]] = {}
        for name in (self.root_element, self.item_element):
            if self._tag(name)[1] != name:
                raise ValueError(f"{name!r} is no name for an XML element")

    def export_item(self, item: Any) -> None:
        parts: list[str] = [self._margin(1), f"<{self.item_element}>", self._break]
        for name, value in self._fields(item):
            if value is not None:
                self._add(parts, name, value, 2)
        parts += (self._margin(1), f"</{self.item_element}>")
        if self.indent is not None:
            parts.append("\n")
        self.stream.write(_possible("".join(parts)))

    def continues(self, existing: IO[bytes] | None, kind: type[Any] | None) -> str | None:  # noqa: ARG002 - asked of every exporter
        """Why items cannot be added to a file that holds some; None if they can."""
        return "an XML document ends with its file, so nothing can be added to it"

    def _fields(self, item: Any) -> Iterable[tuple[str, Any]]:
        pairs = self._chosen.of(item.__class__)
        if pairs is None:
            return self.get_serialized_fields(item)
        return [(column, getattr(item, field)) for field, column in pairs]

    def _add(self, parts: list[str], name: str, value: Any, depth: int) -> None:
        """Add the element of a value that is not None."""
        opened, closed = self._tags.get(name) or self._tag(name)
        if self.indent:
            parts.append(self._margin(depth))
        kind = value.__class__
        if kind is str:
            parts.append(f"<{opened}>{_escaped(value)}</{closed}>")
        elif kind in _SINGLE:
            parts.append(f"<{opened}>{_text(value)}</{closed}>")
        elif (members := _members(value)) is not None:
            parts += (f"<{opened}>", self._break)
            for key, member in members:
                if member is not None:
                    self._add(parts, str(key), member, depth + 1)
            parts += (self._margin(depth), f"</{closed}>")
        elif is_listlike(value):
            parts += (f"<{opened}>", self._break)
            for member in value:
                if member is None:
                    parts += (self._margin(depth + 1), _NOTHING, self._break)
                else:
                    self._add(parts, "value", member, depth + 1)
            parts += (self._margin(depth), f"</{closed}>")
        else:
            parts.append(f"<{opened}>{_escaped(_text(value))}</{closed}>")
        if self.indent:
            parts.append("\n")

    def _tag(self, name: str) -> tuple[str, str]:
        """What stands in the opening and in the closing tag of an element."""
        tags = name, name
        if not _NAME.fullmatch(name):
            tags = f'value key="{name.translate(_IN_ATTRIBUTE)}"', "value"
        if len(self._tags) < _KEPT:
            self._tags[name] = tags
        return tags

    def _margin(self, depth: int) -> str:
        return " " * (self.indent * depth) if self.indent else ""


def _members(value: Any) -> Iterable[tuple[Any, Any]] | None:
    """Names and values of a dict, of a shape inside a record, of an item; None for what has no names."""
    kind = type(value)
    if kind in _LISTS:
        return None
    if isinstance(value, Mapping):
        return value.items()
    if is_dataclass(kind):  # an adapter says the same, but takes several times as long
        return [(name, getattr(value, name, None)) for name in _names(kind)]
    return ItemAdapter(value).items() if is_item(value) else None


@cache
def _names(kind: type[Any]) -> list[str]:
    return names(kind)


def _text(value: Any) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if value.__class__ is float:
        return orjson.dumps(value).decode()
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _possible(document: str) -> str:
    """The text with U+FFFD for what XML cannot hold. That is rare, and looked for in bytes, where it takes a tenth of the time."""
    try:
        data = document.encode()
    except UnicodeEncodeError:  # half a pair of surrogates
        return _IMPOSSIBLE.sub(_REPLACEMENT, document)
    if len(data.translate(None, _CONTROLS)) != len(data) or any(code in data for code in _NO_CHARACTERS):
        return _IMPOSSIBLE.sub(_REPLACEMENT, document)
    return document

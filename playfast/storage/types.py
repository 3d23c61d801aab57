"""Columns for the values that fields hold: the same in SQLite and PostgreSQL."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

import orjson
from sqlalchemy import BigInteger, Boolean, DateTime, Dialect, Double, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from playfast.play.annotation import given
from playfast.play.whole_text import whole

_LARGEST = 2**63


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite, which has no such type, keeps it as text without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Nested(TypeDecorator[Any]):
    """Lists, structs, and values of any kind, as JSON; in SQLite as text, since a column of its type JSON makes numbers of texts."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else dumps(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else loads(value)


_SINGLE: dict[Any, TypeEngine[Any]] = {
    str: Text(),
    int: BigInteger(),
    float: Double(),
    bool: Boolean(),
    datetime: Moment(),
}


def column_type(hint: Any) -> TypeEngine[Any]:
    """The type of the column whose field is annotated so."""
    return _SINGLE.get(given(hint)) or Nested()


def reader(hint: Any) -> Callable[[Any], Any]:
    """What makes the column's value of the field's."""
    kind = given(hint)
    if kind is str:
        return _text
    if kind is int:
        return _number
    return _same if kind in _SINGLE else plain


def key_reader(names: Sequence[str]) -> Callable[[Any], tuple[str, ...]]:
    """What reads a key of several texts from an item, as the columns will have it."""
    read = attrgetter(*names)
    return lambda item: tuple(map(_text, read(item)))


def plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):
        return {_text(str(name)): plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return _text(str(value))


def dumps(value: Any) -> str:
    """JSON, for SQLAlchemy."""
    return orjson.dumps(value).decode()


loads = orjson.loads


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> Any:
    """A text that a database can hold: PostgreSQL has no place for the character 0, and UTF-8 none for half a character."""
    if not isinstance(value, str):
        return value
    if not value.isascii():
        value = whole(value)
    return value.replace("\0", "\ufffd") if "\0" in value else value


def _number(value: Any) -> Any:
    """A number of 64 bits; no larger one is a count of anything."""
    return None if isinstance(value, int) and not -_LARGEST <= value < _LARGEST else value

"""Declare a field once; everything else follows from the declaration.

A field is a line of an item class: its name, its type, its place in Play's record, its conversion and its meaning. From these
lines come the extraction (`Extractor`), the field mask of the request (`Extractor.mask`), validation, statistics and the docs.

    min_installs: int | None = said(13, 1, convert=integer, holds=COUNT, floor=0.9, doc="Lower bound of the installs shown.")

`holds` is the rule that every value keeps (`play.rules`), `floor` the least share of available apps that have one: below it,
Play has moved the field rather than left it out (`runs.drift`). For a yes-or-no field the floor is of those that say yes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from playfast.play import convert
from playfast.play.reader import Convert, Flag, Made, OnInvalid, Value, compiled
from playfast.play.record import Path, find
from playfast.play.rules import Rule

T = TypeVar("T")

ANSWER_RECORD = (1, 2)
"""Where the record stands in the payload of a details answer; its own fields are numbered from there."""
_ECHOED_NUMBERS = (1, 39, 0)
_NO_DEFAULT = object()


@dataclass(frozen=True, slots=True)
class Said:
    """A value at one place of the record, or at the first of several places where something stands."""

    paths: tuple[Path, ...]
    convert: Convert

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(path[0] + 1 for path in self.paths)


@dataclass(frozen=True, slots=True)
class Told:
    """True where the record has something at a place, False where it was asked and has nothing there.

    Play says no by leaving the field out, so "no" needs the answer's own list of the fields it served; without it: None.
    """

    path: Path
    when: Callable[[Any], bool]

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset({self.path[0] + 1})


@dataclass(frozen=True, slots=True)
class Derived:
    """A value made from what stands at several places.

    The function is handed the value at each, None for one where nothing stands, and raises UnreadableError like a conversion. It is
    called where something stands at one of them at least.
    """

    make: Callable[..., Any]
    paths: tuple[Path, ...]

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(path[0] + 1 for path in self.paths)


@dataclass(frozen=True, slots=True)
class OnPage:
    """A value that only an app's page carries, by the name under which `play.page` hands it over."""

    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Key:
    """A value that says what was asked and how it went; the spider gives it."""

    numbers: frozenset[int] = frozenset()


Source = Said | Told | Derived | OnPage | Key


def said(
    *path: int,
    convert: Convert = convert.text,
    or_at: Path | None = None,
    holds: Rule | None = None,
    floor: float | None = None,
    doc: str,
) -> Any:
    """Declare a field that stands at `path` of the record, or else at `or_at`."""
    return _declare(Said((path,) if or_at is None else (path, or_at), convert), doc, holds, floor)


def told(
    *path: int,
    when: Callable[[Any], bool] = lambda value: value is not None,
    floor: float | None = None,
    doc: str,
) -> Any:
    """Declare a yes-or-no field that is told by something standing at `path`."""
    return _declare(Told(path, when), doc, None, floor)


def derived(
    make: Callable[..., Any],
    *paths: Path,
    holds: Rule | None = None,
    floor: float | None = None,
    doc: str,
) -> Any:
    """Declare a field made from what stands at several places of the record."""
    return _declare(Derived(make, paths), doc, holds, floor)


def on_page(doc: str, *, holds: Rule | None = None) -> Any:
    """Declare a field that only an app's page carries."""
    return _declare(OnPage(), doc, holds, None)


def key(doc: str, default: Any = _NO_DEFAULT, *, holds: Rule | None = None) -> Any:
    """Declare a field that the spider gives; required unless there is a default."""
    return _declare(Key(), doc, holds, None, default)


def _declare(source: Source, doc: str, holds: Rule | None, floor: float | None, default: Any = None) -> Any:
    metadata = {
        "source": source,
        "doc": doc,
        "holds": holds,
        "floor": floor,
        "json_schema_extra": {"description": doc},
    }
    if default is _NO_DEFAULT:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def is_declared(item: type[Any]) -> bool:
    """Whether an item class is made of fields as this module declares them, and not other people's."""
    return dataclasses.is_dataclass(item) and all(
        "source" in field.metadata for field in dataclasses.fields(item)
    )


def sources(item: type[Any]) -> dict[str, Source]:
    """Every declared field of an item class with its source, in the order of declaration."""
    return {field.name: field.metadata["source"] for field in dataclasses.fields(item)}


def docs(item: type[Any]) -> dict[str, str]:
    """Every declared field of an item class with its meaning."""
    return {field.name: field.metadata["doc"] for field in dataclasses.fields(item)}


def rules(item: type[Any]) -> dict[str, Rule]:
    """The rule of every declared field that has one."""
    return _told_by(item, "holds")


def floors(item: type[Any]) -> dict[str, float]:
    """The least share of available apps that fill a field (for a yes-or-no field: that say yes), for those that have one."""
    return _told_by(item, "floor")


def _told_by(item: type[Any], word: str) -> dict[str, Any]:
    return {
        field.name: value for field in dataclasses.fields(item) if (value := field.metadata[word]) is not None
    }


def key_names(item: type[Any]) -> tuple[str, ...]:
    """The fields every record begins with."""
    return tuple(name for name, source in sources(item).items() if source.__class__ is Key)


class Extractor(Generic[T]):
    """Fills items of one class from Play's records; made once per crawl, for the fields that were asked.

    `mask` holds the numbers of the record's fields that these item fields need, in order: what the request asks.
    """

    def __init__(
        self, item: type[T], names: Iterable[str] | None = None, *, always: Iterable[int] = ()
    ) -> None:
        declared = sources(item)
        self.item = item
        wanted = declared if names is None else set(names)
        self.names = tuple(name for name in declared if name in wanted)
        chosen = {name: declared[name] for name in self.names}
        self.mask = tuple(sorted({*always, *(n for source in chosen.values() for n in source.numbers)}))
        self.page_names = frozenset(name for name, source in chosen.items() if source.__class__ is OnPage)
        self._read = compiled(_placed(chosen))
        self._echoed: list[Any] | None = None
        self._served: frozenset[float] = frozenset()

    def __call__(
        self,
        payload: Any,
        given: Mapping[str, Any],
        on_invalid: OnInvalid,
        page: Mapping[str, Any] | None = None,
    ) -> T:
        """Make one item.

        Args:
            payload: the decoded payload of a details answer, or the data of a page's details block: both are the same message.
            given: the key fields.
            on_invalid: told the name of each field whose place holds something of another type, and the error.
            page: the values that only the page carries, by field name.
        """
        item = self.item(**given)
        if page:
            for name in self.page_names & page.keys():
                if page[name] is not None:
                    setattr(item, name, page[name])
        record = find(payload, ANSWER_RECORD)
        if record.__class__ is list:
            self._fill(item, record, payload, on_invalid)
        return item

    def _fill(self, item: T, record: list[Any], payload: Any, on_invalid: OnInvalid) -> None:
        echoed = find(payload, _ECHOED_NUMBERS)
        if echoed != self._echoed:  # every answer of a crawl echoes the same mask
            listed = echoed if echoed.__class__ is list else []
            numbers = [number for number in listed if isinstance(number, int | float)]
            # Kept without what is no number: to compare what is nested too deep is an error.
            self._echoed, self._served = numbers, frozenset(numbers)
        self._read(item, record, self._served, on_invalid)


class Rows(Generic[T]):
    """Fills items of one class from rows of a list (reviews, cards), each of which is a message of its own.

    Args:
        item: the class; its fields are `said` or `derived`.
        names: of the fields to read; None for all.
        places: where values stand in rows of another layout, by field; other fields are not read then.
    """

    def __init__(
        self, item: type[T], names: Iterable[str] | None = None, places: Mapping[str, Path] | None = None
    ) -> None:
        self.item = item
        chosen = sources(item)
        if names is not None:
            wanted = set(names)
            chosen = {name: source for name, source in chosen.items() if name in wanted}
        if places is not None:
            chosen = {
                name: Said((places[name],), source.convert)
                for name, source in chosen.items()
                if isinstance(source, Said) and name in places
            }
        self._read = compiled(_placed(chosen))

    def __call__(self, row: Any, given: Mapping[str, Any], on_invalid: OnInvalid) -> T:
        """Make one item of a row and the key fields; see `Extractor`."""
        item = self.item(**given)
        if row.__class__ is list:
            self._read(item, row, (), on_invalid)
        return item


def _placed(chosen: Mapping[str, Source]) -> Iterator[Value | Flag | Made]:
    """How the reader is told of the fields that stand in the record."""
    for name, source in chosen.items():
        match source:
            case Said(paths=[path], convert=converted):
                yield Value(name, path, converted)
            case Said(paths=paths, convert=converted):
                yield Made(name, paths, _first(converted))
            case Told(path=path, when=when):
                yield Flag(name, path, when)
            case Derived(make=make, paths=paths):
                yield Made(name, paths, make)


def _first(converted: Convert) -> Callable[..., Any]:
    """What a conversion makes of the first value that says something."""

    def first(*values: Any) -> Any:
        for value in values:
            if value is not None and (said := converted(value)) is not None:
                return said
        return None

    return first

"""Arbitrary records of apps, for property tests; and how an exporter is run."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import UTC, datetime
from io import BytesIO

from hypothesis import strategies as st

from playfast.items import App

_ALL = typing.get_type_hints(App)
HINTS = {field.name: _ALL[field.name] for field in dataclasses.fields(App)}
_EARLIEST, _LATEST = datetime(1970, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
"""Any text that UTF-8 can hold, controls among it."""


def of(hint):
    """Values of an annotation."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(st.none() if part is type(None) else of(part) for part in parts)
    if dataclasses.is_dataclass(hint):
        return st.builds(hint, **{name: of(kind) for name, kind in typing.get_type_hints(hint).items()})
    if origin is tuple and parts[-1] is ...:
        return st.lists(of(parts[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*map(of, parts))
    if origin is dict:
        return st.dictionaries(ANY_TEXT, of(parts[1]), max_size=3)
    return {
        str: ANY_TEXT,
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        datetime: st.datetimes(_EARLIEST, _LATEST, timezones=st.just(UTC)),
    }[hint]


_KEYS = {name: of(HINTS[name]) for name in ("app_id", "country", "lang", "status")}
# A few fields of every type: all of them would take a second a record.
_SOME = {
    name: of(HINTS[name])
    for name in (
        "fetched_at title min_installs score free histogram scores_by_device categories tags permissions screenshots screenshot_sizes"
    ).split()
}
APPS = st.fixed_dictionaries(_KEYS, optional=_SOME).map(lambda given: App(**given))


def as_dict(item):
    """An item as a feed without types tells it: shapes as dicts, tuples as lists."""
    return {name: _told(value) for name, value in dataclasses.asdict(item).items()}


def _told(value):
    if isinstance(value, dict):
        return {key: _told(member) for key, member in value.items()}
    return [_told(member) for member in value] if isinstance(value, tuple) else value


def written(exporter, items, **options):
    """The bytes that an exporter makes of items."""
    file = BytesIO()
    made = exporter(file, **{"encoding": "utf-8", **options})
    made.start_exporting()
    for item in items:
        made.export_item(item)
    made.finish_exporting()
    return file.getvalue()

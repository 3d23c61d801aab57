"""Records as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from playfast import frames
from playfast.items.app import App


def to_frame(
    records: Iterable[Any] | Mapping[str, Iterable[Any]],
    library: str = "pandas",
    *,
    fields: Iterable[str] | None = None,
    item: type[Any] = App,
) -> Any:
    """Records as a table: a `pandas.DataFrame`, a `polars.DataFrame` or a `pyarrow.Table`.

    One row a record, one column a field, in their order; the columns' types follow from the fields' annotations, so a whole number stays
    one beside a None, and values inside a record are structs and lists. pandas' columns are of its Arrow types.

    Args:
        records: Items, or what `get_apps_parallel` gives: all its lists, one after the other.
        library: `pandas`, `polars` or `arrow`; needs pyarrow beside it.
        fields: Names of the fields to take; default all.
        item: Class of the records.

    Raises:
        ArgumentError: There is no such field or library, or a record of another class; a ValueError.
        ModuleNotFoundError: The library is not installed; the text says what to install.
    """
    rows = chain.from_iterable(records.values()) if isinstance(records, Mapping) else records
    return frames.frame(rows, item, fields, library)

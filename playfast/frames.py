"""Records as a table of pandas, polars or Arrow."""

from __future__ import annotations

import dataclasses
import difflib
import importlib
from collections.abc import Iterable
from typing import Any

from playfast.errors import ArgumentError

LIBRARIES = ("pandas", "polars", "arrow")


def frame(records: Iterable[Any], kind: type[Any], fields: Iterable[str] | None, library: str) -> Any:
    """Records of a declared class as a table whose columns have the types of its annotations.

    Raises:
        ArgumentError: there is no such field or library, or a record of another class.
        ModuleNotFoundError: the library is not installed; the text says what to install.
    """
    rows = list(records)
    own = [field.name for field in dataclasses.fields(kind)]
    names = own if fields is None else list(fields)
    problems = [
        f"fields: {kind.__name__} has no field {name!r}" + (f", did you mean {near[0]}?" if near else "")
        for name in names
        if name not in own and ((near := difflib.get_close_matches(name, own, n=1)) or True)
    ]
    if library not in LIBRARIES:
        problems.append(f"library={library!r}: one of {', '.join(LIBRARIES)} is due")
    if others := {type(row).__name__ for row in rows if not isinstance(row, kind)}:
        problems.append(f"records of {kind.__name__} are due, not of {', '.join(sorted(others))}")
    if problems:
        raise ArgumentError(problems)
    declared = _found("playfast.play.arrow", "pyarrow").Declared(kind, [(name, name) for name in names])
    for row in rows:
        declared.add(row)
    table = declared.take()
    if library == "pandas":
        # With pandas' own types a whole number beside a None would become a float.
        return table.to_pandas(types_mapper=_found("pandas", "pandas").ArrowDtype)
    return _found("polars", "polars").from_arrow(table) if library == "polars" else table


def _found(module: str, package: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != package:
            raise
        raise ModuleNotFoundError(f"this needs {package}: pip install {package}", name=package) from error

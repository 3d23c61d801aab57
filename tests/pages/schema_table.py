"""The table of docs/report.md: every key of a run report, from its schema. `python -m tests.pages.schema_table` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.pages.sample import SCHEMA


def keys(schema: dict[str, Any], place: str = "") -> Iterator[tuple[str, str, str]]:
    """Each key with its place in the file, what it holds, and what it means; `*` stands for any name, `[]` for each entry of a list."""
    for name, told in schema.get("properties", {}).items():
        where = f"{place}.{name}" if place else name
        yield where, kind(told), told.get("description", "")
        yield from keys(told, where)
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict):
        yield from keys(inner, f"{place}.*")
    if "items" in schema:
        yield from keys(schema["items"], f"{place}[]")


def kind(told: dict[str, Any]) -> str:
    if "const" in told:
        return f"`{told['const']}`"
    if "enum" in told:
        return ", ".join(f"`{value}`" for value in told["enum"])
    types = told["type"] if isinstance(told["type"], list) else [told["type"]]
    words = ["list" if name == "array" else name for name in types]
    return " or ".join("time" if told.get("format") == "date-time" else name for name in words)


def table() -> str:
    lines = ["| key | holds | meaning |", "|---|---|---|"]
    lines += [f"| `{where}` | {holds} | {meaning} |" for where, holds, meaning in keys(SCHEMA)]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201

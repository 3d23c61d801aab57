"""A layout that has moved: what stood at one place of the record stands at another, as when Play changes it."""

from __future__ import annotations

from typing import Any

_LARGEST = 1_000  # no message has so many fields
Place = tuple[int, ...]
Moves = tuple[tuple[Place, Place], ...]


def place(text: str) -> Place:
    """`51,0,1` as indices into the record from the outside in; ValueError for anything else."""
    found = tuple(int(part) for part in text.split(","))
    if min(found) < 0 or max(found) > _LARGEST:
        raise ValueError(text)
    return found


def fetched(mask: tuple[int, ...], moves: Moves) -> tuple[int, ...]:
    """The fields that have to be made for a mask: also those that now stand in one of its fields."""
    more = {old[0] + 1 for old, new in moves if new[0] + 1 in mask}
    return tuple(sorted({*mask, *more})) if more else mask


def moved(found: list[tuple[int, Any]], moves: Moves, mask: tuple[int, ...]) -> list[tuple[int, Any]]:
    """The fields (numbers with values) of a record after the moves, those in the mask alone."""
    record = {number - 1: _copy(value) for number, value in found}
    taken = [(new, _take(record, old)) for old, new in moves]
    for new, value in taken:
        if value is not None:
            _put(record, new, value)
    return sorted(
        (index + 1, value) for index, value in record.items() if index + 1 in mask and value is not None
    )


def _copy(value: Any) -> Any:
    if isinstance(value, list):
        return [_copy(entry) for entry in value]
    return {name: _copy(entry) for name, entry in value.items()} if isinstance(value, dict) else value


def _inside(node: Any, index: int) -> tuple[Any, Any]:
    """The container and the key under which an index of a message is held: the array itself, or the object at its end."""
    if isinstance(node, list) and node and isinstance(node[-1], dict) and index >= len(node) - 1:
        return node[-1], str(index + 1)
    return node, index


def _take(record: dict[int, Any], path: Place) -> Any:
    """What stands at a place, which is empty afterwards; None where there is nothing."""
    node: Any = record
    for depth, index in enumerate(path):
        holder, key = (record, index) if depth == 0 else _inside(node, index)
        there = (
            key in holder if isinstance(holder, dict) else isinstance(holder, list) and index < len(holder)
        )
        if not there:
            return None
        if depth == len(path) - 1:
            value, holder[key] = holder[key], None
            return value
        node = holder[key]
    return None


def _put(record: dict[int, Any], path: Place, value: Any) -> None:
    node: Any = record
    for depth, index in enumerate(path):
        holder, key = (record, index) if depth == 0 else _inside(node, index)
        if isinstance(holder, list):
            holder += [None] * (index + 1 - len(holder))
        if depth == len(path) - 1:
            holder[key] = value
            return
        there = holder.get(key) if isinstance(holder, dict) else holder[key]
        if not isinstance(there, list):
            there = []
            holder[key] = there
        node = there

"""What of a record has changed since it was last kept."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from playfast.play.verdict import Status

WITH_VALUES = frozenset({Status.AVAILABLE.value, Status.PREREGISTER.value, Status.NOT_IN_REGION.value})
"""Statuses of records that say something of their app."""
UNTOLD = frozenset({Status.ERROR.value})
"""Statuses of records that say nothing at all: not even that the app is gone."""
COUNTS = {"apps": "stopped"}
"""Fields that count what came, and the field that says whether that was all of it: `end`."""


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], names: Iterable[str], known: Container[str]
) -> list[tuple[str, Any, Any]]:
    """Each changed field with both values.

    A first record is one change, of its status from None, and so is one that says nothing of its app any more.

    Args:
        before: what was kept, or None.
        after: what came.
        names: the fields that the record tells of: none of those that say how it was asked for and came, which Play does not say.
        known: the fields that had been asked for before. One that is new is no change when it comes: nobody knows what it was.
    """
    status = after["status"]
    if status in UNTOLD:
        return []
    if before is None or before["status"] in (None, *UNTOLD):
        return [("status", None, status)]
    changed = [] if before["status"] == status else [("status", before["status"], status)]
    if status not in WITH_VALUES:
        return changed
    changed += [
        (name, old, after[name]) for name in names if name in known and (old := before[name]) != after[name]
    ]
    for name, stopped in COUNTS.items():
        if name in after and after[stopped] == before[stopped] == "end" and before[name] != after[name]:
            changed.append((name, before[name], after[name]))
    return changed

"""Values in the form in which their expectations are written down.

A text longer than 200 characters, a long list, the words of a review and whatever tells who somebody is are there as length and digest
only, since the recordings are other people's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import orjson


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def as_json(value: Any) -> Any:
    """The value as a feed would write it: shapes as dicts, tuples as lists, times as texts in UTC."""
    if isinstance(value, datetime):
        assert value.utcoffset() == timedelta(0), "not in UTC"
    return orjson.loads(orjson.dumps(value))


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def shown(value: Any, like: Any) -> Any:
    """The value in the form its expectation is written in."""
    value = as_json(value)
    if isinstance(like, dict) and like.keys() == {"length", "sha256"} and isinstance(value, str):
        return {"length": len(value), "sha256": digest(value)}
    if isinstance(like, dict) and like.keys() == {"items", "sha256"} and isinstance(value, list):
        return {"items": len(value), "sha256": digest(canonical(value))}
    return value


def row(item: Any, wanted: dict[str, Any]) -> dict[str, str]:
    """Each field of an item that has an expectation, as JSON: to a reader of the data 1, 1.0 and true are not one."""
    return {field: canonical(shown(getattr(item, field), like)) for field, like in wanted.items()}


def row_of(wanted: dict[str, Any]) -> dict[str, str]:
    """The expectation of an item, to be compared with its `row`."""
    return {field: canonical(like) for field, like in wanted.items()}


def said(items: Iterable[Any], fields: Iterable[str]) -> dict[str, int]:
    """In how many items each field says something."""
    items = list(items)
    return {field: sum(getattr(item, field) is not None for item in items) for field in fields}


def columns(items: Iterable[Any], fields: Iterable[str]) -> dict[str, str]:
    """The digest of all values of each field, one after the other."""
    items = list(items)
    return {field: digest(canonical([as_json(getattr(item, field)) for item in items])) for field in fields}

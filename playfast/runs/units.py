"""What a crawl's records are called, and what they are grouped by: a search is no app, and a sitemap stands in no country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_GROUPS = {"country": "country", "lang": "language"}


def unit(item: str, *, records: int, rows: int) -> str:
    """What to count a crawl's work in: `app`, `row` where most of what came are rows, or `record`."""
    if rows > records:
        return "row"
    return "app" if item == "App" else "record"


def grouped_by(item: type[Any]) -> str:
    """What the records of a spider of these items are counted by: `country`, or what stands in its place."""
    identity = getattr(item, "identity", None)
    name = "country" if identity is None else identity.country or identity.lang
    return _GROUPS.get(name, name)


def group_of(report: Mapping[str, Any]) -> str:
    """The same of a run report; one that does not say is of countries."""
    return str(report["records"].get("grouped_by", "country"))

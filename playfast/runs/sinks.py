"""Where records go beside the feeds, so that a ledger enters a key as done only when they are there as well."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Flush = Callable[[], Awaitable[None]]
"""Begins at once to put away all records that came so far; done when nothing can take them away again, and raises where it failed."""

_KEPT_AS = "playfast_sinks"


def sinks(crawler: Any) -> list[Flush]:
    """Those of a crawl; a list that grows when one more is added."""
    kept: list[Flush] = vars(crawler).setdefault(_KEPT_AS, [])
    return kept

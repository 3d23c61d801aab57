"""One instance for equal values: thousands of apps of a crawl have the same category, permission group or picture size.

Values have to be immutable for that, so what stands inside a record is a tuple or a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_KEPT = 4_096  # of each kind, so that the memory of a long crawl stays flat


def shared(make: Callable[P, T]) -> Callable[P, T]:
    """The same function, giving out again what it made before of equal arguments, for the latest few thousand of them.

    Arguments have to be hashable, and of one type wherever they are equal: 1, 1.0 and True would get the same value.
    """
    return cast("Callable[P, T]", lru_cache(maxsize=_KEPT)(make))

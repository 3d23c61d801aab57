"""Values computed once per object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

V = TypeVar("V")


class kept(Generic[V]):  # noqa: N801 - used as a decorator, like `property`
    """Like `functools.cached_property`, without the lock that Python 3.11's takes: half a record is made of such values."""

    def __init__(self, compute: Callable[[Any], V]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> kept[V]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> V: ...
    def __get__(self, owner: object | None, kind: type) -> V | kept[V]:
        """Compute the value and put it in the object, where it is found from then on."""
        if owner is None:
            return self
        value = self._compute(owner)
        owner.__dict__[self._name] = value
        return value

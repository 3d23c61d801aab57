"""What must hold between values of one record. Where it does not, nothing tells which value is wrong but the rule's own reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_SLACK = 5
_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Across:
    """A rule over several fields.

    `holds` is given their values in the order of `fields`, None among them; where it says no, the fields in `void` become None.
    `words` say what has to hold.
    """

    fields: tuple[str, ...]
    holds: Callable[..., bool]
    void: tuple[str, ...]
    words: str


def sums_to(histogram: str, total: str) -> Across:
    """A histogram's sum is within 5 or 1 % of the total: Play counts the two at different times."""

    def holds(counts: Sequence[int] | None, ratings: int | None) -> bool:
        return (
            counts is None or ratings is None or abs(sum(counts) - ratings) <= max(_SLACK, _SHARE * ratings)
        )

    return Across((histogram, total), holds, (histogram,), f"the sum of {histogram} is {total}, within 1 %")


def not_above(lower: str, upper: str, *void: str) -> Across:
    """One number is not above another."""

    def holds(least: Any, most: Any) -> bool:
        return least is None or most is None or least <= most

    return Across((lower, upper), holds, void, f"{lower} is not above {upper}")


def not_counted_above(lower: str, upper: str, *void: str) -> Across:
    """One count is not above another by more than 5 or 1 %: Play counts the two at different times."""

    def holds(least: int | None, most: int | None) -> bool:
        return least is None or most is None or least <= most + max(_SLACK, _SHARE * most)

    return Across((lower, upper), holds, void, f"{lower} is not above {upper}, within 1 %")


def needs(value: str, other: str) -> Across:
    """A value that says nothing without another: a price without its currency."""

    def holds(there: Any, beside: Any) -> bool:
        return there is None or beside is not None

    return Across((value, other), holds, (value,), f"{value} comes with {other}")


def same_length(one: str, other: str) -> Across:
    """Two lists that are read together; the second goes where they do not fit."""

    def holds(first: Sequence[Any] | None, second: Sequence[Any] | None) -> bool:
        return first is None or second is None or len(first) == len(second)

    return Across((one, other), holds, (other,), f"{one} and {other} have one length")

"""What an item answers: which question, and which of the rows that answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any


def _read(names: tuple[str, ...], prefix: str = "") -> Callable[[Any], tuple[str, ...]]:
    """A function that reads attributes, "" for a name that is empty; the prefix goes before the first."""
    if all(names) and len(names) > 1 and not prefix:
        return attrgetter(*names)

    def read(item: Any) -> tuple[str, ...]:
        first, *rest = (getattr(item, name) if name else "" for name in names)
        return prefix + first, *rest

    return read


@dataclass(frozen=True)
class Identity:
    """The names of the fields that say what was asked of which store in which language, "" where that has no meaning.

    What is asked of a kind of its own (the lists of an app, and not the app) has a `prefix` before it.

    A class whose `row` is empty has one item for each of these; another has many, of which `row` names the fields that tell them apart.
    """

    asked: str = "app_id"
    country: str = "country"
    lang: str = "lang"
    row: tuple[str, ...] = ()
    prefix: str = ""
    key_of: Callable[[Any], tuple[str, ...]] = field(init=False, repr=False, compare=False)
    row_of: Callable[[Any], tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The values are read of every item, so what reads them is made once.
        object.__setattr__(self, "key_of", _read((self.asked, self.country, self.lang), self.prefix))
        object.__setattr__(self, "row_of", _read(self.row))

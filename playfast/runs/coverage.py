"""How many records fill each field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from playfast.play.fields import Key, Told, sources
from playfast.play.written import Source, attribute


class Coverage:
    """Counts, for an item class of ours, over the records it is given; the key fields are not counted.

    `filled` is by field: records in which it is not None. `yes` is by field, for those where Play says no by silence: records in which it
    is True.
    """

    def __init__(self, item: type[Any], names: Iterable[str] | None = None) -> None:
        declared = sources(item)
        wanted = declared.keys() if names is None else set(names)
        self.names = tuple(
            name for name, source in declared.items() if name in wanted and source.__class__ is not Key
        )
        self._yes_or_no = [place for place, name in enumerate(self.names) if isinstance(declared[name], Told)]
        self._records = 0
        self._absent = [0] * len(self.names)  # most fields are filled, so this is counted less often
        self._yes = [0] * len(self.names)
        self._add: Callable[[Any], None] = self._written()

    def add(self, item: Any) -> None:
        """Count a record."""
        self._records += 1
        self._add(item)

    def _written(self) -> Callable[[Any], None]:
        source = Source()
        absent, yes = source.uses(self._absent), source.uses(self._yes)
        source.line(0, f"def add(item, absent={absent}, yes={yes}):")
        for place, name in enumerate(self.names):
            source.line(1, f"if item.{attribute(name)} is None: absent[{place}] += 1")
        for place in self._yes_or_no:
            source.line(1, f"if item.{self.names[place]} is True: yes[{place}] += 1")
        source.line(1, "return None")
        add: Callable[[Any], None] = source.function("add")
        return add

    @property
    def filled(self) -> dict[str, int]:
        return {name: self._records - absent for name, absent in zip(self.names, self._absent, strict=True)}

    @property
    def yes(self) -> dict[str, int]:
        return {self.names[place]: self._yes[place] for place in self._yes_or_no}

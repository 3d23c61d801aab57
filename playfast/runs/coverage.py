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
        self._filled = [0] * len(self.names)
        self._yes = [0] * len(self.names)
        self.add: Callable[[Any], None] = self._written()
        """Count a record."""

    def _written(self) -> Callable[[Any], None]:
        source = Source()
        filled, yes = source.uses(self._filled), source.uses(self._yes)
        source.line(0, f"def add(item, filled={filled}, yes={yes}):")
        for place, name in enumerate(self.names):
            source.line(1, f"if item.{attribute(name)} is not None: filled[{place}] += 1")
        for place in self._yes_or_no:
            source.line(1, f"if item.{self.names[place]} is True: yes[{place}] += 1")
        source.line(1, "return None")
        add: Callable[[Any], None] = source.function("add")
        return add

    @property
    def filled(self) -> dict[str, int]:
        return dict(zip(self.names, self._filled, strict=True))

    @property
    def yes(self) -> dict[str, int]:
        return {self.names[place]: self._yes[place] for place in self._yes_or_no}

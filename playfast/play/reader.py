"""One function that reads a record's fields: written out as source from their places, then compiled.

Walking every field's path from the top costs more than all conversions together. So the paths are put into a tree, and for the tree a
function is written in which each place is visited once, its index a constant and its conversion a name. It keeps the rule of
`play.record`, which the tests hold both to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playfast.errors import UnreadableError
from playfast.play import convert
from playfast.play.record import Path, child
from playfast.play.written import Source, attribute

_FEW = 2
"""Up to so many places in a message are looked up without a look at its end first."""
Convert = Callable[[Any], Any]
OnInvalid = Callable[[str, Exception], None]
Read = Callable[[Any, list[Any], Collection[float], OnInvalid], None]
"""Handed an item to fill, the record, the numbers of the fields that were served, and whom to tell of values that cannot be read."""


@dataclass(frozen=True, slots=True)
class Value:
    """A field that is what a conversion makes of the value at a place."""

    name: str
    path: Path
    convert: Convert


@dataclass(frozen=True, slots=True)
class Flag:
    """A field that is True where `when` says so of the value at a place, else False if its number was served."""

    name: str
    path: Path
    when: Callable[[Any], bool]


@dataclass(slots=True)
class _Node:
    """A place, what is read there, and the places inside it."""

    here: list[Value | Flag] = field(default_factory=list)
    inside: dict[int, _Node] = field(default_factory=dict)

    def all(self) -> Iterator[Value | Flag]:
        yield from self.here
        for node in self.inside.values():
            yield from node.all()


def compiled(fields: Iterable[Value | Flag]) -> Read:
    """A function that fills an item's attributes from a record."""
    root = _Node()
    chosen = list(fields)
    for wanted in chosen:
        attribute(wanted.name)
        node = root
        for index in wanted.path:
            node = node.inside.setdefault(index, _Node())
        node.here.append(wanted)
    return _Writer([wanted for wanted in chosen if isinstance(wanted, Flag)]).written(root)


def _refused(names: Iterable[str], value: Any, on_invalid: OnInvalid) -> None:
    """Tell of all fields inside a place that what stands there is no message."""
    for name in names:
        on_invalid(name, UnreadableError(f"a {type(value).__name__} where a message was expected"))


class _Writer:
    """Writes the function's source."""

    def __init__(self, flags: list[Flag]) -> None:
        self._source = Source()
        self._line = self._source.line
        self._refused = self._source.uses(_refused)
        self._unreadable = self._source.uses(UnreadableError)
        self._child = self._source.uses(child)
        self._messages = 0
        self._flags = {flag.name: (f"f{place}", flag) for place, flag in enumerate(flags)}

    def written(self, root: _Node) -> Read:
        self._line(0, "def read(item, m0, served, on_invalid):")
        for variable, _ in self._flags.values():
            self._line(1, f"{variable} = False")
        self._inside(root, "m0", 1)
        for variable, flag in self._flags.values():
            self._line(1, f"if {variable}: item.{flag.name} = True")
            self._line(
                1, f"elif {variable} is False and {flag.path[0] + 1} in served: item.{flag.name} = False"
            )
        self._line(1, "return None")
        read: Read = self._source.function("read")
        return read

    def _inside(self, node: _Node, message: str, depth: int) -> None:
        """Read what stands inside a message, which is a list.

        Nearly every value stands at its index and is of the kind that is due there; only what is not goes through the rule (`child`).
        """
        length, last = f"n{message[1:]}", f"t{message[1:]}"
        several = len(node.inside) > _FEW
        if several:
            # Where much is absent, a look at the end spares the rule: without an object there, absent is absent.
            self._line(depth, f"{length} = len({message})")
            self._line(depth, f"{last} = {length} > 0 and {message}[-1].__class__ is dict")
        for index, inner in sorted(node.inside.items()):
            self._messages += 1
            value = f"m{self._messages}"
            there = f"{length} > {index}" if several else f"len({message}) > {index}" if index else message
            self._line(depth, f"{value} = {message}[{index}] if {there} else None")
            absent = f"{value} is None and {last}" if several else f"{value} is None"
            self._line(
                depth,
                f"if {absent} or {value}.__class__ is dict: {value} = {self._child}({message}, {index})",
            )
            self._line(depth, f"if {value} is not None:")
            self._at(inner, value, depth + 1)

    def _at(self, node: _Node, value: str, depth: int) -> None:
        """Read a value that is there, and what stands inside it."""
        for wanted in node.here:
            if isinstance(wanted, Flag):
                self._line(
                    depth, f"{self._flags[wanted.name][0]} = {self._source.uses(wanted.when)}({value})"
                )
            elif wanted.convert is convert.text:
                # By far the most fields are texts, so this conversion is written out.
                self._line(depth, f"if {value}.__class__ is str:")
                self._line(depth + 1, f"if {value}: item.{wanted.name} = {value}")
                self._line(depth, "else:")
                self._converted(wanted, value, depth + 1)
            else:
                self._converted(wanted, value, depth)
        if node.inside:
            self._line(depth, f"if {value}.__class__ is list:")
            self._inside(node, value, depth + 1)
            self._line(depth, "else:")
            inner = [wanted for child in node.inside.values() for wanted in child.all()]
            for wanted in inner:
                if isinstance(wanted, Flag):
                    self._line(depth + 1, f"{self._flags[wanted.name][0]} = None")
            told = tuple(wanted.name for wanted in inner)
            self._line(depth + 1, f"{self._refused}({told!r}, {value}, on_invalid)")

    def _converted(self, wanted: Value, value: str, depth: int) -> None:
        self._line(depth, "try:")
        self._line(depth + 1, f"v = {self._source.uses(wanted.convert)}({value})")
        self._line(depth + 1, f"if v is not None: item.{wanted.name} = v")
        self._line(depth, f"except {self._unreadable} as error: on_invalid('{wanted.name}', error)")

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


@dataclass(frozen=True, slots=True)
class Made:
    """A field that a function makes of the values at several places.

    It is handed None for a place where nothing stands, and `NO_MESSAGE` for one that cannot be reached; it is not called where nothing
    stands at any of them.
    """

    name: str
    paths: tuple[Path, ...]
    make: Callable[..., Any]


class _NoMessage:
    """What cannot be reached, since something on the way to it is no message. Conversions refuse it, as every other type."""


NO_MESSAGE = _NoMessage()


@dataclass(slots=True)
class _Node:
    """A place, what is read there, the variable in which its value is kept for later, and the places inside it."""

    here: list[Value | Flag] = field(default_factory=list)
    kept: str | None = None
    inside: dict[int, _Node] = field(default_factory=dict)

    def at(self, path: Path) -> _Node:
        node = self
        for index in path:
            node = node.inside.setdefault(index, _Node())
        return node

    def below(self) -> Iterator[_Node]:
        for node in self.inside.values():
            yield node
            yield from node.below()


def compiled(fields: Iterable[Value | Flag | Made]) -> Read:
    """A function that fills an item's attributes from a record."""
    root = _Node()
    flags: list[Flag] = []
    made: list[tuple[Made, list[str]]] = []
    kept: dict[Path, str] = {}
    for wanted in fields:
        attribute(wanted.name)
        if isinstance(wanted, Made):
            made.append((wanted, [kept.setdefault(path, f"k{len(kept)}") for path in wanted.paths]))
            continue
        root.at(wanted.path).here.append(wanted)
        if isinstance(wanted, Flag):
            flags.append(wanted)
    for path, variable in kept.items():
        root.at(path).kept = variable
    return _Writer(flags, made).written(root)


def _refused(names: Iterable[str], value: Any, on_invalid: OnInvalid) -> None:
    """Tell of all fields inside a place that what stands there is no message."""
    for name in names:
        on_invalid(name, UnreadableError(f"a {type(value).__name__} where a message was expected"))


class _Writer:
    """Writes the function's source."""

    def __init__(self, flags: list[Flag], made: list[tuple[Made, list[str]]]) -> None:
        self._made = made
        self._source = Source()
        self._line = self._source.line
        self._refused = self._source.uses(_refused)
        self._unreadable = self._source.uses(UnreadableError)
        self._child = self._source.uses(child)
        self._no_message = self._source.uses(NO_MESSAGE)
        self._messages = 0
        self._flags = {flag.name: (f"f{place}", flag) for place, flag in enumerate(flags)}

    def written(self, root: _Node) -> Read:
        self._line(0, "def read(item, m0, served, on_invalid):")
        for variable, _ in self._flags.values():
            self._line(1, f"{variable} = False")
        for variable in dict.fromkeys(name for _, variables in self._made for name in variables):
            self._line(1, f"{variable} = None")
        self._inside(root, "m0", 1)
        for variable, flag in self._flags.values():
            self._line(1, f"if {variable}: item.{flag.name} = True")
            self._line(
                1, f"elif {variable} is False and {flag.path[0] + 1} in served: item.{flag.name} = False"
            )
        for made, variables in self._made:
            self._line(1, f"if {' or '.join(f'{variable} is not None' for variable in variables)}:")
            self._filled(made.name, f"{self._source.uses(made.make)}({', '.join(variables)})", 2)
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
            tail = last if several else f"{message} and {message}[-1].__class__ is dict"
            self._line(
                depth,
                f"if {value} is None and {tail} or {value}.__class__ is dict: "
                f"{value} = {self._child}({message}, {index})",
            )
            self._line(depth, f"if {value} is not None:")
            self._at(inner, value, depth + 1)

    def _at(self, node: _Node, value: str, depth: int) -> None:
        """Read a value that is there, and what stands inside it."""
        if node.kept:
            self._line(depth, f"{node.kept} = {value}")
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
            told: list[str] = []
            for inner in node.below():
                told += [wanted.name for wanted in inner.here]
                for wanted in inner.here:
                    if isinstance(wanted, Flag):
                        self._line(depth + 1, f"{self._flags[wanted.name][0]} = None")
                if inner.kept:
                    self._line(depth + 1, f"{inner.kept} = {self._no_message}")
            self._line(depth + 1, f"{self._refused}({tuple(told)!r}, {value}, on_invalid)")

    def _converted(self, wanted: Value, value: str, depth: int) -> None:
        self._filled(wanted.name, f"{self._source.uses(wanted.convert)}({value})", depth)

    def _filled(self, name: str, call: str, depth: int) -> None:
        self._line(depth, "try:")
        self._line(depth + 1, f"v = {call}")
        self._line(depth + 1, f"if v is not None: item.{name} = v")
        self._line(depth, f"except {self._unreadable} as error: on_invalid('{name}', error)")

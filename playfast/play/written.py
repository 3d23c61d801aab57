"""Functions that are written out as source for what is declared, then compiled: for the few that run on every field of every app.

A loop over declarations asks of each app again what is known from the start. Written out, every name and number is a constant.
"""

from __future__ import annotations

import keyword
from typing import Any


class Source:
    """The source of one function, line by line, and the objects that it uses."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._objects: dict[str, Any] = {}
        self._known: dict[int, str] = {}

    def line(self, depth: int, text: str) -> None:
        self._lines.append("    " * depth + text)

    def uses(self, thing: Any) -> str:
        """The name by which the function's lines may call an object."""
        if id(thing) not in self._known:
            name = f"x{len(self._objects)}"
            self._known[id(thing)] = name
            self._objects[name] = thing  # which keeps it, and so its id
        return self._known[id(thing)]

    def function(self, name: str) -> Any:
        """Compile the lines, and give the function of that name which they define."""
        namespace = dict(self._objects)
        exec(compile("\n".join(self._lines), f"<{name}, written out>", "exec"), namespace)  # noqa: S102 - written here alone
        return namespace[name]


def attribute(name: str) -> str:
    """A name that may stand behind a dot in such lines.

    Raises:
        ValueError: it is no name of an attribute.
    """
    if not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"{name!r} is no name of an attribute")
    return name

"""docs/api.md, from the docstrings of the public names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import playfast
from playfast import errors
from playfast.client import AsyncRows, Collected, Rows, Swept
from playfast.items import Change, DeveloperChange, to_frame
from playfast.play.fields import docs

CLIENTS = [getattr(playfast, name) for name in playfast.__all__]
ANSWERS = (Swept, Collected, AsyncRows, Rows)
ERRORS = (errors.PlayfastError, errors.ArgumentError, errors.ClientError, errors.DatabaseError)
_SECTION = re.compile(r"^(Args|Returns|Raises|Attributes):\n((?:    .+\n?)+)", re.MULTILINE)
_ENTRY = re.compile(r"^    (\w+): ((?:.|\n        )+)$", re.MULTILINE)
_TITLES = {"Args": "Takes", "Returns": "Gives", "Raises": "Raises", "Attributes": "Has"}


def api_page() -> str:
    """docs/api.md"""
    lines = [
        "# Python API",
        "",
        "Made by `make docs` from the docstrings. [python.md](python.md) shows how they are used.",
    ]
    for client in CLIENTS:
        lines += [
            "",
            f"## `playfast.{client.__name__}`",
            "",
            *_signature(client.__name__, client),
            *_told(client),
            *_members(client, "###"),
        ]
    lines += ["", "## What their methods give"]
    for answer in ANSWERS:
        lines += ["", f"### `{answer.__name__}`", "", *_told(answer), *_members(answer, "####")]
    lines += [
        "",
        "## `playfast.items`",
        "",
        "`App`, the record of an app, has the fields of [fields.md](fields.md).",
    ]
    lines += ["", "### `to_frame`", "", *_signature("to_frame", to_frame), *_told(to_frame)]
    for line in (Change, DeveloperChange):
        lines += ["", f"### `{line.__name__}`", "", *_told(line), ""]
        lines += [f"- `{name}`: {meaning}" for name, meaning in docs(line).items()]
    lines += ["", "## `playfast.errors`"]
    for error in ERRORS:
        bases = ", ".join(base.__name__ for base in error.__bases__)
        lines += ["", f"### `{error.__name__}({bases})`", "", *_told(error)]
    return "\n".join(lines) + "\n"


def _members(kind: type[Any], heading: str) -> list[str]:
    lines = []
    for name, member in _methods(kind):
        lines += ["", f"{heading} `{kind.__name__}.{name}`", ""]
        if not isinstance(member, property):
            lines += _signature(name, member)
        lines += _told(member)
    return lines


def _methods(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    """The public methods and properties, its own first, then the inherited."""
    seen: set[str] = set()
    for owner in kind.__mro__[:-1]:
        for name, member in vars(owner).items():
            if (
                not name.startswith("_")
                and name not in seen
                and (callable(member) or isinstance(member, property))
            ):
                seen.add(name)
                yield name, member


def _signature(name: str, member: Any) -> list[str]:
    is_async = "async " if inspect.iscoroutinefunction(member) else ""
    given = inspect.signature(member)
    parameters = [_parameter(one) for one in given.parameters.values() if one.name != "self"]
    keyword = next(
        (place for place, one in enumerate(given.parameters.values()) if one.kind is one.KEYWORD_ONLY), None
    )
    if keyword is not None:
        parameters.insert(keyword - ("self" in given.parameters), "*")
    gives = "" if given.return_annotation in (given.empty, "None", None) else f" -> {given.return_annotation}"
    line = f"{is_async}{name}({', '.join(parameters)}){gives}"
    if len(line) > 120:
        line = f"{is_async}{name}(\n" + "".join(f"    {one},\n" for one in parameters) + f"){gives}"
    return ["```text", *line.split("\n"), "```", ""]


def _parameter(one: inspect.Parameter) -> str:
    default = (
        ""
        if one.default is one.empty
        else f" = {getattr(one.default, '__name__', None) or repr(one.default)}"
    )
    return f"{one.name}: {one.annotation}{default}"


def _told(member: Any) -> list[str]:
    """A docstring as Markdown."""
    text = (inspect.getdoc(member) or "") + "\n"
    found = list(_SECTION.finditer(text))
    lines = (text[: found[0].start()] if found else text).strip().split("\n")
    for section in found:
        lines += ["", f"{_TITLES[section[1]]}:", ""]
        entries = list(_ENTRY.finditer(section[2]))
        if entries:
            lines += [
                f"- `{name}`: {' '.join(meaning.split())}"
                for name, meaning in (entry.groups() for entry in entries)
            ]
        else:
            lines.append(" ".join(section[2].split()))
    return lines

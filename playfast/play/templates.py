"""Request templates: what a call of each kind says, with placeholders for what varies; and a file of them that takes the place of ours.

A template is the RPC's id and its request as JSON, in which `"{app}"` stands where the app's id goes. Play changes ids and requests now
and then, and its pages say how they ask (`play.asked`); so templates are data, which a file may replace, and a crawl while it runs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from playfast.errors import TemplateError

DETAILS, PROFILE, REVIEWS, RELATED = "details", "profile", "reviews", "related"
NUMBERED_DEVELOPER, NAMED_DEVELOPER, ABOVE = "numbered_developer", "named_developer", "above"
MORE, SEARCH, OLDER_SEARCH, MORE_OF_SEARCH = "more", "search", "older_search", "more_of_search"
SUGGESTIONS, CHART, HOME, STOREFRONT = "suggestions", "chart", "home", "storefront"

# What the page says of the device it renders for; without it some fields would be those of a phone.
CONTEXT = (
    "[[[1,null,1],null,[[[]]],null,null,null,null,[null,2],null,null,null,null,null,null,null,null,null,null,null,null,null,null,[1]],"
    "[null,[[[]]],null,null,[1]],[null,[[[]]],null,[1]],[null,[[[]]]],null,null,null,null,[[[[]]]],[[[[]]]]]"
)
# The layouts of lists that the page of a developer knows.
LAYOUTS = (
    "[96,108,72,100,27,177,183,222,8,57,169,110,11,184,16,1,139,152,194,165,68,163,211,9,71,31,176,195,12,64,151,320,150,148,113,104,55,"
    "56,145,32,34,10,122]"
)
# Those with which public projects go on with lists: the answer then has cards in an older layout (`play.lists`).
_LAYOUTS_OF_MORE = "[96,27,4,8,57,30,110,79,11,16,49,1,3,9,12,104,55,56,51,10,34,77]"
# Those with which a public project goes on with searches, which have tokens for these alone.
_OLDER_SEARCH = (
    "[[10,[10,50]],true,null,[96,27,4,8,57,30,110,11,16,49,1,3,9,12,104,55,56,51,10,34,31,77,145],"
    "[null,null,null,[[[[7,31],[[1,52,43,112,92,58,69,31,19,96,103]]]]]]]"
)
# Those of charts, as the page of them once sent them, and as other tools do to this day.
_LAYOUTS_OF_CHARTS = (
    "[64,1,195,71,8,72,9,10,11,139,12,16,145,148,150,151,152,27,30,31,96,32,34,163,100,165,104,169,108,110,113,55,"
    "56,57,122]"
)
LISTS = f'[[8,[20,50]],null,null,{LAYOUTS},[null,null,{CONTEXT},"{{masks}}"],null,null,[[[1,2],[10,8,9]]]]'
"""What a page with lists says of their layouts, and of the fields of the apps in them."""
_CHARTS = (
    f'[[8,[20,"{{rows}}"]],true,null,{_LAYOUTS_OF_CHARTS},[null,null,{CONTEXT},"{{masks}}"],'
    "null,null,[[[1,2],[10,8,9],[],[]]]]"
)
_OURS = {
    DETAILS: ("Ws7gDc", f'[null,null,["{{fields}}"],{CONTEXT},null,[["{{app}}",7]]]'),
    PROFILE: ("Ws7gDc", '[null,null,["{fields}"],null,null,[["{developer}",8]]]'),
    REVIEWS: ("oCPfdb", '[null,[2,"{sort}","{page}",null,"{filters}"],["{app}",7]]'),
    RELATED: ("ag2B9c", '[[null,["{app}",7],null,[[3,["{rows}"]],null,null,[1,8]]],[1]]'),
    NUMBERED_DEVELOPER: (
        "MRTdke",
        f'[null,null,[null,[[1,["{{rows}}"]],null,null,{LAYOUTS}],null,["{{developer}}",8]],null,[1]]',
    ),
    NAMED_DEVELOPER: ("IRWBmd", f'[[null,[[10,["{{rows}}"]],null,null,{LAYOUTS}],["{{query}}"],4],[1]]'),
    ABOVE: (
        "r4RdKc",
        f'[[[null,null,null,null,null,[null,2]],["{{developer}}",8],[[1,[1]],null,null,{LAYOUTS}]],[1]]',
    ),
    MORE: ("qnKhOb", f'[[null,[[10,[10,"{{rows}}"]],true,null,{_LAYOUTS_OF_MORE}],null,"{{token}}"]]'),
    SEARCH: ("lGYRle", f'[[[],{LISTS},["{{query}}"],4,[null,1],null,null,[1],[1]],[1]]'),
    OLDER_SEARCH: ("lGYRle", f'[[[],{_OLDER_SEARCH},["{{query}}"],4,[null,1],null,null,[]]]'),
    MORE_OF_SEARCH: ("qnKhOb", f'[[null,{_OLDER_SEARCH},null,"{{token}}"]]'),
    SUGGESTIONS: ("IJ4APc", '[[null,["{query}"],[10],[2],4]]'),
    CHART: ("vyAe2", f'[[null,{_CHARTS},[2,"{{collection}}","{{category}}"]]]'),
    HOME: ("w3QCWb", f'[[null,2,"{{category}}",null,{LISTS},null,2],[1,1]]'),
    STOREFRONT: ("jRco8", "[]"),
}

BY_NAME = "pub:"
"""What stands before a developer's name where it is asked for."""
AUTO = "auto"
"""What the setting says for: use those that pages say, if nothing is answered."""
_PLACEHOLDER = re.compile(r'"\{(\w+)\}"')
_WHOLE = re.compile(r"\{(\w+)\}")
_RPC = re.compile(r"\w{1,40}", re.ASCII)


@dataclass(frozen=True, eq=False)
class Template:
    """The call of one kind: its RPC, and its request as JSON text with placeholders. Two are the same if they are one."""

    kind: str
    rpc: str
    text: str

    @cached_property
    def request(self) -> Any:
        """The request as values."""
        return orjson.loads(self.text)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The text around the placeholders, and their names, in turns; the text comes first."""
        return tuple(_PLACEHOLDER.split(self.text))

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(self.pieces[1::2])

    def filled(self, **values: str) -> str:
        """The request with these values, which are JSON, at their places."""
        pieces = list(self.pieces)
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces)

    def around(self, name: str, **values: str) -> tuple[str, ...]:
        """What stands around the places of one value, the others being filled in: joined by it, they are the request."""
        return tuple(self.filled(**values, **{name: "\x00"}).split("\x00"))


OURS: Mapping[str, Template] = MappingProxyType(
    {kind: Template(kind, rpc, text) for kind, (rpc, text) in _OURS.items()}
)
"""The requests that Play's own pages send (`AF_dataServiceRequests` of the recorded ones has them word by word), or public projects."""
_in_force: ContextVar[Mapping[str, Template]] = ContextVar("templates", default=OURS)


def in_force(kind: str) -> Template:
    """The template by which calls of a kind are made now."""
    return _in_force.get()[kind]


@contextmanager
def using(templates: Mapping[str, Template]) -> Iterator[None]:
    """Have calls that are made in here made by these."""
    token = _in_force.set(templates)
    try:
        yield
    finally:
        _in_force.reset(token)


def replaced(by: Mapping[str, Template]) -> Mapping[str, Template]:
    """Ours, with some in the place of others."""
    return {**OURS, **by}


def made(kind: str, rpc: str, request: Any) -> Template:
    """A template of values.

    Raises:
        TemplateError: with everything that is wrong with it.
    """
    ours = OURS[kind]
    problems = []
    if not isinstance(rpc, str) or not _RPC.fullmatch(rpc):
        problems.append(f"{kind}: rpc={repr(rpc)[:60]}: the id of an RPC is due, such as {ours.rpc}")
    if not isinstance(request, list):
        problems.append(f"{kind}: request: a list is due, such as {ours.text[:60]}...")
    else:
        found = list(_named(request))
        problems += [
            f'{kind}: request: it lacks "{{{name}}}"' for name in sorted(ours.placeholders - set(found))
        ]
        for name in sorted(set(found) - ours.placeholders):
            due = ", ".join(f'"{{{one}}}"' for one in sorted(ours.placeholders)) or "none"
            problems.append(f'{kind}: request: there is no "{{{name}}}" in calls of this kind; due: {due}')
    if problems:
        raise TemplateError(problems)
    return Template(kind, rpc, orjson.dumps(request).decode())


def _named(value: Any) -> Iterator[str]:
    """The placeholders in a request."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, str) and (whole := _WHOLE.fullmatch(one)):
            yield whole[1]


def read(path: Path) -> Mapping[str, Template]:
    """The templates of a file, as `written` writes them.

    Raises:
        TemplateError: with everything that is wrong with the file, each in a sentence that names the place.
    """
    try:
        told = orjson.loads(path.read_bytes())
    except OSError as error:
        raise TemplateError([f"{path}: {error.strerror or error}"]) from error
    except orjson.JSONDecodeError as error:
        raise TemplateError([f"{path}: it is no JSON: {error}"]) from error
    if not isinstance(told, dict):
        raise TemplateError([f"{path}: an object is due, with a template for each kind of call"])
    found, problems = {}, []
    for kind, entry in told.items():
        if kind not in OURS:
            near = difflib.get_close_matches(kind, OURS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(OURS)}"
            problems.append(f"{path}: there is no kind of call {kind[:60]!r}; {hint}")
        elif not isinstance(entry, dict) or set(entry) != {"rpc", "request"}:
            problems.append(f'{path}: {kind}: an object with "rpc" and "request" is due')
        else:
            try:
                found[kind] = made(kind, entry["rpc"], entry["request"])
            except TemplateError as error:
                problems += [f"{path}: {problem}" for problem in error.problems]
    if problems:
        raise TemplateError(problems)
    return found


def written(templates: Mapping[str, Template]) -> bytes:
    """A file of templates."""
    told = {kind: {"rpc": one.rpc, "request": one.request} for kind, one in sorted(templates.items())}
    lines = [
        f" {orjson.dumps(kind).decode()}: {orjson.dumps(entry).decode()}" for kind, entry in told.items()
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()

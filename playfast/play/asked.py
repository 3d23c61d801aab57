"""How a page asks for its own blocks, compared with how we ask: templates read off a page, and what is other about them, in words.

A page says for each block which RPC fills it and with which request. Where in such a request an app's id or a number of rows stands is
found by what surrounds the place in our template, so that it is found as well in a request that has changed elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import orjson

from playfast.errors import TemplateError
from playfast.play import templates
from playfast.play.templates import BY_NAME, OURS, Template

Request = tuple[str, Any]
"""The RPC of a block, and its request."""

_KEYS = {
    templates.DETAILS: "app",
    templates.REVIEWS: "app",
    templates.RELATED: "app",
    templates.PROFILE: "developer",
    templates.NUMBERED_DEVELOPER: "developer",
    templates.ABOVE: "developer",
    templates.NAMED_DEVELOPER: "query",
    templates.SEARCH: "query",
    templates.HOME: "category",
}
"""The kinds of calls that pages make, each with the value by which it is known what the page was asked."""
_NAMED_DEVELOPER = "/store/apps/developer"
_PAGES = {
    "/store/apps/details": ("id", "app"),
    "/store/apps/datasafety": ("id", "app"),
    "/store/apps/dev": ("id", "developer"),
    _NAMED_DEVELOPER: ("id", "query"),
    "/store/search": ("q", "query"),
}
"""Which part of a page's address says what it was asked, and what that is."""
_FRONT = {"/store/apps": "APPLICATION", "/store/games": "GAME"}
_FRONT_PAGE = re.compile(r"/store/apps/category/(\w+)|/store/apps|/store/games", re.ASCII)
_MANY_FIELDS = 10
"""A list of so many field numbers is that of an app's page, whatever RPC it is asked by."""
_MOST_PLACES = 50_000
_MANY = 8
_CONTEXT = orjson.loads(templates.CONTEXT)


def _is_number(value: Any) -> bool:
    return value.__class__ is int


def _are_numbers(value: Any) -> bool:
    return value.__class__ is list and bool(value) and all(map(_is_number, value))


def _are_layouts(value: Any) -> bool:
    return _are_numbers(value) and len(value) >= _MANY


def _are_masks(value: Any) -> bool:
    """`[[[[7,96],[[1,73]]], ...]]`: for each kind of document and layout, fields."""
    try:
        return all(_are_numbers(where) and _are_numbers(what) for ((where, (what,)),) in [value[0][:1]])
    except (TypeError, ValueError, LookupError):
        return False


_FITS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("app", "developer", "query", "category", "collection", "token"), lambda v: isinstance(v, str)
    ),
    "rows": _is_number,
    "sort": lambda value: value is None or _is_number(value),
    "page": lambda value: value.__class__ is list and bool(value) and _is_number(value[0]),
    "filters": lambda value: value is None or value.__class__ is list,
    "fields": _are_numbers,
    "masks": _are_masks,
}
"""What may stand in the place of each placeholder."""


def is_deeper(value: Any, most: int) -> bool:
    """Whether more lists than that lie in each other."""
    level = [value]
    for _ in range(most):
        level = [inner for one in level if one.__class__ is list for inner in one]
    return any(one.__class__ is list for one in level)


def placeholder(value: Any) -> str | None:
    """The name of a placeholder; None for any other value."""
    return value[1:-1] if isinstance(value, str) and value[:1] == "{" and value[1:-1] in _FITS else None


def unified(ours: Any, theirs: Any, *, layouts: bool = True) -> bool:
    """Whether a request says what a template says, whatever stands at its placeholders (as long as it fits there).

    With `layouts` off, other layouts of lists are no difference.
    """
    if (name := placeholder(ours)) is not None:
        return bool(ours == theirs) or _FITS[name](theirs)
    if not layouts and _are_layouts(ours) and _are_layouts(theirs):
        return True
    if ours.__class__ is list and theirs.__class__ is list:
        return len(ours) == len(theirs) and all(
            unified(one, other, layouts=layouts) for one, other in zip(ours, theirs, strict=True)
        )
    return bool(ours == theirs)


def others(rpc: str, requests: Iterable[Request]) -> frozenset[str]:
    """The ids under which a page asks for what we know by another id: its requests are ours to the letter."""
    known = [one.request for one in OURS.values() if one.rpc == rpc and one.placeholders]
    return frozenset(
        id_ for id_, request in requests if id_ != rpc and any(unified(ours, request) for ours in known)
    )


def read(requests: Iterable[Request], known: Mapping[str, str]) -> dict[str, Template]:
    """The templates by which a page asks for its blocks.

    Args:
        requests: all that the page says.
        known: what the page was asked: an `app`, a `developer`, a `query`, a `category`.
    """
    requests = list(requests)
    found = {}
    for kind, key in _KEYS.items():
        if key in known:
            candidates = [
                one for rpc, request in requests if (one := _candidate(OURS[kind], rpc, request, known))
            ]
            if candidates:
                found[kind] = max(candidates, key=lambda one: one.rank).template
    if any(rpc == OURS[templates.STOREFRONT].rpc and not request for rpc, request in requests):
        found[templates.STOREFRONT] = OURS[templates.STOREFRONT]
    return found


class _Candidate(NamedTuple):
    """A request that may be the one of a kind; `rank` says how likely it is."""

    rank: tuple[bool, bool, int, int]
    template: Template


def _candidate(ours: Template, rpc: str, request: Any, known: Mapping[str, str]) -> _Candidate | None:
    """A request with placeholders put where the values stand; None if it cannot be one of that kind."""
    places = dict(_places(request))
    if len(places) > _MOST_PLACES:
        return None
    put: dict[tuple[int, ...], str] = {}
    likeness = fields = 0
    for name, path in _placeholders(ours.request):
        best: tuple[int, int, tuple[int, ...]] | None = None
        for place, value in places.items():
            if not _FITS[name](value) or value != known.get(name, value):
                continue
            alike = _alike(ours.request, path, request, place)
            size = len(value) if name == "fields" else 0
            if (alike or place == path) and (best is None or (alike, size) > best[:2]):
                best = (alike, size, place)
        if best is None or best[2] in put:
            return None
        alike, size, place = best
        put[place] = "{" + name + "}"
        likeness += alike
        fields = max(fields, size)
    whole = unified(ours.request, request)
    if rpc != ours.rpc and not whole and fields < _MANY_FIELDS:
        return None
    try:
        template = templates.made(ours.kind, rpc, _with(request, put))
    except TemplateError:  # a page may hold anything
        return None
    return _Candidate((whole, rpc == ours.rpc, fields, likeness), template)


def parts(request: Any) -> Iterator[Any]:
    """Every value of a request, the whole among them."""
    for _, value in _places(request):
        yield value


def _places(value: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Every value of a request, with where it stands."""
    waiting = [(path, value)]
    while waiting:
        here, one = waiting.pop()
        yield here, one
        if one.__class__ is list:
            waiting += [((*here, index), inner) for index, inner in enumerate(one)]


def _placeholders(request: Any) -> list[tuple[str, tuple[int, ...]]]:
    return [(name, path) for path, value in _places(request) if (name := placeholder(value)) is not None]


def _alike(ours: Any, path: tuple[int, ...], theirs: Any, place: tuple[int, ...]) -> int:
    """How many of the lists around two places, from the inside out, say the same."""
    alike = 0
    while alike < min(len(path), len(place)) and path[-alike - 1] == place[-alike - 1]:
        if not unified(_at(ours, path[: -alike - 1]), _at(theirs, place[: -alike - 1])):
            break
        alike += 1
    return alike


def _at(value: Any, path: tuple[int, ...]) -> Any:
    for index in path:
        value = value[index]
    return value


def _with(value: Any, put: Mapping[tuple[int, ...], str], path: tuple[int, ...] = ()) -> Any:
    """A copy of a request with placeholders at some places."""
    if path in put:
        return put[path]
    if value.__class__ is list:
        return [_with(inner, put, (*path, index)) for index, inner in enumerate(value)]
    return value


def known(address: str) -> dict[str, str]:
    """What the page at an address was asked, by the name of a placeholder; nothing for a page that is not among those we read."""
    try:
        parts = urlsplit(address)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return {}
    if (front := _FRONT_PAGE.fullmatch(parts.path)) is not None:
        return {"category": front[1] or _FRONT[front[0]]}
    name, of = _PAGES.get(parts.path, ("", ""))
    if name not in given:
        return {}
    return {of: f"{BY_NAME}{given[name]}" if parts.path == _NAMED_DEVELOPER else given[name]}


def renewed(found: Mapping[str, Template]) -> dict[str, Template]:
    """Those of a page's templates that are others than ours, and our own ones of what no page asks, with what these have in common.

    That is the id of an RPC, the context and the layouts; where pages do not agree on them, nothing is carried over.
    """
    new = {kind: one for kind, one in found.items() if differences(OURS[kind], one)}
    ids = {OURS[kind].rpc: one.rpc for kind, one in new.items()}
    texts = {
        ours: said.pop()
        for ours in (templates.CONTEXT, templates.LAYOUTS)
        if len(said := {text for kind, one in new.items() for text in _in_its_place(ours, kind, one)}) == 1
    }
    for kind, one in OURS.items():
        text = one.text
        for ours, theirs in texts.items():
            text = text.replace(ours, theirs)
        rpc = ids.get(one.rpc, one.rpc)
        if kind not in found and (rpc, text) != (one.rpc, one.text):
            new[kind] = Template(kind, rpc, text)
    return new


def _in_its_place(part: str, kind: str, theirs: Template) -> Iterator[str]:
    """What stands in a template where ours of its kind has a part (JSON)."""
    wanted = orjson.loads(part)
    for path, value in _places(OURS[kind].request):
        if value == wanted:
            try:
                there = _at(theirs.request, path)
            except (LookupError, TypeError):
                continue
            if there.__class__ is list:
                yield orjson.dumps(there).decode()


def differences(ours: Template, theirs: Template) -> list[str]:
    """What is other about a template, in words; nothing where it says the same."""
    told = [] if ours.rpc == theirs.rpc else [f"the RPC is {theirs.rpc}, ours {ours.rpc}"]
    return told + in_words(ours.request, theirs.request)


def in_words(ours: Any, theirs: Any) -> list[str]:
    """What two requests say differently, in words."""
    return list(dict.fromkeys(_told(ours, theirs, ())))


def _told(ours: Any, theirs: Any, path: tuple[int, ...]) -> Iterator[str]:
    if unified(ours, theirs):
        return
    if ours == _CONTEXT:
        yield f"the context is another ({'; '.join(_places_told(ours, theirs, ()))})"
    elif _are_layouts(ours) and _are_numbers(theirs):
        added = [str(number) for number in theirs if number not in ours]
        gone = [str(number) for number in ours if number not in theirs]
        told = [f"{word} {', '.join(some)}" for word, some in (("new", added), ("gone", gone)) if some]
        yield f"the layouts are others ({'; '.join(told) or 'in another order'})"
    elif ours.__class__ is list and theirs.__class__ is list and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _told(one, other, (*path, index))
    else:
        yield from _places_told(ours, theirs, path)


def _places_told(ours: Any, theirs: Any, path: tuple[int, ...]) -> Iterator[str]:
    """The places at which two values differ."""
    if ours == theirs:
        return
    if ours.__class__ is list and theirs.__class__ is list and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _places_told(one, other, (*path, index))
    else:
        yield f"at {','.join(map(str, path)) or 'the top'} {_short(theirs)}, ours {_short(ours)}"


def _short(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"))
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - of a line


def fields(requests: Iterable[Request], app_id: str) -> tuple[int, ...]:
    """The fields that a page asks for of its app's record."""
    found: list[int] = []
    for _, request in requests:
        try:
            (mask,), ((asked_of, _),) = request[2], request[5]
        except (TypeError, ValueError, LookupError):
            continue
        if asked_of == app_id and _are_numbers(mask) and len(mask) > len(found):
            found = mask
    return tuple(found)

"""The compound parts of an app's record: ratings, prices inside, tags, permissions, SDK levels.

Functions named after a field of `items.App`. Those that take one value are conversions like the ones in `play.convert`; those that take
more are handed what stands at several places, None where nothing does. All raise `UnreadableError` alone. Facts about the shapes come
from recorded answers.

Where a `match` reads a value, its first case is the dense shape that nearly every answer has, taken apart at once: a text or a number that
stands at its index is what the sparse-array rule finds there. Everything else goes through `at`, step by step.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from playfast.errors import UnreadableError
from playfast.play.convert import (
    address,
    flag,
    id_in_url,
    integer,
    items,
    micros,
    number,
    pair,
    plain,
    size,
    text,
)
from playfast.play.money import price_range
from playfast.play.nested import Category, Criterion, DataType, PermissionGroup, SafetyNote, Tag
from playfast.play.record import at, extent
from playfast.play.shared import shared

_DEVICES = {2: "phone", 3: "tablet", 5: "chromebook", 6: "tv"}
_PERMISSION_KINDS = ("common", "other")
_STARS = (1, 2, 3, 4, 5)
_NUMBER = re.compile(r"\d+(?:[.,'\s]\d{3})*")
_RANK_DIGITS = 9
_TAG_LENGTH = 4
_DEPTH_LIMIT = 8  # recorded tags stand at most four arrays deep


def score(rating: Any) -> float | None:
    """Unrated apps come without a rating, or (recorded) with a score of 0: both mean there is none."""
    match rating:
        case [_, value, *_] if value.__class__ is float:
            pass
        case _:
            value = at(rating, (1,))
    return (number(value) or None) if value is not None else None


def score_text(rating: Any) -> str | None:
    if score(rating) is None:
        return None
    shown = at(rating, (0,))
    return text(shown) if shown is not None else None


def histogram(value: Any) -> tuple[int, ...]:
    """Counts of 1 to 5 stars; the element at 0 is empty, each other one is `[text, count]`."""
    match value:
        case [_, [_, one, *_], [_, two, *_], [_, three, *_], [_, four, *_], [_, five, *_], *_] if (
            one.__class__ is two.__class__ is three.__class__ is four.__class__ is five.__class__ is int
        ):
            counts = [one, two, three, four, five]
        case _:
            counts = [at(value, (stars, 1)) for stars in _STARS]
            if None in counts:
                raise UnreadableError("a histogram without all five counts")
    return tuple([integer(count) for count in counts])


def scores_by_device(value: Any) -> dict[str, float] | None:
    """`[[device code, [null, score]], ...]`; a code nobody has named yet is kept as a code."""
    found = {}
    for entry in items(value):
        match entry:
            case [code, [_, average, *_], *_] if code.__class__ is int and average.__class__ is float:
                pass
            case _:
                code, average = at(entry, (0,)), at(entry, (1, 1))
        if code is None or average is None or not (stars := number(average)):
            continue  # unrated, as for the score itself
        code = integer(code)
        found[_DEVICES.get(code) or f"device_{code}"] = stars
    return found or None


def free(price: Any) -> bool:
    return micros(price) == 0


def in_app_price_min(sentence: Any, currency: Any) -> float | None:
    found = _in_app_prices(sentence, currency)
    return found[0] if found else None


def in_app_price_max(sentence: Any, currency: Any) -> float | None:
    found = _in_app_prices(sentence, currency)
    return found[1] if found else None


def _in_app_prices(sentence: Any, currency: Any) -> tuple[float, float] | None:
    if sentence is None or not text(sentence):
        return None
    found = _price_range(sentence, currency if isinstance(currency, str) else None)
    if found is None or not math.isfinite(found[1]):
        raise UnreadableError("no number in the range of in-app prices")
    return found


_price_range = shared(price_range)


def developer_numeric_id(told: Any, link: Any) -> str | None:
    """In its own place since 2025; before, only as the id in the address of a developer without a name there."""
    if told is not None:
        return text(told)
    in_link = id_in_url(link) if link is not None else None
    return in_link if in_link and in_link.isascii() and in_link.isdecimal() else None


def categories(main: Any, tagged: Any) -> tuple[Category, ...] | None:
    """The main category, then the further ones among the tags, each once."""
    named = [main] if main is not None else []
    named += [tag for _, tag in _tags(tagged)]
    found: dict[str, str | None] = {}
    for entry in named:
        match entry:
            case [name, _, code, *_] if name.__class__ is code.__class__ is str:
                pass
            case _:
                code, name = _said(at(entry, (2,))), at(entry, (0,))
        if code and name is not None:
            found.setdefault(code, text(name))
    return _categories(tuple(found.items())) or None


@shared
def _categories(found: tuple[tuple[str, str | None], ...]) -> tuple[Category, ...]:
    return tuple([_category(code, name) for code, name in found])


_category = shared(Category)


def tags(value: Any) -> tuple[Tag, ...] | None:
    found: list[Tag] = []
    for group, tag in _tags(value):
        match tag:
            case [name, [_, _, _, _, [_, _, link, *_], *_], None | str() as category, kg_id] if (
                name.__class__ is link.__class__ is kg_id.__class__ is str
            ):
                pass
            case _:
                name, link, category, kg_id = (_said(at(tag, path)) for path in ((0,), (1, 4, 2), (2,), (3,)))
        found.append(_tag(name, kg_id, category, link, group))
    return tuple(found) or None


@shared
def _tag(name: str | None, kg_id: str | None, category: str | None, link: str | None, group: int) -> Tag:
    return Tag(name or None, kg_id or None, category or None, address(link) if link else None, group)


def _tags(value: Any) -> list[tuple[int, list[Any]]]:
    """Every tag with the number of its group. Groups nest to different depths, a tag is an array that begins with its name."""
    found: list[tuple[int, list[Any]]] = []
    for group, members in enumerate(items(value) if value is not None else ()):
        _add_tags(found, group, (members,), _DEPTH_LIMIT)
    return found


def _add_tags(found: list[tuple[int, list[Any]]], group: int, nodes: Iterable[Any], depth: int) -> None:
    for node in nodes:
        if node.__class__ is not list or not node:
            continue
        if node[0].__class__ is str:
            if extent(node) >= _TAG_LENGTH:
                found.append((group, node))
        elif depth > 1:
            _add_tags(found, group, node, depth - 1)


def rank(value: Any) -> int:
    """`#1` as 1, `#1,234` as 1234."""
    said = text(value) or ""
    written = _NUMBER.search(said)
    digits = re.sub(r"\D", "", written.group()) if written else ""
    if not digits or len(digits) > _RANK_DIGITS:
        raise UnreadableError("a rank without a number")
    return int(digits)


def image_urls(value: Any) -> tuple[str, ...] | None:
    found = []
    for image in items(value):
        match image:
            case [_, _, _, [_, _, url, *_], *_] if url.__class__ is str:
                pass
            case _:
                url = _said(at(image, (3, 2)))
        if url:
            found.append(url)
    return tuple(found) or None


def image_sizes(value: Any) -> tuple[tuple[int, int] | None, ...] | None:
    """Sizes of those images that have an address, so that both lists go together."""
    found: list[tuple[int, int] | None] = []
    for image in items(value):
        match image:
            case [_, _, [height, width, *_], [_, _, url, *_], *_] if (
                url.__class__ is str and height.__class__ is width.__class__ is int
            ):
                if url:
                    found.append((width, height))
            case _:
                if _said(at(image, (3, 2))):
                    measured = at(image, (2,))
                    found.append(size(measured) if measured is not None else None)
    return _sizes(tuple(found)) or None


@shared
def _sizes(found: tuple[tuple[int, int] | None, ...]) -> tuple[tuple[int, int] | None, ...]:
    return tuple([measured and pair(*measured) for measured in found])


def version_varies(version: Any) -> bool:
    """The field of the version is there, but names none: Play then shows "Varies with device"."""
    return at(version, (0, 0, 0)) is None


# The levels of Android's API: where there is a second one, it is the minimum and the first the target. A level that stands alone is the
# minimum when a version's name follows it (`[29, "10"]`), else the target (`[35]`). True on every recorded page.


def min_sdk(first: Any, second: Any) -> int | None:
    value = at(_minimum(first, second), (0,))
    return None if value is None else integer(value)


def min_android(first: Any, second: Any) -> str | None:
    level = _minimum(first, second)
    # A level that says no number has no name either, unless it stands in second place.
    value = at(level, (1,)) if level is second or at(level, (0,)) is not None else None
    return None if value is None else text(value)


def target_sdk(first: Any, second: Any) -> int | None:
    value = at(first, (0,)) if second is not None or not _is_named(first) else None
    return None if value is None else integer(value)


def _minimum(first: Any, second: Any) -> Any:
    if second is not None:
        return second
    return first if _is_named(first) else None


def _is_named(level: Any) -> bool:
    return level is not None and extent(items(level)) > 1


def permissions(value: Any) -> tuple[PermissionGroup, ...] | None:
    """`[common groups, other groups, ungrouped]`: a group is `[name, icon, [[null, text], ...], [icon's name]]`."""
    found: list[PermissionGroup] = []
    for place, kind in enumerate(_PERMISSION_KINDS):
        groups = at(value, (place,))
        for group in items(groups) if groups is not None else ():
            match group:
                case [name, _, [*_] as listed, *_] if name.__class__ is str:
                    pass
                case _:
                    name, listed = _said(at(group, (0,))), at(group, (2,))
            found.append(_permission_group(kind, name or None, _permission_texts(listed)))
    ungrouped = _permission_texts(at(value, (2,)))
    if ungrouped:
        found.append(_permission_group("ungrouped", None, ungrouped))
    return tuple(found) or None


_permission_group = shared(PermissionGroup)


def _permission_texts(value: Any) -> tuple[str, ...]:
    found = []
    for entry in items(value) if value is not None else ():
        match entry:
            case [_, said, *_] if said.__class__ is str:
                pass
            case _:
                said = _said(at(entry, (1,)))
        if said:
            found.append(said)
    return tuple(found)


def data_safety(value: Any) -> tuple[SafetyNote, ...] | None:
    """`[[icon, heading, [null, text]], ...]`; the text may carry a link."""
    found: list[tuple[str | None, str | None]] = []
    for entry in items(value):
        match entry:
            case [_, title] if title.__class__ is str:
                found.append((title, None))
            case [_, title, [_, more, *_], *_] if title.__class__ is more.__class__ is str:
                found.append((title, more))
            case _:
                title, more = at(entry, (1,)), at(entry, (2, 1))
                if title is not None:
                    found.append((text(title), _said(more)))
    return _safety_notes(tuple(found)) or None


@shared
def _safety_notes(found: tuple[tuple[str | None, str | None], ...]) -> tuple[SafetyNote, ...]:
    return tuple([_safety_note(title, more) for title, more in found])


@shared
def _safety_note(title: str | None, more: str | None) -> SafetyNote:
    return SafetyNote(plain(title) if title else None, plain(more) if more else None)


def _said(value: Any) -> str | None:
    return text(value) if value is not None else None


def stated_permissions(value: Any) -> tuple[PermissionGroup, ...]:
    """The whole field: what it says, be it that there are none."""
    groups = at(value, (2,))
    return (permissions(groups) or ()) if groups is not None else ()


def data_types(side: Any) -> tuple[DataType, ...]:
    """`[entries, heading, ...]`, an entry being `[[icon, category, ...], ..., [[name, optional, purposes], ...]]`; no entries: none."""
    entries = at(side, (0,))
    found: list[DataType] = []
    for entry in items(entries) if entries is not None else ():
        category, listed = _said(at(entry, (0, 1))), at(entry, (4,))
        for row in items(listed) if listed is not None else ():
            optional = at(row, (1,))
            found.append(
                _data_type(
                    category,
                    _said(at(row, (0,))),
                    None if optional is None else flag(optional),
                    _said(at(row, (2,))),
                )
            )
    return tuple(found)


_data_type = shared(DataType)


def criteria(value: Any) -> tuple[Criterion, ...] | None:
    """`[[key, [rating], [choice]], ...]`, the last two often missing."""
    found = []
    for entry in items(value):
        key = _said(at(entry, (0,)))
        if key:
            rating, choice = at(entry, (1, 0)), at(entry, (2, 0))
            found.append(
                _criterion(
                    key,
                    None if rating is None else integer(rating),
                    None if choice is None else integer(choice),
                )
            )
    return tuple(found) or None


_criterion = shared(Criterion)

_AVAILABILITIES = {1: "preregister", 2: "available"}


def availability(value: Any) -> str:
    """Of a card: 2 can be installed, 1 is announced."""
    try:
        return _AVAILABILITIES[integer(value)]
    except KeyError:
        raise UnreadableError("an availability of an unknown number") from None


def there(_: Any) -> bool:
    """Something stands here."""
    return True

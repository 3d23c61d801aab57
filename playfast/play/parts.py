"""The compound parts of an app's record: ratings, prices inside, tags, permissions, SDK levels.

Functions named after a field of `items.App`. Those that take a value are conversions like the ones in `play.convert`; those that take
the whole record read more than one place of it. All raise `UnreadableError` alone. Facts about the shapes come from recorded answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from playfast.errors import UnreadableError
from playfast.play.convert import address, id_in_url, integer, items, micros, number, plain, size, text, texts
from playfast.play.money import price_range
from playfast.play.nested import Category, PermissionGroup, SafetyNote, Tag
from playfast.play.record import at, extent, find

Record = list[Any]
_PRICE = (57, 0, 0, 0, 0, 1, 0)
_DEVICES = {2: "phone", 3: "tablet", 5: "chromebook", 6: "tv"}
_PERMISSION_KINDS = ("common", "other")
_STARS = (1, 2, 3, 4, 5)
_NUMBER = re.compile(r"\d+(?:[.,'\s]\d{3})*")
_RANK_DIGITS = 9
_TAG_LENGTH = 4
_DEPTH_LIMIT = 8  # recorded tags stand at most four arrays deep


def score(record: Record) -> float | None:
    """Unrated apps come without a rating, or (recorded) with a score of 0: both mean there is none."""
    value = at(record, (51, 0, 1))
    return (number(value) or None) if value is not None else None


def score_text(record: Record) -> str | None:
    value = at(record, (51, 0, 0))
    if value is None or score(record) is None:
        return None
    return text(value)


def histogram(value: Any) -> list[int]:
    """Counts of 1 to 5 stars; the element at 0 is empty, each other one is `[text, count]`."""
    counts = [at(value, (stars, 1)) for stars in _STARS]
    if None in counts:
        raise UnreadableError("a histogram without all five counts")
    return [integer(count) for count in counts]


def scores_by_device(value: Any) -> dict[str, float] | None:
    """`[[device code, [null, score]], ...]`; a code nobody has named yet is kept as a code."""
    found = {}
    for entry in items(value):
        code, average = at(entry, (0,)), at(entry, (1, 1))
        if code is None or average is None or number(average) == 0:
            continue  # unrated, as for the score itself
        found[_DEVICES.get(integer(code), f"device_{integer(code)}")] = number(average)
    return found or None


def free(record: Record) -> bool | None:
    value = at(record, (*_PRICE, 0))
    return None if value is None else micros(value) == 0


def in_app_price_min(record: Record) -> float | None:
    found = _in_app_prices(record)
    return found[0] if found else None


def in_app_price_max(record: Record) -> float | None:
    found = _in_app_prices(record)
    return found[1] if found else None


def _in_app_prices(record: Record) -> tuple[float, float] | None:
    sentence = at(record, (19, 0))
    if sentence is None or not text(sentence):
        return None
    currency = find(record, (*_PRICE, 1))
    found = price_range(sentence, currency if isinstance(currency, str) else None)
    if found is None or not math.isfinite(found[1]):
        raise UnreadableError("no number in the range of in-app prices")
    return found


def developer_numeric_id(record: Record) -> str | None:
    """In its own place since 2025; before, only as the id in the address of a developer without a name there."""
    value = at(record, (68, 2))
    if value is not None:
        return text(value)
    link = at(record, (68, 1, 4, 2))
    in_link = id_in_url(link) if link is not None else None
    return in_link if in_link and in_link.isascii() and in_link.isdecimal() else None


def categories(record: Record) -> list[Category] | None:
    """The main category, then the further ones among the tags, each once."""
    main = at(record, (79, 0, 0))
    named = [main] if main is not None else []
    named += [tag for _, tag in _tags(at(record, (118,)))]
    found: dict[str, Category] = {}
    for entry in named:
        code = at(entry, (2,))
        name = at(entry, (0,))
        if code is not None and (code := text(code)) and name is not None:
            found.setdefault(code, {"id": code, "name": text(name)})
    return list(found.values()) or None


def tags(value: Any) -> list[Tag] | None:
    found: list[Tag] = []
    for group, tag in _tags(value):
        name, link, category, kg_id = (at(tag, path) for path in ((0,), (1, 4, 2), (2,), (3,)))
        found.append(
            {
                "name": text(name),
                "kg_id": text(kg_id) if kg_id is not None else None,
                "category_id": text(category) if category is not None else None,
                "url": address(link) if link is not None else None,
                "group": group,
            }
        )
    return found or None


def _tags(value: Any) -> Iterator[tuple[int, list[Any]]]:
    """Every tag with the number of its group. Groups nest to different depths, a tag is an array that begins with its name."""
    if value is None:
        return
    for group, members in enumerate(items(value)):
        yield from ((group, tag) for tag in _named(members, _DEPTH_LIMIT))


def _named(node: Any, depth: int) -> Iterator[list[Any]]:
    if node.__class__ is not list or not node or depth == 0:
        return
    if isinstance(node[0], str):
        if extent(node) >= _TAG_LENGTH:
            yield node
        return
    for member in node:
        yield from _named(member, depth - 1)


def rank(value: Any) -> int:
    """`#1` as 1, `#1,234` as 1234."""
    said = text(value) or ""
    written = _NUMBER.search(said)
    digits = re.sub(r"\D", "", written.group()) if written else ""
    if not digits or len(digits) > _RANK_DIGITS:
        raise UnreadableError("a rank without a number")
    return int(digits)


def image_urls(value: Any) -> list[str] | None:
    return [found for found, _ in _images(value)] or None


def image_sizes(value: Any) -> list[list[int] | None] | None:
    """Sizes of those images that have an address, so that both lists go together."""
    return [size(measured) if measured is not None else None for _, measured in _images(value)] or None


def _images(value: Any) -> Iterator[tuple[str, Any]]:
    """Address and size of each image that has an address."""
    for image in items(value):
        found = at(image, (3, 2))
        if found is not None and (written := text(found)):
            yield written, at(image, (2,))


def version_varies(record: Record) -> bool | None:
    """Field 141 is there, but names no version: Play then shows "Varies with device"."""
    return None if at(record, (140,)) is None else at(record, (140, 0, 0, 0)) is None


def min_sdk(record: Record) -> int | None:
    value = at(record, (140, 1, 1, 0, 0, 0)) if _both_levels(record) else _lone_level(record, minimum=True)
    return None if value is None else integer(value)


def min_android(record: Record) -> str | None:
    if _both_levels(record):
        value = at(record, (140, 1, 1, 0, 0, 1))
    else:
        value = at(record, (140, 1, 0, 0, 1)) if _lone_level(record, minimum=True) is not None else None
    return None if value is None else text(value)


def target_sdk(record: Record) -> int | None:
    value = at(record, (140, 1, 0, 0, 0)) if _both_levels(record) else _lone_level(record, minimum=False)
    return None if value is None else integer(value)


def _both_levels(record: Record) -> bool:
    """With a second level, that one is the minimum and the first one the target. True on every recorded page."""
    return at(record, (140, 1, 1, 0, 0)) is not None


def _lone_level(record: Record, *, minimum: bool) -> Any:
    """A level that stands alone is the minimum when a version's name follows it (`[29, "10"]`), else the target (`[35]`)."""
    level = at(record, (140, 1, 0, 0))
    if level is None or (extent(items(level)) > 1) is not minimum:
        return None
    return at(level, (0,))


def permissions(value: Any) -> list[PermissionGroup] | None:
    """`[common groups, other groups, ungrouped]`: a group is `[name, icon, [[null, text], ...], [icon's name]]`."""
    found: list[PermissionGroup] = []
    for place, kind in enumerate(_PERMISSION_KINDS):
        groups = at(value, (place,))
        for group in items(groups) if groups is not None else ():
            name = at(group, (0,))
            listed = _permission_texts(at(group, (2,)))
            found.append(
                {"kind": kind, "group": text(name) if name is not None else None, "permissions": listed}
            )
    ungrouped = _permission_texts(at(value, (2,)))
    if ungrouped:
        found.append({"kind": "ungrouped", "group": None, "permissions": ungrouped})
    return found or None


def _permission_texts(value: Any) -> list[str]:
    return texts([at(entry, (1,)) for entry in items(value)]) if value is not None else []


def data_safety(value: Any) -> list[SafetyNote] | None:
    """`[[icon, heading, [null, text]], ...]`; the text may carry a link."""
    found: list[SafetyNote] = []
    for entry in items(value):
        title, more = at(entry, (1,)), at(entry, (2, 1))
        if title is not None:
            found.append({"title": plain(title), "text": plain(more) if more is not None else None})
    return found or None

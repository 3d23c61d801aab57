"""What a client has a spider asked: the spider by its name, its arguments as `scrapy crawl` would be given them, checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scrapy import Spider
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from playfast.errors import ArgumentError
from playfast.spiders.base import PlaySpider

_NO_LEDGER = "a ledger keeps how far files are written, and a client writes none"
_NO_FEED = "it is about feeds, and a client has none"
_SEPARATES = re.compile(r"[,;\s]")
_BY_SEMICOLON = ("developers", "queries", "terms")
"""The argument whose entries hold commas and blanks."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A crawl that can be begun.

    Attributes:
        arguments: as text, those that were given.
        values: of all arguments, as the spider reads them; empty for spiders that are not this project's.
    """

    spider: type[Spider]
    arguments: Mapping[str, str]
    values: Mapping[str, Any]


def ask(settings: Settings, name: str, arguments: Mapping[str, Any]) -> Ask:
    """A spider and its arguments; those that are None are left to the spider.

    Raises:
        ArgumentError: with everything that is wrong with them.
    """
    loader = get_spider_loader(settings)
    if name not in loader.list():
        near = difflib.get_close_matches(str(name), loader.list(), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(loader.list()))}"
        raise ArgumentError([f"there is no spider {name!r}: {hint}"])
    spider = loader.load(name)
    ours = spider if issubclass(spider, PlaySpider) else None
    senseless: dict[str, str] = {}
    if ours is not None:
        senseless = {"ledger": _NO_LEDGER, "only": _NO_FEED, **dict.fromkeys(ours.beside, _NO_FEED)}
    problems, given = [], {}
    for argument, value in arguments.items():
        if value is None:
            continue
        if argument in senseless:
            problems.append(f"{argument}: {senseless[argument]}")
            continue
        try:
            given[argument] = _as_text(value, names=argument in _BY_SEMICOLON)
        except ValueError as error:
            problems.append(f"{argument}: {error}")
    values: dict[str, Any] = {}
    if ours is not None:
        try:
            values = ours.check(settings.copy(), dict(given))
        except ArgumentError as error:
            problems += error.problems
    if problems:
        raise ArgumentError(problems)
    return Ask(spider, given, values)


def _as_text(value: Any, *, names: bool = False) -> str:
    """A value as it stands behind `-a name=`; lists of names are separated by semicolons.

    Raises:
        ValueError: an entry of a list cannot stand in one.
    """
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return str(value)
    entries = [_as_text(entry) for entry in value]
    for entry in entries:
        if ";" in entry if names else _SEPARATES.search(entry):
            by = "semicolons" if names else "commas"
            raise ValueError(f"{entry!r:.60} cannot stand in a list, whose entries are separated by {by}")
    # With one at an end it is a list whatever it looks like, and not the name of a file, or an address.
    return f";{';'.join(map(_quoted, entries))};" if names else "".join(f"{entry}," for entry in entries)


def _quoted(entry: str) -> str:
    """An entry that is no remark, though it begins like one."""
    return f'"{entry}"' if entry.startswith("#") and '"' not in entry else entry

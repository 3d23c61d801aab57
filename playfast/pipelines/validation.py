"""Holds what must hold: a value that cannot be right becomes None and is counted; the record stays."""

from __future__ import annotations

import logging
from operator import attrgetter
from typing import Any, Self

from scrapy.crawler import Crawler

from playfast.play.across import Across
from playfast.play.fields import is_declared, key_names, rules
from playfast.play.rules import Rule
from playfast.runs.printable import printable

logger = logging.getLogger(__name__)

_SHOWN = 80
_OF_ANOTHER_TYPE = (TypeError, ValueError, AttributeError, LookupError)
"""What a rule may raise at a value of another type than it is for."""


class ValidationPipeline:
    """Checks every value by the rule of its field, then the rules across fields.

    Counted as `playfast/field/<name>/invalid`, like values of another type than declared. A key field keeps its value, since it says what
    was asked. Items of other people's classes pass unchecked.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._checks: dict[type[Any], _Checks | None] = {}
        # A price without a currency says nothing, but where nobody asked for the currency.
        names = getattr(crawler.spider, "field_names", None)
        self._asked = None if names is None else frozenset(names)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        kind = type(item)
        if kind not in self._checks:
            self._checks[kind] = _Checks(kind, self._asked) if is_declared(kind) else None
        checks = self._checks[kind]
        if checks is None:
            return item
        values = checks.values(item)
        if not _all_pass(checks.single, values):
            for name, holds, value in zip(checks.names, checks.single, values, strict=True):
                if value is not None and not _passes(holds, value):
                    self._refuse(item, name, f"{_shown(value)}, where {checks.words[name]} is due", checks)
        for rule, values in checks.across:
            if not rule.holds(*values(item)):
                for name in rule.void:
                    if getattr(item, name) is not None:
                        self._refuse(item, name, f"{_shown(getattr(item, name))}, where {rule.words}", checks)
        return item

    def _refuse(self, item: Any, name: str, why: str, checks: _Checks) -> None:
        statistic = f"playfast/field/{name}/invalid"
        if name in checks.keys:
            if name == "app_id" and item.status == "invalid_id":
                return  # the record says so itself
        else:
            setattr(item, name, None)
        if not self.crawler.stats.get_value(statistic):
            logger.warning(
                "Field %s of %s cannot be right: %s. It is left out; further ones are only counted.",
                name,
                getattr(item, "app_id", "a record"),
                why,
            )
        self.crawler.stats.inc_value(statistic)


class _Checks:
    """The rules of an item class over the fields that were asked for (None for all), laid out for speed."""

    def __init__(self, item: type[Any], asked: frozenset[str] | None) -> None:
        declared: dict[str, Rule] = rules(item)
        across: tuple[Across, ...] = getattr(item, "across", ())
        if asked is not None:
            declared = {name: rule for name, rule in declared.items() if name in asked}
            across = tuple(rule for rule in across if asked.issuperset(rule.fields))
        self.keys = frozenset(key_names(item))
        self.words = {name: rule.words for name, rule in declared.items()}
        self.names = tuple(declared)
        self.single = [rule.holds for rule in declared.values()]
        self.values = _reader(self.names)
        self.across = [(rule, _reader(rule.fields)) for rule in across]


def _reader(names: tuple[str, ...]) -> Any:
    """Reads these attributes as a tuple, however few they are."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda item: tuple(getattr(item, name) for name in names)


def _all_pass(rules: list[Any], values: tuple[Any, ...]) -> bool:
    """Whether every value passes its rule, as nearly all records' do: the one question that is asked of every record."""
    try:
        for holds, value in zip(rules, values, strict=True):
            if value is not None and not holds(value):
                return False
    except _OF_ANOTHER_TYPE:
        return False
    return True


def _passes(holds: Any, value: Any) -> bool:
    try:
        return bool(holds(value))
    except _OF_ANOTHER_TYPE:
        return False  # a pipeline before this one put a value of another type there


def _shown(value: Any) -> str:
    text = printable(repr(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."

"""Holds what must hold: a value that cannot be right becomes None and is counted; the record stays."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Self

from scrapy.crawler import Crawler

from playfast.play.across import Across
from playfast.play.fields import is_declared, key_names, rules
from playfast.play.rules import Rule
from playfast.play.written import Source, attribute
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
            asked = self._asked if kind is getattr(self.crawler.spider, "item", kind) else None
            self._checks[kind] = _Checks(kind, asked) if is_declared(kind) else None
        checks = self._checks[kind]
        if checks is None:
            return item
        if not checks.pass_whole(item):
            self._take_out(item, checks)
        return item

    def _take_out(self, item: Any, checks: _Checks) -> None:
        """Find what cannot be right: the values by themselves first, then what is left across fields."""
        for name, rule in checks.single.items():
            value = getattr(item, name)
            if value is not None and not _passes(rule.holds, value):
                self._refuse(item, name, f"{_shown(value)}, where {rule.words} is due", checks)
        for across in checks.across:
            if not across.holds(*(getattr(item, name) for name in across.fields)):
                for name in across.void:
                    if getattr(item, name) is not None:
                        self._refuse(
                            item, name, f"{_shown(getattr(item, name))}, where {across.words}", checks
                        )

    def _refuse(self, item: Any, name: str, why: str, checks: _Checks) -> None:
        statistic = f"playfast/field/{name}/invalid"
        if name in checks.keys:
            if name == "app_id" and getattr(item, "status", None) == "invalid_id":
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
        self.single = declared
        self.across = across
        self._pass = self._written()

    def pass_whole(self, item: Any) -> bool:
        """Whether a record keeps all rules, as nearly all do: the one question that every record is asked."""
        try:
            return self._pass(item)
        except _OF_ANOTHER_TYPE:
            return False

    def _written(self) -> Callable[[Any], bool]:
        source = Source()
        source.line(0, "def keeps_all(item):")
        for name, rule in self.single.items():
            source.line(1, f"value = item.{attribute(name)}")
            source.line(1, f"if value is not None and not {source.uses(rule.holds)}(value): return False")
        for across in self.across:
            values = ", ".join(f"item.{attribute(name)}" for name in across.fields)
            source.line(1, f"if not {source.uses(across.holds)}({values}): return False")
        source.line(1, "return True")
        keeps_all: Callable[[Any], bool] = source.function("keeps_all")
        return keeps_all


def _passes(holds: Any, value: Any) -> bool:
    try:
        return bool(holds(value))
    except _OF_ANOTHER_TYPE:
        return False  # a pipeline before this one put a value of another type there


def _shown(value: Any) -> str:
    text = printable(repr(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."

"""What must hold for a single value, whatever the app: a rule is a test and the words for what passes it.

Rules are declared with the fields (`play.fields`) and held by the validation pipeline. They are wide on purpose: a rule tells a value
that cannot be right from one that can, not a likely one from an unlikely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

_OPENED = datetime(2008, 8, 28, tzinfo=UTC)  # Android Market was announced
_SLACK = timedelta(days=1)  # clocks differ, and days begin earlier elsewhere
_STARTED = datetime.now(
    UTC
)  # nearly every time is before it, and to ask the clock takes longer than to compare


@dataclass(frozen=True, slots=True)
class Rule:
    """`holds` is given a value of the field's type, never None; `words` end the sentence "it has to be ..."."""

    holds: Callable[[Any], Any]
    words: str


def between(least: float, most: float) -> Rule:
    return Rule(lambda value: least <= value <= most, f"from {least:,} to {most:,}")


def at_least(least: float) -> Rule:
    return Rule(lambda value: value >= least, f"{least:,} or more")


def written_as(pattern: str, words: str) -> Rule:
    """A text that a regular expression matches as a whole."""
    return Rule(re.compile(pattern).fullmatch, words)


def one_of(values: Iterable[str], words: str) -> Rule:
    return Rule(frozenset(values).__contains__, words)


def each(rule: Rule) -> Rule:
    """Every entry of a list; entries that are None say nothing and pass."""
    one = rule.holds

    def holds(entries: Iterable[Any]) -> bool:
        for entry in entries:  # noqa: SIM110 - `all` of a generator takes twice the time
            if entry is not None and not one(entry):
                return False
        return True

    return Rule(holds, f"a list, each {rule.words}")


def each_value(rule: Rule) -> Rule:
    """Every value of a dict."""
    holds = rule.holds
    return Rule(lambda entries: all(holds(value) for value in entries.values()), f"values, each {rule.words}")


_SCHEMES = ("https://", "http://")


def _begins_as_an_address(text: str) -> bool:
    return (
        text.startswith(_SCHEMES)
        or text[:8].lower().startswith(_SCHEMES)  # a scheme may be written in capitals
    )


def _of_the_past(moment: datetime) -> bool:
    return moment >= _OPENED and (moment <= _STARTED or moment <= datetime.now(UTC) + _SLACK)


ADDRESS = Rule(_begins_as_an_address, "an http(s) address")
EMAIL = Rule(lambda text: "@" in text, "an e-mail address")
PAST = Rule(_of_the_past, "a time since Android's store opened in 2008, and not in the future")
TIME = Rule(lambda moment: moment >= _OPENED, "a time since Android's store opened in 2008")
COUNT = at_least(0)
AMOUNT = at_least(0)
STARS = between(1, 5)
SIZE = Rule(lambda size: len(size) == 2 and size[0] > 0 and size[1] > 0, "width and height above 0")  # noqa: PLR2004 - width and height
COUNTS_OF_STARS = Rule(lambda counts: len(counts) == 5 and min(counts) >= 0, "five counts, each 0 or more")  # noqa: PLR2004 - 1 to 5 stars
PACKAGE_NAME = written_as(
    r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)+",
    "a package name: letters, digits and underscores in two or more parts between dots",
)  # as lenient as Play's own sitemaps
CURRENCY = written_as("[A-Z]{3}", "a currency code of ISO 4217")
CATEGORY = written_as("[A-Z][A-Z0-9_]*", "a category's code, such as GAME_ARCADE")
API_LEVEL = between(1, 10_000)  # 10,000 stands for a version in development
ANDROID_VERSION = written_as(r"\d+(\.\d+)*[A-Z]?", "an Android version, such as 8.0")  # 4.4W and 12L are some

"""What is asked of things by their ids, and the answer: one record for each, whatever became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

from scrapy.settings import Settings

from playfast import arguments
from playfast.arguments import Arguments
from playfast.client.ask import Ask, ask
from playfast.client.collected import Collected
from playfast.client.swept import Swept
from playfast.errors import ArgumentError
from playfast.items import App, Availability, Presence
from playfast.play.categories import CATEGORIES as KNOWN_CATEGORIES
from playfast.sources import app_ids
from playfast.sources.phrases import DEVELOPERS as DEVELOPER_NAMES
from playfast.sources.phrases import SEARCHES as SEARCHED
from playfast.sources.phrases import Phrases

Record = TypeVar("Record")
Row = TypeVar("Row")
Key = tuple[str, ...]

_CLOSED = "shutdown"
"""Scrapy's word for a crawl that was told to stop."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of things.

    Attributes:
        parameter: what a method calls them.
        argument: what their spider does.
        clean: what a thing is in the records.
        problem: why a thing cannot be asked; None if it can.
        due: what their parameter takes.
    """

    parameter: str
    argument: str
    clean: Callable[[str], str]
    problem: Callable[[str], str | None]
    due: str = "an id or a list of ids"
    something: str = "a.b"
    """Stands for the things where none of those given can be asked, so that the other arguments are checked all the same."""


def _phrases(parameter: str, argument: str, kind: Phrases) -> Listed:
    def problem(thing: str) -> str | None:
        if ";" in thing or (thing.startswith("#") and '"' in thing):
            return "an entry of a list has no semicolon, and no quotes where it begins with #"
        return "empty" if not thing else kind.problem(thing)

    return Listed(
        parameter,
        argument,
        lambda text: next(kind.read([text]), text.strip()),
        problem,
        due="a text or a list of texts",
    )


APPS = Listed("app_ids", "ids", str.strip, app_ids.problem)
DEVELOPERS = _phrases("developers", "developers", DEVELOPER_NAMES)
QUERIES = _phrases("queries", "queries", SEARCHED)
TERMS = _phrases("terms", "terms", SEARCHED)
CATEGORIES = Listed(
    "categories",
    "categories",
    lambda text: text.strip().upper(),
    lambda _: None,
    due="a category or a list of categories",
    something="APPLICATION",
)
"""Categories; for `all` stand all of them. The spider's own argument looks at them."""


def expanded(terms: str | Sequence[str], expand: Iterable[str] | str) -> str | Sequence[str]:
    """Terms, each with the endings behind it that `expand` means.

    Raises:
        ArgumentError: it means none.
    """
    given = expand if isinstance(expand, str) else ",".join(expand)
    endings = Arguments(arguments.expand()).check({"expand": given})["expand"]
    if not endings or isinstance(terms, bytes) or not isinstance(terms, str | Iterable):
        return terms
    each = [terms] if isinstance(terms, str) else [*terms]
    return [
        text
        for term in each
        for text in (term, *(f"{TERMS.clean(term)}{ending}" for ending in endings if isinstance(term, str)))
    ]


@dataclass(frozen=True, slots=True)
class Question:
    """Things that are asked of a spider.

    Attributes:
        ask: the crawl; None where there is nothing to ask.
        things: as they were given, in order.
        invalid: why a thing cannot be asked, for those that cannot.
    """

    ask: Ask | None
    things: Sequence[str]
    countries: Sequence[str]
    langs: Sequence[str]
    invalid: Mapping[str, str]

    def records(self, kind: type[Record], found: Collected) -> list[Record]:
        """One record of this class for each thing in each country and language, where these have a meaning.

        All of the first country come first, in its first language, in the order of the things. For what no record came of, one is made
        that says so.
        """
        came = {_key_of(record): record for record in found.of(kind)}
        return [came.get(key) or self._missing(kind, key, _why(found)) for key in self._keys(kind)]

    def swept(self, row: type[Row], closing: type[Record], found: Collected) -> Swept[Row, Record]:
        """The rows, grouped by what they are of in the order of the closing records, each group as it came."""
        places: dict[Key, int] = {}
        for place, key in enumerate(self._keys(row)):
            places.setdefault(key, place)
        rows = sorted(found.of(row), key=lambda one: places.get(_key_of(one), len(places)))
        apps = [] if row is App else found.of(App)
        return Swept(rows, self.records(closing, found), found.ended, list(apps))

    def unasked(self, kind: type[Record]) -> list[Record]:
        """The records of what cannot be asked."""
        return [self._missing(kind, key, "") for key in self._keys(kind) if key[0] in self.invalid]

    def matrix(self, found: Collected) -> Swept[Availability, Presence]:
        """A row for each app and country, whatever became of it."""
        return Swept(self.records(Availability, found), self.records(Presence, found), found.ended)

    def _keys(self, kind: Any) -> list[Key]:
        identity = kind.identity
        countries = self.countries if identity.country else ("",)
        langs = self.langs if identity.lang else ("",)
        return [(thing, country, lang) for country, lang, thing in product(countries, langs, self.things)]

    def _missing(self, kind: Any, key: Key, why: str) -> Any:
        identity = kind.identity
        names = (identity.asked, identity.country, identity.lang)
        given: dict[str, Any] = {name: value for name, value in zip(names, key, strict=True) if name}
        if kind is Presence:
            countries = tuple(self.countries)
            return Presence(**given, countries=len(countries), answered=0, unanswered_in=countries)
        problem = self.invalid.get(key[0])
        given["status"] = "error" if problem is None else "invalid_id"
        given["error"] = f"not asked: {why}" if problem is None else problem
        return kind(**given)


def question(
    settings: Settings,
    spider_name: str,
    listed: Listed,
    given: str | Sequence[str],
    others: Mapping[str, Any],
) -> Question:
    """Things to ask a spider for: one, or several.

    Raises:
        ArgumentError: with everything that is wrong with what is asked.
    """
    problems: list[str] = []
    if listed is CATEGORIES and given == "all":
        given = KNOWN_CATEGORIES
    things = [listed.clean(thing) for thing in _things(listed, given, problems)]
    invalid = {thing: why for thing in things if (why := listed.problem(thing)) is not None}
    valid = [thing for thing in dict.fromkeys(things) if thing not in invalid]
    try:
        asked = ask(settings, spider_name, {listed.argument: valid or [listed.something], **others})
    except ArgumentError as error:
        problems += error.problems
    if problems:
        raise ArgumentError(problems)
    countries, langs = (asked.values.get(name, ()) for name in ("countries", "langs"))
    return Question(asked if valid else None, things, countries, langs, invalid)


def _why(found: Collected) -> str:
    """Why a crawl has not asked for everything."""
    reason = found.stats.get("finish_reason")
    told = "the client was closed" if reason == _CLOSED else f"the crawl has ended ({reason})"
    return str(found.stats.get("playfast/gave_up") or found.stats.get("playfast/source_error") or told)


def _key_of(record: Any) -> Key:
    """What a record or a row answers."""
    asked, *where = record.identity.key_of(record)
    return asked.removeprefix(record.identity.prefix), *where


def _things(listed: Listed, given: Any, problems: list[str]) -> list[str]:
    if isinstance(given, str):
        return [given]
    if isinstance(given, bytes) or not isinstance(given, Iterable):
        problems.append(f"{listed.parameter}={given!r:.60}: {listed.due} is due")
        return []
    entries = list(given)
    problems += [
        f"{listed.parameter}: {entry!r:.60} is no text" for entry in entries if not isinstance(entry, str)
    ]
    return [entry for entry in entries if isinstance(entry, str)]

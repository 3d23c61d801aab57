"""The developer spider: all apps of developers, and their profiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote_plus

from scrapy.http import Response

from playfast import arguments
from playfast.errors import PageError
from playfast.items import App, Developer, Listing
from playfast.play import calls, cards, lists
from playfast.play.envelope import Answer, Call
from playfast.play.fields import Rows
from playfast.play.page import Page
from playfast.play.record import find
from playfast.play.verdict import Status
from playfast.sources.phrases import DEVELOPERS
from playfast.spiders.listings import Lists, ListsSpider
from playfast.spiders.packed import HTTP_NOT_FOUND
from playfast.spiders.plan import Asked, Storefront, Via

_LIST = "developer"
_APPS, _PROFILE, _ABOVE = ".apps", ".profile", ".above"
_RECORD = (1, 12)
_ECHOED = (1, 11, 0, 0)
_OF_APP = 69
_NUMBER = (1, 2, 68, 2)


@dataclass(frozen=True, slots=True)
class NumberIn:
    """The developer's number, from the record of one of the apps."""

    app_id: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The developer's own record, by number."""

    number: str


class DeveloperSpider(ListsSpider):
    """Apps of developers: a row for each, and one record for every asked (developer, country, language), with the profile."""

    name = "developer"
    rows_are_due = True
    source = "developers"
    others_beside_apps = other_items = (Developer,)
    features = True
    beside: ClassVar[Mapping[str, type[Any]]] = {"sweeps": Developer, "apps": App}
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.developers(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(Listing),
        arguments.more(),
        *arguments.of_lists(Developer, App),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.whole_number("first", "Apps to ask for at first.", "50", least=1, most=100),
        arguments.batch("Calls in one POST.", "16"),
    )

    def prepare(self) -> None:
        super().prepare()
        self._profiles = Rows(Developer)
        self._told: dict[tuple[str, Storefront], tuple[str, Any]] = {}

    def problem(self, entry: str) -> str | None:
        return DEVELOPERS.problem(entry)

    def entries_of(self, lines: Iterable[str]) -> Iterator[str]:
        return DEVELOPERS.read(lines)

    # What is asked.

    def first_calls(self, asked: Asked, tag: str) -> Iterable[Call]:
        yield calls.developer(asked.what, tag + _APPS, self.asked["first"])
        if calls.is_number(asked.what):
            yield calls.profile(asked.what, tag + _PROFILE)
            yield calls.above(asked.what, tag + _ABOVE)

    def calls_of_step(self, step: Any, tag: str) -> Iterable[Call]:
        if isinstance(step, NumberIn):
            return (calls.details(step.app_id, (*calls.ALWAYS_ASKED, _OF_APP), tag),)
        return (calls.profile(step.number, tag),)

    # What comes.

    def sections_of(
        self, asked: Asked, found: Lists, tag: str, answers: Mapping[str, Answer]
    ) -> list[lists.Section] | None:
        listed = self.answer_of(asked, answers.get(tag + _APPS))
        if listed is None:
            return None
        profile = above = None
        if calls.is_number(asked.what):
            told = self.answer_of(asked, answers.get(tag + _PROFILE))
            shown = self.answer_of(asked, answers.get(tag + _ABOVE))
            if told is None or shown is None:
                return None
            profile, above = told.decoded(), shown.decoded()
            if (of := find(profile, _ECHOED)) not in (None, asked.what):
                asked.reason = f"the answer is for another developer: {str(of)[:100]!r}"
                self.count_unusable(asked)
                return None
        return self._sections(asked, found, listed.decoded(), profile, above)

    def _sections(
        self, asked: Asked, found: Lists, listed: Any, profile: Any, above: Any
    ) -> list[lists.Section]:
        if listed is None and profile is None:
            found.status = Status.NOT_FOUND
            return []
        sections = [] if listed is None else lists.sections(listed)
        if above is not None and (first := lists.above(above)) is not None:
            # Play shows it first, and leaves it out of the list that follows.
            head, *rest = sections or [lists.Section(None, None, [], None, None)]
            sections = [head._replace(above=(first,)), *rest]
        if calls.is_number(asked.what):
            self._note_profile(asked, asked.what, profile)
        elif sections and (app_id := next(map(cards.id_of, sections[0].cards), None)) is not None:
            found.waits += 1
            self.plan.follow(Asked(asked.what, asked.storefront, step=NumberIn(app_id)))
        return sections

    def name_of(self, section: lists.Section) -> str:  # noqa: ARG002 - there is one list
        return _LIST

    def read_step(
        self,
        asked: Asked,
        found: Lists,
        step: Any,
        answer: Answer | None,
        fetched_at: datetime,  # noqa: ARG002 - there are no rows in it
    ) -> list[Any] | None:
        answer = self.answer_of(asked, answer)
        if answer is None:
            return None
        payload = answer.decoded()
        if isinstance(step, Profile):
            self._note_profile(asked, step.number, payload)
            return self.one_came(asked, found)
        number = find(payload, _NUMBER)
        if isinstance(number, str) and calls.is_number(number):
            self.plan.follow(Asked(asked.what, asked.storefront, step=Profile(number)))
            return []
        return self.one_came(asked, found)

    def _note_profile(self, asked: Asked, number: str, payload: Any) -> None:
        self._told[asked.what, asked.storefront] = number, find(payload, _RECORD)

    # By page.

    def page_address(self, asked: Asked) -> str:
        where, kind = asked.storefront, "dev" if calls.is_number(asked.what) else "developer"
        return (
            f"{self.origin}/store/apps/{kind}?id={quote_plus(asked.what)}&hl={where.lang}&gl={where.country}"
        )

    def read_page(self, asked: Asked, response: Response, fetched_at: datetime) -> list[Any] | None:
        found = self._open[asked.what, asked.storefront]
        if response.status == HTTP_NOT_FOUND:
            found.status = Status.NOT_FOUND
            return self.begun(asked, found, [], fetched_at, Via.PAGE)
        page = Page(response.body)
        if not page.is_whole:
            raise PageError("the page was cut short")
        numbered = calls.is_number(asked.what)
        listed = page.block(calls.NUMBERED_DEVELOPER if numbered else calls.NAMED_DEVELOPER)
        if listed is None:
            raise PageError("the page has no block with the developer's apps")
        profile = page.block(calls.DETAILS) if numbered else None
        above = page.block(calls.ABOVE) if numbered else None
        sections = self._sections(asked, found, listed, profile, above)
        return self.begun(asked, found, sections, fetched_at, Via.PAGE)

    # How it ends.

    def ended(self, asked: Asked, found: Lists) -> Any:
        number, profile = self._told.pop((asked.what, asked.storefront), (None, None))
        given = {
            **self._key(asked.what, asked.storefront),
            "status": found.status.value,
            "error": found.error,
            "fetched_at": found.fetched_at,
            "via": found.via and found.via.value,
            "numeric_id": number,
            "apps": len(found.seen.get(_LIST, ())),
            "stopped": found.stopped.get(_LIST),
        }
        record = self._profiles(profile, given, self.invalid_field)
        if record.name is None and found.status is Status.AVAILABLE and not calls.is_number(asked.what):
            record.name = asked.what  # that is how it was asked
        return record

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        key = {**self._key(entry, storefront), "url": None}
        return Developer(**key, status=Status.INVALID_ID.value, error=DEVELOPERS.problem(entry))

    def _key(self, what: str, storefront: Storefront) -> dict[str, Any]:
        return {
            "asked": what,
            "country": storefront.country,
            "lang": storefront.lang,
            "url": self.page_address(Asked(what, storefront)),
        }

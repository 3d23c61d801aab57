"""A thing's page laid beside the RPC's answer: both read by the same readers, and compared field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from playfast.canary.anew import Anew
from playfast.canary.answers import Answers
from playfast.canary.asking import NO_PAGE
from playfast.canary.fields import Fields
from playfast.canary.forms import Forms
from playfast.canary.result import Finding, Result
from playfast.errors import EnvelopeError, PlayfastError
from playfast.items import App, Developer, Listing, Review
from playfast.play import cards, lists, markup, page_only, templates, verdict
from playfast.play.envelope import Answer
from playfast.play.fields import Extractor, Rows, sources
from playfast.play.page import Page, details
from playfast.play.record import find
from playfast.play.verdict import Status

_SERVED = (1, 39, 0)
Read = Callable[[Any], Any]
Answered = Mapping[str, Answer]


class Beside:
    """Compares, and counts what came of it.

    Args:
        anew: that knows the blocks of pages.
        result: that is filled.
        country: of the storefront.
        lang: of the storefront.
    """

    def __init__(self, anew: Anew, result: Result, country: str, lang: str) -> None:
        self._anew = anew
        self._result = result
        self._country, self._lang = country, lang
        self._app = Extractor(App)
        self._fields: dict[str, Fields] = {}
        self._rows = {kind: Rows(kind) for kind in (Review, Listing, Developer)}
        self._answers = Answers()

    def app(self, app_id: str, page: Page | None, answers: Answered) -> App | None:
        """The record of an app, by its page and by the RPC; returns one of them, where there is one."""
        thing, fields = self._result.thing("record"), self.of("record", App)
        whole, payload = self.whole(page), self.payload(answers, "record")
        by_page = by_rpc = None
        if whole is not None and page is not None:
            more = self.attempt("record", lambda: page_only.extras(page))
            by_page = self._app(whole, self.key(app_id), fields.refuse, more)
            fields.add_markup(by_page, markup.described(page))
            if verdict.of_record(whole, app_id)[0] is Status.ERROR:
                self._result.moved.append(
                    Finding("record", app_id, "the page's record does not say which app it is of")
                )
        if payload is not None:
            status, reason = verdict.of_record(payload, app_id)
            if status is Status.ERROR:
                self._result.moved.append(Finding("record", app_id, reason or "the answer is no record"))
            else:
                by_rpc = self._app(payload, self.key(app_id), fields.refuse)
        thing.asked += 1
        thing.page += by_page is not None
        thing.rpc += by_rpc is not None
        if page is not None and "record" in answers:
            self._answers.count(
                "record", templates.DETAILS, page=by_page is not None, rpc=payload is not None, due=True
            )
        if by_page is not None or by_rpc is not None:
            fields.add(by_page, by_rpc, self._unasked(App, whole))
        return by_page or by_rpc

    def one(
        self, name: str, item: type[Any], kind: str, answers: Answered, tag: str, on_page: Any, read: Read, page: Page | None
    ) -> None:  # fmt: skip
        """A record of another kind; `on_page` is what the page says in the RPC's words."""
        payload = self.payload(answers, tag)
        thing = self._result.thing(name)
        thing.asked += 1
        thing.page += on_page is not None
        thing.rpc += payload is not None
        if page is not None and tag in answers:
            self._answers.count(name, kind, page=on_page is not None, rpc=payload is not None)
        if on_page is None and payload is None:
            return
        self.of(name, item).add(
            None if on_page is None else read(on_page),
            None if payload is None else read(payload),
            self._unasked(item, on_page),
        )

    def rows(
        self, name: str, item: type[Any], kind: str, page: Page | None, answers: Answered, tag: str, rows_of: Read, *, due: bool = False
    ) -> None:  # fmt: skip
        """Rows of a list; compared are those that both have. With `due`, there is one in every store."""
        by_page = kind != templates.CHART
        thing, fields = self._result.thing(name, by_page=by_page), self.of(name, item)
        payload, on_page = self.payload(answers, tag), self._anew.block(page, kind)
        there = {} if on_page is None else self.attempt(name, lambda: rows_of(on_page)) or {}
        here = {} if payload is None else self.attempt(name, lambda: rows_of(payload)) or {}
        common = there.keys() & here.keys()
        thing.asked += 1
        thing.page += bool(there)
        thing.rpc += bool(here)
        if (page is not None or not by_page) and tag in answers:
            self._answers.count(name, kind, page=bool(there) if by_page else None, rpc=bool(here), due=due)
            if there and here and not common:
                self._answers.count_strangers(name)
        read = self._rows[item]
        for id_ in common if there and here else there.keys() | here.keys():
            given = self._row_key(item, id_)
            both = [read(rows[id_], given, fields.refuse) if id_ in rows else None for rows in (there, here)]
            fields.add(both[0], both[1])

    def profile(self, who: str, payload: Any) -> Any:
        """A developer's own words, of a page or of an answer."""
        return self._rows[Developer](
            payload,
            {"asked": who, "country": self._country, "lang": self._lang, "status": "available"},
            self.of("developer's profile", Developer).refuse,
        )

    def note(
        self, name: str, kind: str, page: Page | None, answers: Answered, tag: str, *, due: bool = False
    ) -> None:
        """Something of which only is told whether it is there."""
        thing = self._result.thing(name)
        payload, on_page = self.payload(answers, tag), self._anew.block(page, kind)
        thing.asked += 1
        thing.page += on_page is not None
        thing.rpc += payload is not None
        if page is not None and page is not NO_PAGE and tag in answers:
            self._answers.count(name, kind, page=on_page is not None, rpc=payload is not None, due=due)

    def call(self, name: str, kind: str, answers: Answered, tag: str, read: Read) -> None:
        """Something that no page has."""
        thing = self._result.thing(name, by_page=False)
        if tag in answers:
            payload = self.payload(answers, tag)
            thing.asked += 1
            there = payload is not None and bool(self.attempt(name, lambda: read(payload)))
            thing.rpc += there
            self._answers.count(name, kind, page=None, rpc=there)

    def tell(self, forms: Forms) -> None:
        """Add what was found to the result."""
        for name, fields in self._fields.items():
            moved, news = fields.findings()
            if self._answers.silent(name):
                # That is told once, not of each field.
                moved = [one for one in moved if "the page says it, the RPC does not" not in one.problem]
            self._result.moved += moved
            self._result.news += news
        self._answers.tell(self._result, forms)

    # The parts of it.

    def whole(self, page: Page | None) -> Any:
        """The record of an app's page, as the RPC says it."""
        return None if page is None or page is NO_PAGE else self.attempt("record", lambda: details(page))

    def payload(self, answers: Answered, tag: str) -> Any:
        """What a call is answered with, decoded; None for nothing."""
        answer = answers.get(tag)
        try:
            return None if answer is None else answer.decoded()
        except EnvelopeError as error:
            self._result.moved.append(Finding(tag, "answer", str(error)[:200]))
            return None

    def attempt(self, name: str, read: Callable[[], Any]) -> Any:
        """What a reader makes of an answer; None where it is of another shape, which is told."""
        try:
            return read()
        except PlayfastError as error:
            finding = Finding(name, "answer", str(error)[:200])
            if finding not in self._result.moved:
                self._result.moved.append(finding)
            return None

    def of(self, name: str, item: type[Any]) -> Fields:
        """What is counted of the fields of a thing."""
        if name not in self._fields:
            self._fields[name] = Fields(self._result.thing(name, by_page=name != "chart"), item)
        return self._fields[name]

    def _unasked(self, item: type[Any], whole: Any) -> frozenset[str]:
        """Fields that a page did not ask for, by what its answer says that it served."""
        served = find(whole, _SERVED)
        if served.__class__ is not list:
            return frozenset()
        return frozenset(
            name
            for name, source in sources(item).items()
            if not set(getattr(source, "numbers", ())) <= set(served)
        )

    def key(self, app_id: str) -> dict[str, Any]:
        """The key of an app's records."""
        return {"app_id": app_id, "country": self._country, "lang": self._lang, "status": "available"}

    def _row_key(self, item: type[Any], id_: Any) -> dict[str, Any]:
        if item is Review:
            return {"app_id": "", "lang": self._lang, "review_id": id_}
        return {
            "asked": "",
            "list": "",
            "rank": 1,
            "app_id": id_,
            "country": self._country,
            "lang": self._lang,
        }


def by_id(found: Iterable[Any]) -> dict[Any, Any]:
    """Cards by the ids of their apps."""
    return {id_: card for card in found if (id_ := cards.id_of(card)) is not None}


def listed(payload: Any) -> dict[Any, Any]:
    """The cards of all lists, by list and app."""
    return {
        (section.name or section.mark, id_): card
        for section in lists.sections(payload)
        for id_, card in by_id(section.cards).items()
    }

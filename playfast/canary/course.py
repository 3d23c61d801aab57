"""What is asked, in which order, and how the page of each thing is laid beside the RPC's answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote_plus

from playfast.canary.asking import NO_PAGE, Asking
from playfast.canary.fields import Fields
from playfast.canary.forms import Forms
from playfast.canary.result import Finding, Result
from playfast.errors import EnvelopeError, PageError, PlayfastError
from playfast.items import App, DataSafety, Developer, Listing, Permissions, Review
from playfast.play import (
    asked,
    calls,
    cards,
    lists,
    markup,
    page_only,
    reviews,
    suggestions,
    templates,
    verdict,
)
from playfast.play.envelope import NOT_FOUND, Answer, Call
from playfast.play.fields import Extractor, Rows, sources
from playfast.play.page import Page, details
from playfast.play.record import find
from playfast.play.templates import OURS, Template
from playfast.play.verdict import Status

_ROWS, _REVIEWS = 20, 20
_HELPFUL, _PHONE = 1, 2
_SERVED = (1, 39, 0)
_PROFILE = (1, 12)
_QUERY, _TERM = "translate", "tran"
_COLLECTION, _CATEGORY = "topselling_free", "APPLICATION"
Make = Callable[[], Iterable[Call]]


class Course:
    """Asks for everything, one thing after the other.

    Args:
        asking: the storefront.
        result: that is filled.
        country: of the storefront.
        lang: of the storefront.
        in_force: the templates by which is asked.
    """

    def __init__(
        self, asking: Asking, result: Result, country: str, lang: str, in_force: Mapping[str, Template]
    ) -> None:
        self._asking = asking
        self._result = result
        self._country, self._lang = country, lang
        self._in_force = in_force
        self._app, self._label, self._may = (Extractor(kind) for kind in (App, DataSafety, Permissions))
        known = frozenset({*self._app.mask, *self._label.mask, *self._may.mask})
        self._forms = Forms(in_force, known)
        self._fields: dict[str, Fields] = {}
        self._rows = {kind: Rows(kind) for kind in (Review, Listing, Developer)}
        self._developers: dict[bool, str] = {}
        self._answers: dict[str, list[tuple[bool, bool]]] = {}
        self._kinds: dict[str, str] = {}
        self._answered_anew: set[str] = set()
        self._new_forms: dict[str, Template] = {}

    async def run(self, app_ids: Sequence[str]) -> None:
        """Ask for it all."""
        for app_id in app_ids:
            await self._of_app(app_id)
        for developer in self._developers.values():
            await self._of_developer(developer)
        await self._of_store()
        for name, fields in self._fields.items():
            moved, news = fields.findings()
            if name in self._answers and all(rpc is False for _, rpc in self._answers[name]):
                moved = [one for one in moved if "the page says it, the RPC does not" not in one.problem]
            self._result.moved += moved
            self._result.news += news
        self._tell_answers()
        self._forms.tell(self._result)
        if self._answered_anew:
            tags = ", ".join(sorted(self._answered_anew))
            self._result.news.append(
                Finding("templates", "answers", f"asked as pages ask, the store answers: {tags}")
            )

    # What is asked.

    async def _of_app(self, app_id: str) -> None:
        page = await self._asking.page(f"/store/apps/details?id={app_id}")
        sheet = await self._asking.page(f"/store/apps/datasafety?id={app_id}")
        new = self._new(page, {"app": app_id}) | self._new(sheet, {"app": app_id})
        answers = await self._ask(
            lambda: (
                calls.details(app_id, self._app.mask, "record"),
                calls.details(app_id, self._label.mask, "label"),
                calls.details(app_id, self._may.mask, "may"),
                calls.reviews(app_id, "reviews", rows=_REVIEWS, sort=_HELPFUL, device=_PHONE),
                calls.related(app_id, "related", _ROWS),
                calls.storefront("store"),
            ),
            new,
        )
        whole = None if page is None or page is NO_PAGE else self._try("record", lambda: details(page))
        self._compare_records(
            app_id, page, whole, self._payload(answers, "record"), answered="record" in answers
        )
        self._compare(
            "data safety", DataSafety, templates.DETAILS, answers, "label",
            self._block(sheet, templates.DETAILS),
            lambda payload: self._label(payload, self._key(app_id), self._of("data safety", DataSafety).refuse),
            sheet,
        )  # fmt: skip
        self._compare(
            "permissions", Permissions, templates.DETAILS, answers, "may", whole,
            lambda payload: self._may(payload, self._key(app_id), self._of("permissions", Permissions).refuse),
            page,
        )  # fmt: skip
        self._compare_rows(
            "reviews", Review, templates.REVIEWS, page, answers, "reviews",
            lambda payload: {reviews.id_of(row): row for row in reviews.page(payload).rows},
        )  # fmt: skip
        self._compare_rows("related", Listing, templates.RELATED, page, answers, "related", _listed)
        self._note(
            "storefront", templates.STOREFRONT, self._block(page, templates.STOREFRONT), answers, "store"
        )
        if page is not None and page.country not in (None, self._country):
            self._result.news.append(
                Finding(
                    "storefront",
                    app_id,
                    f"the store of {page.country} answers in the place of {self._country}",
                )
            )

    async def _of_developer(self, who: str) -> None:
        numbered = calls.is_number(who)
        name = f"developer by {'number' if numbered else 'name'}"
        page = await self._asking.page(
            f"/store/apps/{'dev' if numbered else 'developer'}?id={quote_plus(who)}"
        )
        known = {"developer": who} if numbered else {"query": f"{templates.BY_NAME}{who}"}

        def make() -> Iterable[Call]:
            yield calls.developer(who, "apps", _ROWS)
            if numbered:
                yield calls.profile(who, "profile")
                yield calls.above(who, "above")

        answers = await self._ask(make, self._new(page, known))
        kind = templates.NUMBERED_DEVELOPER if numbered else templates.NAMED_DEVELOPER
        self._compare_rows(name, Listing, kind, page, answers, "apps", _listed)
        if numbered:
            self._note(
                "app above the list", templates.ABOVE, self._block(page, templates.ABOVE), answers, "above"
            )
            self._compare(
                "developer's profile", Developer, templates.PROFILE, answers, "profile",
                self._block(page, templates.DETAILS),
                lambda payload: self._rows[Developer](
                    find(payload, _PROFILE),
                    {"asked": who, "country": self._country, "lang": self._lang, "status": "available"},
                    self._of("developer's profile", Developer).refuse,
                ),
                page,
            )  # fmt: skip

    async def _of_store(self) -> None:
        found = await self._asking.page(f"/store/search?q={_QUERY}&c=apps")
        front = await self._asking.page("/store/apps")
        new = self._new(found, {"query": _QUERY}) | self._new(front, {"category": _CATEGORY})
        mask = cards.mask(Listing, list(self._of("search", Listing).names), calls.CARD)
        answers = await self._ask(
            lambda: (
                calls.search(_QUERY, mask, "search"),
                calls.suggestions(_TERM, "suggestions"),
                calls.chart(_COLLECTION, _CATEGORY, _ROWS, calls.CARD_OF_CHART, "chart"),
                calls.home(_CATEGORY, mask, "front"),
            ),
            new,
        )
        self._compare_rows(
            "search", Listing, templates.SEARCH, found, answers, "search",
            lambda payload: _by_id(lists.results(payload, "search").cards),
        )  # fmt: skip
        self._compare_rows("front page", Listing, templates.HOME, front, answers, "front", _listed)
        self._compare_rows("chart", Listing, templates.CHART, None, answers, "chart", _listed)
        thing = self._result.thing("suggestions", by_page=False)
        if "suggestions" in answers:
            thing.asked += 1
            terms = self._try("suggestions", lambda: suggestions.read(self._payload(answers, "suggestions")))
            thing.rpc += bool(terms)
            self._count("suggestions", templates.SUGGESTIONS, page=True, rpc=bool(terms))

    # How it is laid side by side.

    def _compare_records(
        self, app_id: str, page: Page | None, whole: Any, payload: Any, *, answered: bool
    ) -> None:
        thing, fields = self._result.thing("record"), self._of("record", App)
        by_page = by_rpc = None
        if whole is not None and page is not None:
            more = self._try("record", lambda: page_only.extras(page))
            by_page = self._app(whole, self._key(app_id), fields.refuse, more)
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
                by_rpc = self._app(payload, self._key(app_id), fields.refuse)
        thing.asked += 1
        thing.page += by_page is not None
        thing.rpc += by_rpc is not None
        if page is not None and answered:
            self._count("record", templates.DETAILS, page=by_page is not None, rpc=payload is not None)
        if by_page is None and by_rpc is None:
            return
        fields.add(by_page, by_rpc, self._unasked(App, whole))
        self._note_developer(by_page or by_rpc)

    def _compare(
        self,
        name: str,
        item: type[Any],
        kind: str,
        answers: Mapping[str, Answer],
        tag: str,
        on_page: Any,
        read: Callable[[Any], Any],
        page: Page | None,
    ) -> None:
        """A record of another kind, by page and by RPC."""
        payload = self._payload(answers, tag)
        thing = self._result.thing(name)
        thing.asked += 1
        thing.page += on_page is not None
        thing.rpc += payload is not None
        if page is not None and tag in answers:
            self._count(name, kind, page=on_page is not None, rpc=payload is not None)
        if on_page is None and payload is None:
            return
        self._of(name, item).add(
            None if on_page is None else read(on_page),
            None if payload is None else read(payload),
            self._unasked(item, on_page),
        )

    def _compare_rows(
        self,
        name: str,
        item: type[Any],
        kind: str,
        page: Page | None,
        answers: Mapping[str, Answer],
        tag: str,
        rows_of: Callable[[Any], Mapping[Any, Any]],
    ) -> None:
        """Rows of a list by page and by RPC; compared are those that both have."""
        by_page = kind != templates.CHART
        thing, fields = self._result.thing(name, by_page=by_page), self._of(name, item)
        payload = self._payload(answers, tag)
        on_page = self._block(page, kind)
        there = {} if on_page is None else self._try(name, lambda: rows_of(on_page)) or {}
        here = {} if payload is None else self._try(name, lambda: rows_of(payload)) or {}
        thing.asked += 1
        thing.page += bool(there)
        thing.rpc += bool(here)
        if (page is not None or not by_page) and tag in answers:
            self._count(name, kind, page=bool(there) or not by_page, rpc=bool(here))
        read = self._rows[item]
        for id_ in there.keys() & here.keys() if there and here else there.keys() | here.keys():
            given = self._row_key(item, id_)
            both = [read(rows[id_], given, fields.refuse) if id_ in rows else None for rows in (there, here)]
            fields.add(both[0], both[1])

    def _note(self, name: str, kind: str, on_page: Any, answers: Mapping[str, Answer], tag: str) -> None:
        """Something of which only is told whether it is there."""
        thing = self._result.thing(name)
        payload = self._payload(answers, tag)
        thing.asked += 1
        thing.page += on_page is not None
        thing.rpc += payload is not None
        if on_page is not None and tag in answers:
            self._count(name, kind, page=True, rpc=payload is not None)

    # The parts of it.

    def _new(self, page: Page | None, known: Mapping[str, str]) -> dict[str, Template]:
        new = self._forms.read(page, known) if page is not None else {}
        self._new_forms.update(new)
        return new

    def _block(self, page: Page | None, kind: str) -> Any:
        """The data of a page's block by the kind of call that it answers, whatever RPC that is now."""
        if page is None or page is NO_PAGE:
            return None
        rpcs = [one[kind].rpc for one in (OURS, self._in_force, self._new_forms) if kind in one]
        try:
            return next((data for rpc in rpcs if (data := page.block(rpc)) is not None), None)
        except PageError:
            return None

    async def _ask(self, make: Make, new: Mapping[str, Template]) -> dict[str, Answer]:
        """The answers to calls; those that say nothing are asked once more in the way in which pages ask, if that is another."""
        with templates.using(self._in_force):
            packed = list(make())
        answers = dict(await self._asking.pack(packed))
        silent = {tag for tag, answer in answers.items() if answer.payload is None}
        if new and silent:
            with templates.using({**self._in_force, **asked.renewed(new)}):
                again = await self._asking.pack([call for call in make() if call.tag in silent])
            told = {tag: answer for tag, answer in again.items() if answer.payload is not None}
            answers.update(told)
            self._answered_anew.update(told)
        for call in packed:
            if answers and call.tag not in answers:
                self._result.unreached["no answer in the pack"] += 1
            elif answers and answers[call.tag].error not in (None, NOT_FOUND):
                self._result.unreached[f"an error frame (code {answers[call.tag].error})"] += 1
        return answers

    def _payload(self, answers: Mapping[str, Answer], tag: str) -> Any:
        answer = answers.get(tag)
        try:
            return None if answer is None else answer.decoded()
        except EnvelopeError as error:
            self._result.moved.append(Finding(tag, "answer", str(error)[:200]))
            return None

    def _try(self, name: str, read: Callable[[], Any]) -> Any:
        """What a reader makes of an answer; None where it is of another shape, which is told."""
        try:
            return read()
        except PlayfastError as error:
            finding = Finding(name, "answer", str(error)[:200])
            if finding not in self._result.moved:
                self._result.moved.append(finding)
            return None

    def _count(self, name: str, kind: str, *, page: bool, rpc: bool) -> None:
        self._kinds[name] = kind
        self._answers.setdefault(name, []).append((page, rpc))

    def _tell_answers(self) -> None:
        """What one way has and the other has not, more often than not."""
        for name, pairs in self._answers.items():
            page_alone = sum(page and not rpc for page, rpc in pairs)
            rpc_alone = sum(rpc and not page for page, rpc in pairs)
            if 2 * page_alone >= len(pairs) and page_alone and not self._forms.changed(self._kinds[name]):
                self._result.moved.append(
                    Finding(name, "answer", f"the RPC answers with nothing ({page_alone} of {len(pairs)})")
                )
            if 2 * rpc_alone >= len(pairs) and rpc_alone:
                self._result.moved.append(
                    Finding(name, "answer", f"the page has nothing of it ({rpc_alone} of {len(pairs)})")
                )

    def _of(self, name: str, item: type[Any]) -> Fields:
        if name not in self._fields:
            by_page = name != "chart"
            self._fields[name] = Fields(self._result.thing(name, by_page=by_page), item)
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

    def _note_developer(self, record: Any) -> None:
        """One developer by number and one by name are asked for later."""
        who, number = record.developer_id, record.developer_numeric_id
        if who and not calls.is_number(who):
            self._developers.setdefault(False, who)
        if number and calls.is_number(number):
            self._developers.setdefault(True, number)

    def _key(self, app_id: str) -> dict[str, Any]:
        return {"app_id": app_id, "country": self._country, "lang": self._lang, "status": "available"}

    def _row_key(self, item: type[Any], id_: str) -> dict[str, Any]:
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


def _by_id(found: Iterable[Any]) -> dict[Any, Any]:
    return {id_: card for card in found if (id_ := cards.id_of(card)) is not None}


def _listed(payload: Any) -> dict[Any, Any]:
    """The cards of all lists, by list and app."""
    return {
        (section.name or section.mark, id_): card
        for section in lists.sections(payload)
        for id_, card in _by_id(section.cards).items()
    }

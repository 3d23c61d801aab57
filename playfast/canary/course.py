"""What is asked, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote_plus

from playfast.canary.anew import Anew
from playfast.canary.asking import NO_PAGE, Asking
from playfast.canary.beside import Beside, by_id, listed
from playfast.canary.forms import Forms
from playfast.canary.result import Finding, Result
from playfast.items import App, DataSafety, Developer, Listing, Permissions, Review
from playfast.play import calls, cards, lists, reviews, suggestions, templates
from playfast.play.envelope import Call
from playfast.play.fields import Extractor
from playfast.play.record import find
from playfast.play.templates import Template

_ROWS, _REVIEWS = 20, 20
_HELPFUL, _PHONE = 1, 2
_PROFILE = (1, 12)
_QUERY, _TERM = "translate", "tran"
_COLLECTION, _CATEGORY = "topselling_free", "APPLICATION"


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
        self._country = country
        self._app, self._label, self._may = (Extractor(kind) for kind in (App, DataSafety, Permissions))
        known = frozenset({*self._app.mask, *self._label.mask, *self._may.mask})
        self._forms = Forms(in_force, known)
        self._anew = Anew(asking, result, self._forms, in_force)
        self._beside = Beside(self._anew, result, country, lang)
        self._developers: dict[str, str | None] = dict.fromkeys(("named", "numbered", "number"))
        self._absent = 0

    async def run(self, app_ids: Sequence[str]) -> None:
        """Ask for it all."""
        for app_id in app_ids:
            await self._of_app(app_id)
        named, numbered = (
            self._developers["named"],
            self._developers["numbered"] or self._developers["number"],
        )
        for developer in filter(None, (named, numbered)):
            await self._of_developer(developer)
        await self._of_store()
        if self._absent == len(app_ids):
            self._result.unreached["no such app, by its page or by the RPC"] += self._absent

    def tell(self) -> None:
        """Add to the result what was found so far."""
        self._beside.tell(self._forms)
        self._forms.tell(self._result)
        self._anew.tell()
        if self._asking.without_data and any(thing.rpc for thing in self._result.things.values()):
            self._result.moved.append(
                Finding("pages", "data", "they hold none, and the RPC answers as it did")
            )

    async def _of_app(self, app_id: str) -> None:
        page = await self._asking.page(f"/store/apps/details?id={app_id}")
        sheet = page
        if page is not NO_PAGE:
            sheet = await self._asking.page(f"/store/apps/datasafety?id={app_id}", bare_if_none=True)
        new = self._anew.read(page, {"app": app_id}) | self._anew.read(sheet, {"app": app_id})
        answers = await self._anew.ask(
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
        beside = self._beside
        if page is NO_PAGE and "record" in answers and answers["record"].payload is None:
            # There is no such app here: nothing of it can be missed.
            self._result.thing("record").asked += 1
            self._absent += 1
            return
        self._note_developer(beside.app(app_id, page, answers))
        label, may = beside.of("data safety", DataSafety), beside.of("permissions", Permissions)
        beside.one(
            "data safety", DataSafety, templates.DETAILS, answers, "label", self._anew.block(sheet, templates.DETAILS),
            lambda payload: self._label(payload, beside.key(app_id), label.refuse),
            sheet,
        )  # fmt: skip
        beside.one(
            "permissions", Permissions, templates.DETAILS, answers, "may", beside.whole(page),
            lambda payload: self._may(payload, beside.key(app_id), may.refuse),
            page,
        )  # fmt: skip
        beside.rows(
            "reviews", Review, templates.REVIEWS, page, answers, "reviews",
            lambda payload: {reviews.id_of(row): row for row in reviews.page(payload).rows},
        )  # fmt: skip
        beside.rows("related", Listing, templates.RELATED, page, answers, "related", listed)
        beside.note("storefront", templates.STOREFRONT, page, answers, "store", due=True)
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

        answers = await self._anew.ask(make, self._anew.read(page, known))
        beside = self._beside
        linked = who in (self._developers["named"], self._developers["numbered"])
        if page is NO_PAGE and not linked:
            # Whoever has a page under a name has a number besides; whether there is a page under that one, too, is not known.
            page = None
        kind = templates.NUMBERED_DEVELOPER if numbered else templates.NAMED_DEVELOPER
        beside.rows(name, Listing, kind, page, answers, "apps", listed, due=linked)
        if numbered:
            beside.note("app above the list", templates.ABOVE, page, answers, "above")
            beside.one(
                "developer's profile", Developer, templates.PROFILE, answers, "profile",
                self._anew.block(page, templates.DETAILS),
                lambda payload: beside.profile(who, find(payload, _PROFILE)),
                page,
            )  # fmt: skip

    async def _of_store(self) -> None:
        found = await self._asking.page(f"/store/search?q={_QUERY}&c=apps")
        front = await self._asking.page("/store/apps")
        new = self._anew.read(found, {"query": _QUERY}) | self._anew.read(front, {"category": _CATEGORY})
        beside = self._beside
        mask = cards.mask(Listing, list(beside.of("search", Listing).names), calls.CARD)
        answers = await self._anew.ask(
            lambda: (
                calls.search(_QUERY, mask, "search"),
                calls.suggestions(_TERM, "suggestions"),
                calls.chart(_COLLECTION, _CATEGORY, _ROWS, calls.CARD_OF_CHART, "chart"),
                calls.home(_CATEGORY, mask, "front"),
            ),
            new,
        )
        beside.rows(
            "search", Listing, templates.SEARCH, found, answers, "search",
            lambda payload: by_id(lists.results(payload, "search").cards), due=True,
        )  # fmt: skip
        beside.rows("front page", Listing, templates.HOME, front, answers, "front", listed, due=True)
        beside.rows("chart", Listing, templates.CHART, None, answers, "chart", listed)
        beside.call("suggestions", templates.SUGGESTIONS, answers, "suggestions", suggestions.read)

    def _note_developer(self, record: App | None) -> None:
        """One developer by name and one by number are asked for later: those to whom the store links, or else any number."""
        if record is None:
            return
        if who := record.developer_id:
            link = "numbered" if calls.is_number(who) else "named"
            self._developers[link] = self._developers[link] or who
        self._developers["number"] = self._developers["number"] or record.developer_numeric_id

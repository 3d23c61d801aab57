"""The search spider: the apps that the store finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote_plus

from scrapy.http import Response

from playfast import arguments
from playfast.errors import PageError
from playfast.items import App, Listing, ListingSweep
from playfast.play import calls, cards, lists
from playfast.play.envelope import Answer, Call
from playfast.play.page import Page
from playfast.play.verdict import Status
from playfast.sources.phrases import SEARCHES
from playfast.spiders.listings import Lists, More
from playfast.spiders.plan import Asked, Storefront, Via
from playfast.spiders.swept_lists import SweptLists

_PRICES = {"all": 0, "free": 1, "paid": 2}
_FIRST, _OLDER = ".first", ".older"


class SearchSpider(SweptLists):
    """What the store finds: a row for each app in the order shown, and one record for every asked (query, country, language)."""

    name = "search"
    source = "queries"
    features = overlaps = True
    decisive = (*SweptLists.decisive, "price", "pages")
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.queries(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(Listing),
        arguments.choice(
            "price",
            _PRICES,
            "Apps of any price, or only free or paid ones. Only the page of a search can tell these apart, so they are read from pages.",
            "all",
        ),
        arguments.whole_number(
            "pages",
            "Parts of the results: the first has the 20 to 30 that the page of a search shows. More are asked for in an older way that has "
            "been unverified since 2024, and have less to tell of each app.",
            "1",
            least=1,
        ),
        *arguments.of_lists(ListingSweep, App),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.batch("Calls in one POST.", "8"),
    )

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:
        problems = super().consider(asked)
        if asked["pages"] > 1 and asked["via"] == Via.PAGE:
            problems.append("pages: a page of a search has no further part; leave out via=page, or pages=")
        if asked["price"] != "all":
            if asked["pages"] > 1:
                problems.append("pages: only searches of any price go on; leave out price=, or pages=")
            asked["via"] = Via.PAGE
        return problems

    def prepare(self) -> None:
        super().prepare()
        self._fields = cards.mask(Listing, self.field_names, calls.CARD)
        price = self.asked["price"]
        self._list = "search" if price == "all" else f"search_{price}"

    def problem(self, entry: str) -> str | None:
        return SEARCHES.problem(entry)

    def entries_of(self, lines: Iterable[str]) -> Iterator[str]:
        return SEARCHES.read(lines)

    # What is asked.

    @property
    def most_parts(self) -> int | None:
        return int(self.asked["pages"])

    def first_calls(self, asked: Asked, tag: str) -> Iterable[Call]:
        yield calls.search(asked.what, self._fields, tag + _FIRST)
        if self.asked["pages"] > 1:
            yield calls.older_search(asked.what, tag + _OLDER)

    def call_for_more(self, step: More, tag: str) -> Call:
        return calls.more_of_search(step.token, tag)

    # What comes.

    def sections_of(
        self,
        asked: Asked,
        found: Lists,  # noqa: ARG002 - as of all lists
        tag: str,
        answers: Mapping[str, Answer],
    ) -> list[lists.Section] | None:
        first = self.answer_of(asked, answers.get(tag + _FIRST))
        if first is None:
            return None
        beside, cut = None, False
        if self.asked["pages"] > 1:
            older = self.answer_of(asked, answers.get(tag + _OLDER))
            if older is None:
                return None
            more = older.decoded()
            beside, cut = None if more is None else lists.older(more), more is None
        payload = first.decoded()
        if (
            payload is None
        ):  # a page says so with a list of nothing; a call that Play does not take is answered like this
            asked.reason = "the search has no answer"
            self.count_unusable(asked)
            return None
        return [lists.results(payload, self._list, beside)._replace(cut=cut)]

    def page_address(self, asked: Asked) -> str:
        where, price = asked.storefront, _PRICES[self.asked["price"]]
        return f"{self.origin}/store/search?q={quote_plus(asked.what)}&c=apps&price={price}&hl={where.lang}&gl={where.country}"

    def read_page(self, asked: Asked, response: Response, fetched_at: datetime) -> list[Any] | None:
        found = self._open[asked.what, asked.storefront]
        page = Page(response.body)
        if not page.is_whole:
            raise PageError("the page was cut short")
        payload = page.block(calls.SEARCH)
        if payload is None:
            raise PageError("the page has no block with results")
        return self.begun(asked, found, [lists.results(payload, self._list)], fetched_at, Via.PAGE)

    def address_of(self, what: str, storefront: Storefront) -> str:
        return self.page_address(Asked(what, storefront))

"""The suggest spider: what people search for who have begun to type something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote_plus

from playfast import arguments
from playfast.items import Suggestions
from playfast.play import calls, suggestions
from playfast.play.envelope import Answer, Call
from playfast.play.verdict import Status
from playfast.sources.phrases import SEARCHES
from playfast.spiders.from_list import FromList
from playfast.spiders.plan import Asked, Storefront, Via


class SuggestSpider(FromList):
    """The store's suggestions: one record for every asked (term, country, language)."""

    name = "suggest"
    item = Suggestions
    source = "terms"
    reads_feeds = False
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.terms(),
        arguments.expand(),
        arguments.countries(),
        arguments.langs(),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.batch("Terms in one POST.", "64"),
    )
    instead = "there are no pages with suggestions, so the rest is given up"

    def prepare(self) -> None:
        asked = self.asked
        storefronts = [Storefront(country, lang) for country in asked["countries"] for lang in asked["langs"]]
        self.plan_for(storefronts, pages=False)
        self.list_for(storefronts)

    def problem(self, entry: str) -> str | None:
        return SEARCHES.problem(entry)

    def entries_of(self, lines: Iterable[str]) -> Iterator[str]:
        """Each term, and with each of the endings behind it."""
        for term in SEARCHES.read(lines):
            yield term
            for ending in self.asked["expand"]:
                yield term + ending

    def expected(self) -> int | None:
        lines = super().expected()
        # A limit counts what is asked, endings included.
        return lines if lines is None or self.asked["limit"] else lines * (1 + len(self.asked["expand"]))

    def calls_of(self, asked: Asked, tag: str) -> Iterable[Call]:
        return (calls.suggestions(asked.what, tag),)

    def read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        answer = self.answer_of(asked, answers.get(tag))
        if answer is None:
            return None
        found = suggestions.read(answer.decoded())
        return [
            self._record(asked, Status.AVAILABLE, fetched_at=fetched_at, via=Via.RPC.value, suggestions=found)
        ]

    def unanswered(self, asked: Asked) -> list[Any]:
        return [self._record(asked, Status.ERROR, error=asked.reason)]

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        return self._record(Asked(entry, storefront), Status.INVALID_ID, error=self.problem(entry))

    def _record(self, asked: Asked, status: Status, **more: Any) -> Suggestions:
        where = asked.storefront
        address = (
            f"{self.origin}/store/search?q={quote_plus(asked.what)}&c=apps&hl={where.lang}&gl={where.country}"
        )
        return Suggestions(
            term=asked.what,
            country=where.country,
            lang=where.lang,
            status=status.value,
            url=None if status is Status.INVALID_ID else address,
            **more,
        )

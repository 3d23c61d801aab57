"""Whether the store that answered is the one that was asked: a question that rides along in each pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from playfast.errors import EnvelopeError
from playfast.play import storefronts
from playfast.play.envelope import Answer
from playfast.play.page import Page
from playfast.runs import options
from playfast.spiders.plan import Storefront


class Verification:
    """With `PLAYFAST_VERIFY_STOREFRONT`: reads whose store answered, counts those of another country, and marks their records.

    Args:
        again: have answers of another country asked again, instead of giving their records.
        crawler: that has the statistics.
    """

    TAG: ClassVar[str] = "storefront"

    def __init__(self, *, again: bool, crawler: Crawler) -> None:
        self._again = again
        self._crawler = crawler

    @classmethod
    def of(cls, settings: BaseSettings, crawler: Crawler) -> Self | None:
        """What the settings ask for; None for nothing."""
        mode = options.read(settings).verify_storefront
        return None if mode == "off" else cls(again=mode == "retry", crawler=crawler)

    def of_answer(self, answers: Mapping[str, Answer], asked: Storefront) -> str | None:
        """The code of the country whose store gave an answer; None where it does not say, or not in words that are known."""
        answer = answers.get(self.TAG)
        try:
            payload = None if answer is None else answer.decoded()
        except EnvelopeError:
            payload = None
        return self._counted(storefronts.country(payload, asked.lang), asked)

    def of_page(self, page: Page, asked: Storefront) -> str | None:
        """The same of a page, which carries the code itself."""
        return self._counted(page.country, asked)

    def to_ask_again(self, served: str | None, asked: Storefront) -> str | None:
        """Why an answer is not to be used; None if it is."""
        if not self._again or served in (None, asked.country):
            return None
        return f"the store of {served} answered in the place of {asked.country}"

    def mark(self, items: Iterable[Any], served: str | None) -> None:
        """Write on each record that has a place for it which store it came from."""
        if served is None:
            return
        for item in items:
            if hasattr(item, "served_country"):
                item.served_country = served

    def _counted(self, served: str | None, asked: Storefront) -> str | None:
        word = "unknown" if served is None else "same" if served == asked.country else "other"
        self._crawler.stats.inc_value(f"playfast/storefront/{word}")
        return served

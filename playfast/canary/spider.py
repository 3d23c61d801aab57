"""The crawl in which the canary asks. No user's spider: it gives no items."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import islice
from typing import Any, ClassVar

from playfast import arguments
from playfast.canary.asking import Asking
from playfast.canary.course import Course
from playfast.canary.result import Result
from playfast.errors import CrawlEndsError
from playfast.items import App
from playfast.runs import options
from playfast.sources import app_ids
from playfast.spiders.base import PlaySpider

MOST = 20
"""Apps that are asked for; each is two pages of a megabyte and a pack."""


class CanarySpider(PlaySpider):
    """Asks a few dozen things once."""

    name = "canary"
    item = App
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.one_country("The storefront to ask."),
        arguments.one_lang(),
    )
    result: Result

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:
        """What is wrong with the apps; makes a list of them."""
        listed = list(islice(dict.fromkeys(app_ids.read(asked["ids"].lines())), MOST + 1))
        asked["apps"] = listed
        problems = [f"ids: {why}" for entry in listed if (why := app_ids.problem(entry))]
        if not listed:
            problems.append("ids: there is none in it")
        if len(listed) > MOST:
            problems.append(f"ids: {MOST} apps at most are asked for, each by two pages and a pack")
        return problems

    def prepare(self) -> None:
        self.result = Result(self.origin)

    async def start(self) -> AsyncIterator[Any]:
        """One request after the other; nothing is yielded."""
        country, lang = self.asked["countries"][0], self.asked["langs"][0]
        course = Course(
            Asking(self, self.result, country, lang),
            self.result,
            country,
            lang,
            options.read(self.settings).templates,
        )
        try:
            await course.run(self.asked["apps"])
        except CrawlEndsError:
            self.logger.debug("The crawl ends before everything was asked.")
        return
        yield  # which makes it what Scrapy takes from a spider

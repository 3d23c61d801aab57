"""The crawl in which the canary asks. No user's spider: it gives no items."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import islice
from typing import Any, ClassVar

from playfast import arguments
from playfast.canary.asking import Asking
from playfast.canary.course import Course
from playfast.canary.result import Result
from playfast.errors import CrawlEndsError, SourceError
from playfast.items import App
from playfast.runs import options
from playfast.sources import app_ids
from playfast.spiders.base import PlaySpider

MOST = 20
"""Apps that are asked for; each is two pages of a megabyte and a pack."""


def _apps(text: str) -> list[str]:
    """The apps of a list, all of which can be asked for."""
    try:
        listed = list(islice(dict.fromkeys(app_ids.read(arguments.ids().read(text).lines())), MOST + 1))
    except SourceError as error:
        raise arguments.Mistake(str(error)) from error
    problems = [f"{entry[:60]!r}: {why}" for entry in listed if (why := app_ids.problem(entry))]
    if not listed:
        problems.append("there is none in it")
    if len(listed) > MOST:
        problems.append(f"{MOST} apps at most are asked for, each by two pages and a pack")
    if problems:
        raise arguments.Mistake("; ".join(problems))
    return listed


class CanarySpider(PlaySpider):
    """Asks a few dozen things once."""

    name = "canary"
    item = App
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        replace(arguments.ids(), read=_apps),
        arguments.one_country("The storefront to ask."),
        arguments.one_lang("The language to ask in.", matters=True),
    )
    result: Result

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
            await course.run(self.asked["ids"])
        except CrawlEndsError:
            # Nothing more can be asked; the command tells why, and the result that not everything was.
            self.result.cut_short = self.result.cut_short or "the crawl ended"
        course.tell()
        return
        yield  # which makes it what Scrapy takes from a spider

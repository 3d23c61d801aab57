"""A spider of lists without a crawl: what it asks is answered here, pack by pack."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import orjson
from scrapy.crawler import Crawler
from scrapy.http import TextResponse
from scrapy.statscollectors import MemoryStatsCollector

from playfast.middlewares.cache import TAGS


class Asking:
    """The spider, pack by pack."""

    def __init__(self, spider, what, **given):
        crawler = Crawler(spider, {"PLAYFAST_URL": "http://127.0.0.1:1/"})
        crawler.stats = MemoryStatsCollector(crawler)
        self.spider = spider.from_crawler(crawler, **given)
        self.spider.plan.add([what], self.spider.enter(what, tuple(self.spider.plan.storefronts)))
        self.spider.plan.end()

    def answered(self, answers):
        """The items of what is answered next, by the part of the tag that tells calls apart, or the step's; what is left out gets no answer, ... is null."""
        pack = self.spider.plan.next()
        request = self.spider.request(pack)
        frames = [["di", 62]]  # there in every answer
        for tag in request.meta[TAGS]:
            number, _, name = tag.partition(".")
            payload = answers.get(name or getattr(pack.asked[int(number)].step, "collection", "more"))
            if payload is not None:
                written = None if payload is ... else orjson.dumps(payload).decode()
                frames.append(["wrb.fr", "rpc", written, None, None, None, tag])
        response = TextResponse(
            request.url, body=b")]}'\n\n" + orjson.dumps(frames), request=request, encoding="utf-8"
        )
        items = list(self.spider.parse_pack(response, pack))
        assert not self.spider.crawler.stats.get_value("playfast/faults")
        return items

    def to_the_end(self, answers):
        """The items of all that is still asked."""
        items = []
        while not self.spider.plan.done:
            items += self.answered(answers)
        return items


class Clock:
    """What stands in the place of `datetime` where answers come: each comes an hour after the one before."""

    def __init__(self):
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self, zone):
        assert zone is UTC
        self.at += timedelta(hours=1)
        return self.at

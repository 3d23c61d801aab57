"""The crawl that asks one question. No user's spider: it gives no items."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, ClassVar

from scrapy.http import Response

from playfast.arguments import Arguments
from playfast.errors import CrawlEndsError
from playfast.items import App
from playfast.play import envelope
from playfast.recording.question import Question
from playfast.spiders.base import PlaySpider


class RecordSpider(PlaySpider):
    """Asks once, at a crawl's pace and with its patience, and keeps the answer as it came."""

    name = "record"
    item = App
    arguments: ClassVar[Arguments] = Arguments()
    question: ClassVar[Question]
    answer: Response | None = None
    failure: str | None = None

    @property
    def asked_for(self) -> dict[str, Any]:
        """The request: method, address, body."""
        question = self.question
        if question.path is not None:
            return {"method": "GET", "address": f"{self.origin}{question.path}", "body": None}
        assert question.call is not None
        return {
            "method": "POST",
            "address": envelope.address(
                self.origin, [question.call.rpc], question.lang or "", question.country or ""
            ),
            "body": envelope.pack([question.call]).decode(),
        }

    async def start(self) -> AsyncIterator[Any]:
        """One request; nothing is yielded."""
        asked = self.asked_for
        request = self.to_play(
            asked["address"],
            method=asked["method"],
            body=asked["body"] or b"",
            headers=envelope.HEADERS if asked["body"] else None,
        )
        engine = self.crawler.engine
        assert engine is not None
        try:
            self.answer = await engine.download_async(request)
        except CrawlEndsError:
            self.failure = "the crawl ended before there was an answer"
        except Exception as error:  # noqa: BLE001 - whatever a download fails with, it is told
            self.failure = f"{type(error).__name__}: {error}".rstrip(": ")[:300]
        return
        yield  # which makes it what Scrapy takes from a spider

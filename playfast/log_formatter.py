"""What Scrapy logs about single records and answers: nothing, unless someone reads it."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class QuietLogFormatter(LogFormatter):
    """Makes no lines for single records and answers, unless LOG_LEVEL is DEBUG: Scrapy makes them first and drops them later."""

    def __init__(self, *, quiet: bool = True) -> None:
        self.quiet = quiet

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        level = crawler.settings["LOG_LEVEL"]
        number = level if isinstance(level, int) else logging.getLevelName(str(level).upper())
        return cls(
            quiet=not crawler.settings.getbool("LOG_ENABLED")
            or not isinstance(number, int)
            or number > logging.DEBUG
        )

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        if self.quiet:
            return None  # type: ignore[return-value]  # Scrapy's documented way to log nothing
        return super().scraped(item, response, spider)

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult:
        if self.quiet:
            return None  # type: ignore[return-value]  # as above
        return super().crawled(request, response, spider)

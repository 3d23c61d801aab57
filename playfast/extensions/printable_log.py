"""A log that cannot drive a terminal, wherever it is read: titles and reasons in it are other people's text."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.log import get_scrapy_root_handler

from playfast.runs.printable import printable


class PrintableLog:
    """Puts control characters into Scrapy's log as visible escapes, while a spider is open."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls()
        crawler.signals.connect(extension.start, signals.spider_opened)
        return extension

    def start(self) -> None:
        handler = get_scrapy_root_handler()
        if handler is not None and not isinstance(handler.formatter, PrintableFormatter):
            handler.setFormatter(PrintableFormatter(handler.formatter or logging.Formatter()))


class PrintableFormatter(logging.Formatter):
    """Formats as another does, printable."""

    def __init__(self, like: logging.Formatter) -> None:
        super().__init__()
        self._like = like

    def format(self, record: logging.LogRecord) -> str:
        return printable(self._like.format(record))

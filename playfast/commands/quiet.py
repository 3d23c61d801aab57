"""A terminal is spared the wall of text that Scrapy logs when it starts: some sixty lines that say nothing of the crawl."""

from __future__ import annotations

import logging
import sys

from scrapy.settings import SETTINGS_PRIORITIES as PRIORITIES
from scrapy.settings import BaseSettings

_WORDY = {
    "scrapy.addons": "Enabled addons",
    "scrapy.crawler": "Overridden settings",
    "scrapy.middleware": "Enabled ",
    "scrapy.core.engine": "Spider opened",
    "scrapy.extensions.logstats": "Crawled %(pages)d pages",
}
"""What a logger's lines begin with, before its values are put in."""


def wanted(settings: BaseSettings) -> bool:
    """Whether the log goes to a terminal, at a level that nobody has asked for."""
    asked_for = (settings.getpriority("LOG_LEVEL") or 0) >= PRIORITIES["cmdline"]
    return sys.stderr is not None and sys.stderr.isatty() and not settings["LOG_FILE"] and not asked_for


def before_start(settings: BaseSettings) -> None:
    """Leave the list of versions out; it is logged before anything can be filtered."""
    settings.set("LOG_VERSIONS", [], priority="command")


def install() -> None:
    """Leave the other lines out, where they are made: Scrapy changes its handler once more for the crawl."""
    for name in _WORDY:
        logging.getLogger(name).addFilter(_says_something)


def _says_something(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or not str(record.msg).startswith(_WORDY[record.name])

"""A terminal is spared the wall of text that Scrapy logs when it starts: some sixty lines that say nothing of the crawl."""

from __future__ import annotations

import logging
import sys

from scrapy.settings import SETTINGS_PRIORITIES as PRIORITIES
from scrapy.settings import BaseSettings
from scrapy.utils.log import get_scrapy_root_handler

_WORDY = ("Overridden settings", "Enabled ", "Spider opened", "Crawled %(pages)d pages")


def wanted(settings: BaseSettings) -> bool:
    """Whether the log goes to a terminal, at a level that nobody has asked for."""
    asked_for = (settings.getpriority("LOG_LEVEL") or 0) >= PRIORITIES["cmdline"]
    return sys.stderr.isatty() and not settings["LOG_FILE"] and not asked_for


def before_start(settings: BaseSettings) -> None:
    """Leave the list of versions out; it is logged before anything can be filtered."""
    settings.set("LOG_VERSIONS", [], priority="command")


def install() -> None:
    """Leave the other lines out of Scrapy's own log handler."""
    handler = get_scrapy_root_handler()
    if handler is not None:
        handler.addFilter(_says_something)


def _says_something(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or not (
        record.name.startswith("scrapy.") and str(record.msg).startswith(_WORDY)
    )

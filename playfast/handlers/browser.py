"""Sends requests that ask for it through Chromium, all others as ever. Imports Playwright: only for crawls that may need a browser."""

from __future__ import annotations

from typing import Any

from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from playfast.handlers.timed import Watch

_DECORATION = {"image", "font", "media", "stylesheet"}


class BrowserDownloadHandler(Watch, ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it has no types
    """scrapy-playwright's handler with a watch. The browser starts with the first request that asks for it."""


def is_decoration(request: Any) -> bool:
    """Whether a page asks for something that its data do not need."""
    return request.resource_type in _DECORATION

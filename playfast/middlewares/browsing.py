"""Requests that go through the browser, and what it does with their pages. Imports Playwright when the first one is made."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from scrapy.http import Request

logger = logging.getLogger(__name__)

IN_BROWSER = "playwright"
"""The key of a request's meta by which scrapy-playwright knows what is for it."""
_METHODS = "playwright_page_methods"
_CONSENT_FORM = "form[action*='//consent.']"
_COOKIE = "SOCS"


def in_browser(request: Request, picture: Path | None = None) -> Request:
    """The same request, for the browser, which leaves a picture of the page where one is asked for."""
    from scrapy_playwright.page import PageMethod  # noqa: PLC0415 - crawls without a browser do not pay for it

    visit = request.copy()
    visit.dont_filter = True
    visit.headers.pop("Cookie", None)  # the browser has its own
    visit.meta.update({"dont_cache": True, IN_BROWSER: True, _METHODS: [PageMethod(say_no)]})
    if picture is not None:
        visit.meta[_METHODS].append(PageMethod(take_picture, picture))
    return visit


def consent_cookie(request: Request) -> str | None:
    """The cookie that the browser got by its click on this request's way, as a header; None if there was none to click."""
    value = request.meta[_METHODS][0].result
    return None if value is None else f"{_COOKIE}={value}"


async def say_no(page: Any) -> str | None:
    """Click the first button of a page on cookies, which says no; returns the value of the cookie that this gives."""
    form = page.locator(_CONSENT_FORM).first
    if not await form.count():
        return None
    async with page.expect_navigation():
        await form.locator("[type=submit], button").first.click()
    cookies = await page.context.cookies()
    return next((cookie["value"] for cookie in cookies if cookie["name"] == _COOKIE), None)


async def take_picture(page: Any, path: Path) -> bool:
    """Store a picture of what is seen of a page; one that cannot be stored costs no record."""
    from playwright.async_api import Error  # noqa: PLC0415 - crawls without a browser do not pay for it

    try:
        await page.screenshot(path=path)
    except (Error, OSError) as error:
        logger.warning("No picture at %s: %s", path, str(error).splitlines()[0])
        return False
    return True

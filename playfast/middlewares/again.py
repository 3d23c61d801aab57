"""A request that is asked once more without counting as a retry."""

from __future__ import annotations

from scrapy.http import Request

from playfast.runs.pace import SLOT


def again(request: Request) -> Request:
    """The same request, past the filter of duplicates and the HTTP cache, and through whatever proxy is free then."""
    more = request.copy()
    more.dont_filter = True
    more.meta["dont_cache"] = True
    more.meta["download_slot"] = SLOT
    return more

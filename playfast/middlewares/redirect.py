"""Redirects, as Scrapy follows them."""

from __future__ import annotations

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.spidermiddlewares.referer import RefererMiddleware


class PlainRedirectMiddleware(RedirectMiddleware):
    """Scrapy's, without its warning where no middleware sets a `Referer`: no request to Play has one."""

    def _engine_started(self) -> None:
        """What Scrapy's does, but for the warning; there is no public word for it, and tests show when it is no longer asked."""
        self._referer_spider_middleware = self.crawler.get_spider_middleware(RefererMiddleware)

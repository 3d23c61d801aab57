"""Finds the store's sitemaps: robots.txt names indices, these name shards, and all of them together are one generation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from scrapy.http import Response
from scrapy.utils.asyncio import run_in_thread

from playfast.errors import CrawlEndsError, SitemapError
from playfast.middlewares.cache import SITEMAP
from playfast.play import generation, sitemap
from playfast.play.generation import Found
from playfast.spiders.base import PlaySpider

TRIES = 5
_ROBOTS = "/robots.txt"
_OK = 200
META = {SITEMAP: True}
"""Of requests for sitemaps."""

Read = TypeVar("Read")


class Sitemaps:
    """The sitemaps of the store that a spider asks."""

    def __init__(self, spider: PlaySpider) -> None:
        self._spider = spider
        self._host = urlsplit(spider.origin).hostname

    async def found(self) -> Found:
        """The generation that the store has now.

        Raises:
            SitemapError: it has none that can be read.
            CrawlEndsError: the crawl ends.
        """
        indices = await self._got(
            _ROBOTS, lambda robots: sitemap.named_by_robots(robots.decode("utf-8", "replace"))
        )
        if not indices:
            raise SitemapError(f"{_ROBOTS} of {self._spider.origin} names no sitemaps")
        paths: list[str] = []
        for address in dict.fromkeys(indices):
            index = generation.path_of(address, self._host)
            paths += await self._got(index, self._paths)
        return await run_in_thread(generation.whole, paths)

    def _paths(self, index: bytes) -> list[str]:
        return [generation.path_of(address, self._host) for address in sitemap.files(index)]

    async def _got(self, path: str, read: Callable[[bytes], Read]) -> Read:
        """What a file says; one that cannot be read is asked for again."""
        told = ""
        for _ in range(TRIES):
            response = await self._response(path)
            if response.status != _OK:
                told = f"HTTP status {response.status}"
                continue
            try:
                return await run_in_thread(read, response.body)
            except SitemapError as error:
                told = str(error)
        raise SitemapError(f"{path}: {told}")

    async def _response(self, path: str) -> Response:
        spider = self._spider
        assert spider.crawler.engine is not None
        try:
            return await spider.crawler.engine.download_async(
                spider.to_play(spider.origin + path, meta=dict(META))
            )
        except CrawlEndsError:
            raise
        except Exception as error:  # whatever it was, nothing came, and Scrapy has tried again
            raise SitemapError(f"{path}: {type(error).__name__}: {error}".rstrip(": ")) from error

"""A storage of a user's that takes a feed when it is closed, as those in the cloud do."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import BlockingFeedStorage


class Bucket(BlockingFeedStorage):
    """`bucket:///folder/name` is a file; with the setting BUCKET_FULL it takes none."""

    def __init__(self, uri: str, *, full: bool) -> None:
        self.to = Path(urlsplit(uri).path)
        self.full = full

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> Self:  # noqa: ARG003 - what Scrapy calls it with
        return cls(uri, full=crawler.settings.getbool("BUCKET_FULL"))

    def _store_in_thread(self, file: IO[bytes]) -> None:
        file.seek(0)
        if self.full:
            raise OSError("the bucket is full")
        with self.to.open("wb") as there:
            shutil.copyfileobj(file, there)
        file.close()

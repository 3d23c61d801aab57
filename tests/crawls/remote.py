"""A storage of a user's that takes a feed when it is closed, as those in the cloud do."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from scrapy.extensions.feedexport import BlockingFeedStorage


class Bucket(BlockingFeedStorage):
    """`bucket:///folder/name` is a file; where a file named `full` stands beside it, it takes none."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - Scrapy's
        self.to = Path(urlsplit(uri).path)

    def _store_in_thread(self, file: IO[bytes]) -> None:
        file.seek(0)
        if self.to.with_name("full").exists():
            raise OSError("the bucket is full")
        with self.to.open("wb") as there:
            shutil.copyfileobj(file, there)
        file.close()

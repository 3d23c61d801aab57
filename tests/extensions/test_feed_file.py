"""A feed's file is written in blocks, and emptied every few seconds."""

from __future__ import annotations

import asyncio
import errno
import gzip
import io
import json

from scrapy.spiders import Spider

from playfast.extensions.feed_file import BlockFeedStorage
from playfast.extensions.feeds import FEED_FAILED

from .test_feeds import Engine, item, prepared


def test_folders_are_made_and_what_stands_there_is_added_to_or_replaced(tmp_path):
    path = tmp_path / "new" / "apps.jsonl"
    for overwrite, content in ((False, b"a"), (False, b"aa"), (True, b"a")):
        file = BlockFeedStorage(str(path), feed_options={"overwrite": overwrite}).open(Spider("test"))
        file.write(b"a")
        file.close()
        assert path.read_bytes() == content


def test_an_address_of_a_file_is_a_path(tmp_path):
    path = tmp_path / "apps.jsonl"
    with BlockFeedStorage(path.as_uri()).open(Spider("test")) as file:
        file.write(b"a")
    assert path.read_bytes() == b"a"


def exporting(feeds):
    crawler, exporter = prepared(feeds)
    crawler.engine = Engine()
    exporter.open_spider(crawler.spider)
    exporter.item_scraped(item("a.b"), crawler.spider)
    return crawler, exporter


def test_a_record_waits_in_the_block_until_it_is_handed_on(tmp_path):
    path = tmp_path / "apps.jsonl"
    _, exporter = exporting({str(path): {"format": "jsonlines"}})
    assert path.read_bytes() == b""
    exporter.flush()
    assert json.loads(path.read_bytes())["app_id"] == "a.b"
    exporter.flush()
    assert path.read_bytes().count(b"\n") == 1
    exporter.slots[0].file.close()


def test_a_compressed_feed_and_one_without_records_are_left_alone(tmp_path):
    path = tmp_path / "apps.jsonl.gz"
    plugins = ["scrapy.extensions.postprocessing.GzipPlugin"]
    crawler, exporter = exporting(
        {
            str(path): {"format": "jsonlines", "postprocessing": plugins},
            str(tmp_path / "none.csv"): {"format": "csv", "only": ["error"]},
        }
    )
    exporter.flush()
    asyncio.run(exporter.close_spider(crawler.spider))
    assert json.loads(gzip.decompress(path.read_bytes()))["app_id"] == "a.b"


class Disk(io.RawIOBase):
    """One that is full, until it is not."""

    full = True

    def writable(self):
        return True

    def write(self, data):
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(data)


def test_a_full_disk_is_noticed_when_the_block_is_handed_on(tmp_path, monkeypatch):
    crawler, exporter = exporting({str(tmp_path / "apps.jsonl"): {"format": "jsonlines"}})
    exporter.slots[0].file.close()
    disk = Disk()
    file = io.BufferedWriter(disk)
    file.write(b"a")
    monkeypatch.setattr(exporter.slots[0], "file", file)

    async def flush():
        exporter.flush()
        await asyncio.sleep(0)

    asyncio.run(flush())
    assert "No space left on device" in crawler.stats.get_value(FEED_FAILED)
    assert crawler.engine.closed == ["feed_failed"]
    disk.full = False
    file.close()

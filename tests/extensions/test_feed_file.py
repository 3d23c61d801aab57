"""A feed's file is written in blocks, and emptied every few seconds."""

from __future__ import annotations

import asyncio
import errno
import gzip
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.spiders import Spider

from playfast.extensions.feed_file import BlockFeedStorage, BlockFile
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


def test_a_feed_of_scrapys_own_plugin_and_one_without_records_are_left_alone(tmp_path):
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_noticed_when_the_block_is_handed_on(tmp_path, monkeypatch):
    crawler, exporter = exporting({str(tmp_path / "apps.jsonl"): {"format": "jsonlines"}})
    exporter.slots[0].file.close()
    file = BlockFile(Path("/dev/full"), "ab")
    file.write(b"a")
    monkeypatch.setattr(exporter.slots[0], "file", file)

    async def flush():
        exporter.flush()
        await asyncio.sleep(0)

    asyncio.run(flush())
    assert "No space left on device" in crawler.stats.get_value(FEED_FAILED)
    assert crawler.engine.closed == ["feed_failed"]
    with pytest.raises(OSError, match="No space"):
        file.close()
    assert file.closed


class SmallDisk:
    """Takes that many bytes more, as a disk does that gets full."""

    def __init__(self, raw, room):
        self.raw, self.room = raw, room

    def write(self, data):
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = self.raw.write(data[: self.room])
        self.room -= taken
        return taken

    def __getattr__(self, name):
        return getattr(self.raw, name)


@given(
    records=st.lists(st.binary(min_size=1, max_size=9), min_size=1, max_size=9),
    room=st.integers(0, 60),
    before=st.binary(max_size=5),
)
def test_a_disk_that_gets_full_tears_no_record_and_none_is_lost_once_there_is_room(records, room, before):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "apps"
        path.write_bytes(before)
        file = BlockFile(path, "ab")
        raw = file._raw
        file._raw = SmallDisk(raw, room)
        for record in records:
            file.write(record)
        assert file.tell() == len(before) + len(b"".join(records))
        whole = before
        for record in records:
            if len(whole) + len(record) > len(before) + room:
                break
            whole += record
        if whole == before + b"".join(records):
            file.flush()
        else:
            with pytest.raises(OSError, match="No space"):
                file.flush()
        assert path.read_bytes() == whole
        assert file.tell() == len(before) + len(b"".join(records))
        file._raw = raw
        file.close()
        assert path.read_bytes() == before + b"".join(records)


def test_blocks_are_handed_on_by_themselves(tmp_path):
    path = tmp_path / "apps"
    with BlockFile(path, "wb") as file:
        for _ in range(300):
            file.write(b"x" * 999 + b"\n")
        assert len(path.read_bytes()) > 250_000
        assert path.read_bytes().endswith(b"\n")


def test_what_has_no_length_is_written_all_the_same():
    with BlockFile(Path(os.devnull), "wb") as file:
        file.write(b"abc")
        assert file.tell() == 3
        file.flush()
        file.sync()
        assert file.tell() == 0

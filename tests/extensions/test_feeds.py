"""Feeds are tried before anything is asked, at no cost to what is in them."""

from __future__ import annotations

import asyncio
import csv
import gzip
import io
import json
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import pytest
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from playfast import settings
from playfast.extensions.feed_options import GZIP
from playfast.extensions.feeds import FEED_FAILED, WatchedFeedExporter
from playfast.items import App
from playfast.play.fields import key

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

OURS = {name: getattr(settings, name) for name in ("FEED_EXPORTERS", "FEED_STORAGES", "FEED_EXPORT_ENCODING")}
OURS["EXTENSIONS"] = {"scrapy.extensions.feedexport.FeedExporter": None}  # each test makes its own


@dataclass(slots=True)
class Chart:
    app_id: str = key("Which.", "a")
    rank: int = key("Where.", 1)


def item(app_id, status="available", **more):
    return App(app_id=app_id, country="us", lang="en", status=status, **more)


def prepared(feeds, spider=Spider, **more):
    """A crawler and its exporter of feeds, before the spider is opened."""
    crawler = get_crawler(spider, settings_dict={**OURS, "FEEDS": feeds, **more})
    crawler.spider = spider.from_crawler(crawler, name="test")
    return crawler, WatchedFeedExporter.from_crawler(crawler)


def opened(feeds):
    crawler, exporter = prepared(feeds)
    exporter.open_spider(crawler.spider)
    return exporter


class Engine:
    """Notes what the crawl would be closed for."""

    def __init__(self):
        self.closed = []

    async def close_spider_async(self, *, reason):
        self.closed.append(reason)


def run(feeds, items, spider=Spider):
    """Write items into feeds, from the opening of a spider to its end; None lets what was begun go on."""

    async def crawl():
        crawler, exporter = prepared(feeds, spider)
        crawler.engine = Engine()
        exporter.open_spider(crawler.spider)
        for one in items:
            if one is None:
                await asyncio.sleep(0)
                continue
            try:
                exporter.item_scraped(one, crawler.spider)
            except Exception:  # noqa: BLE001 - Scrapy logs it
                assert crawler.stats.get_value(FEED_FAILED)
        await exporter.close_spider(crawler.spider)
        await asyncio.sleep(0)
        return crawler, exporter

    return asyncio.run(crawl())


def ids(path):
    return IDS["jsonl"](path.read_bytes())


def _of_parquet(data):
    pq = pytest.importorskip("pyarrow.parquet", reason="reads the feeds in Parquet")
    return pq.read_table(io.BytesIO(data)).column("app_id").to_pylist()


IDS = {
    "csv": lambda data: [row["app_id"] for row in csv.DictReader(io.StringIO(data.decode()))],
    "json": lambda data: [row["app_id"] for row in json.loads(data)],
    "jsonl": lambda data: [json.loads(line)["app_id"] for line in data.splitlines()],
    "xml": lambda data: [element.findtext("app_id") for element in ET.fromstring(data)],
    "parquet": _of_parquet,
}
"""The ids in the bytes of a file, by format."""


def test_a_file_that_can_be_written_is_neither_made_nor_changed(tmp_path):
    there, new = tmp_path / "there.jsonl", tmp_path / "folder" / "new.jsonl"
    there.write_text("what was there\n", encoding="utf-8")
    opened({there: {"format": "jsonlines", "overwrite": True}, new: {"format": "csv"}})
    assert there.read_text(encoding="utf-8") == "what was there\n"
    assert not new.exists()


def test_one_bad_feed_of_several_is_named_and_costs_the_others_nothing(tmp_path):
    good = tmp_path / "good.jsonl"
    good.write_text("what was there\n", encoding="utf-8")
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    bad = tmp_path / "file" / "bad.jsonl"
    feeds = {
        good: {"format": "jsonlines", "overwrite": True},
        bad: {"format": "jsonlines"},
        tmp_path: {"format": "csv"},
    }
    crawler = get_crawler(Spider, settings_dict={"FEEDS": feeds})
    crawler.spider = Spider.from_crawler(crawler, name="test")
    exporter = WatchedFeedExporter.from_crawler(crawler)
    with pytest.raises(CloseSpider) as closed:
        exporter.open_spider(crawler.spider)
    assert closed.value.reason == "feed_failed"
    told = crawler.stats.get_value(FEED_FAILED)
    assert str(bad) in told
    assert str(tmp_path) in told
    assert str(good) not in told
    assert good.read_text(encoding="utf-8") == "what was there\n"
    assert exporter.slots == []


def test_a_link_without_a_target_stays_as_it_is(tmp_path):
    link = tmp_path / "latest.jsonl"
    link.symlink_to(tmp_path / "real.jsonl")
    opened({link: {"format": "jsonlines"}})
    assert link.is_symlink()
    assert not (tmp_path / "real.jsonl").exists()


# Whether a feed can be written


def told(feeds, spider=None, kind=Spider, **settings):
    """What is told of feeds that cannot be written, before anything is asked."""
    crawler, exporter = prepared(feeds, kind, **settings)
    with pytest.raises(CloseSpider) as closed:
        exporter.open_spider(spider or crawler.spider)
    assert closed.value.reason == "feed_failed"
    assert exporter.slots == []
    return crawler.stats.get_value(FEED_FAILED)


FORMATS = OURS["FEED_EXPORTERS"]


@pytest.mark.parametrize("name", ["x.json", "x.xml", "x.parquet", "x.json.gz", "x.parquet.zst"])
def test_nothing_is_added_to_a_file_that_is_one_whole(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"[{}]")
    problem = told({path: {}})
    assert str(path) in problem
    assert "nothing can be added" in problem
    assert "overwrite" in problem
    assert path.read_bytes() == b"[{}]"
    opened({path: {"overwrite": True}})
    assert path.read_bytes() == b"[{}]"


@pytest.mark.parametrize("format_", ["json", "xml"])
def test_nothing_is_added_to_a_whole_of_scrapys_own_exporters(tmp_path, format_):
    path = tmp_path / "x"
    path.write_bytes(b"[{}]")
    assert "one whole" in told({path: {"format": format_}}, FEED_EXPORTERS={})


def test_an_empty_file_is_begun(tmp_path):
    for name in FORMATS:
        (tmp_path / f"x.{name}").touch()
    opened({tmp_path / f"x.{name}": {} for name in FORMATS})


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl"])
def test_nothing_is_put_behind_a_line_that_was_cut(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b'app_id,rank\n"a')
    assert "killed" in told({path: {}})


def test_rows_are_put_under_the_same_header_alone(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"app_id,title\r\n")
    problem = told({path: {"fields": ["app_id"]}})
    assert "it has title" in problem
    opened({path: {"fields": ["app_id", "title"]}})


def test_a_compressed_table_is_looked_into(tmp_path):
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"app_id,title\r\n"))
    assert "it has title" in told({path: {"fields": ["app_id"]}})
    path.write_bytes(b"no gzip")
    assert "cannot be read" in told({path: {"fields": ["app_id"]}})


def test_rows_are_added_without_a_second_header(tmp_path):
    for name in ("x.csv", "x.csv.gz", "x.csv.zst"):
        for _ in range(2):
            run({tmp_path / name: {}}, [item("a")])
    lines = (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["app_id", "a", "a"]
    assert gzip.decompress((tmp_path / "x.csv.gz").read_bytes()).decode().splitlines() == lines
    assert zstd.decompress((tmp_path / "x.csv.zst").read_bytes()).decode().splitlines() == lines


def test_options_that_an_exporter_does_not_take_are_told_before_it_is_needed(tmp_path):
    feeds = {
        tmp_path / "x.xml": {"item_export_kwargs": {"no_such": 1}},
        tmp_path / "x.jsonl.zst": {"zstd_level": 1000},
        tmp_path / "x.csv": {"postprocessing": ["no.such.Plugin"]},
    }
    problem = told(feeds)
    for part in ("no_such", "level", "No module named 'no'"):
        assert part in problem


@pytest.mark.parametrize(
    ("uri", "options", "part"),
    [
        ("x.cvs", {}, "did you mean csv?"),
        ("x.csv", {"only": "availble"}, "did you mean available?"),
        ("x.csv", {"batch_item_count": 5}, "%(batch_id)05d"),
        ("x.csv", {"item_classes": ["no.such.Item"]}, "No module named 'no'"),
        ("x.csv", {"item_filter": "no.such.Filter"}, "No module named 'no'"),
        ("gopher://host/x.csv", {}, "no storage 'gopher'"),
        ("x.csv", 5, "FEEDS is no dict"),
        ("%(nmae)s.csv", {}, "%(nmae)s.csv: nothing is called nmae; there are name, time"),
        ("%(name)d.csv", {}, "%(name)d.csv: %d format"),
        ("%(name).*f.csv", {}, "%(name).*f.csv: "),
    ],
)
def test_a_feed_that_scrapy_would_leave_out_ends_the_crawl(uri, options, part):
    assert part in told({uri: options})


def test_a_feed_for_whose_address_a_spider_fails_ends_the_crawl():
    """Scrapy reads every attribute of the spider for it, and asks on without a feed where one fails."""

    class Failing(Spider):
        @property
        def most(self):
            raise LookupError("nobody knows")

    assert "cannot be opened: LookupError('nobody knows')" in told({"x.csv": {}}, kind=Failing)


def test_values_in_the_address_of_a_feed(tmp_path):
    exporter = opened({tmp_path / "%(name)s 100%%20 %(batch_id)03d.csv": {}})
    assert [slot.uri.rpartition("/")[2] for slot in exporter.slots] == ["test 100%%20 001.csv"]


def test_two_feeds_in_one_file_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "more than one feed" in told({"x.csv": {}, tmp_path / "x.csv": {}})
    (tmp_path / "folder").mkdir()
    assert "more than one feed" in told({"x.csv": {}, "folder/../x.csv": {"format": "json"}})
    (tmp_path / "y.csv").touch()
    (tmp_path / "link.csv").symlink_to("y.csv")
    assert "more than one feed" in told({"y.csv": {}, "link.csv": {}})


def test_without_feeds_there_is_no_exporter():
    with pytest.raises(NotConfigured):
        prepared({})


def test_a_library_that_is_missing_is_told_before_anything_is_asked(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "playfast.exporters.arrow_tables", raising=False)
    assert "pip install pyarrow" in told({tmp_path / "x.parquet": {}})
    opened({tmp_path / "x.csv": {}})


def test_a_terminal_is_shown_text_alone(monkeypatch):
    class Terminal(io.TextIOWrapper):
        pass

    class Buffer(io.BytesIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdout", Terminal(Buffer()))
    assert "terminal" in told({"stdout:": {"format": "parquet"}})
    assert "terminal" in told({"stdout:": {"format": "csv", "postprocessing": [GZIP]}})
    opened({"stdout:": {"format": "csv"}})


# What goes into which feed


def test_only_is_the_arguments_unless_the_feed_names_its_own(tmp_path):
    class Asked(Spider):
        asked = {"only": ["available"]}  # noqa: RUF012

    items = [item("a"), item("b", "error"), {"app_id": "theirs"}]
    feeds = {
        tmp_path / "default.jsonl": {},
        tmp_path / "errors.jsonl": {"only": "error"},
        tmp_path / "all.jsonl": {"only": ["all"]},
    }
    run(feeds, items, Asked)
    assert ids(tmp_path / "default.jsonl") == ["a", "theirs"]
    assert ids(tmp_path / "errors.jsonl") == ["b", "theirs"]
    assert ids(tmp_path / "all.jsonl") == ["a", "b", "theirs"]


class TwoClasses(Spider):
    item = App
    other_items = (Chart,)


def test_further_classes_go_to_the_feeds_that_name_them_alone(tmp_path):
    feeds = {
        tmp_path / "apps.parquet": {},
        tmp_path / "apps.jsonl": {},
        tmp_path / "charts.parquet": {"item_classes": [Chart]},
        tmp_path / "charts.jsonl": {"item_classes": [Chart]},
        tmp_path / "both.jsonl": {"item_classes": [App, Chart]},
    }
    run(feeds, [item("a"), Chart("c"), item("b")], TwoClasses)
    assert ids(tmp_path / "apps.jsonl") == ["a", "b"]
    assert ids(tmp_path / "charts.jsonl") == ["c"]
    assert ids(tmp_path / "both.jsonl") == ["a", "c", "b"]
    read = pytest.importorskip("pyarrow.parquet", reason="reads the feeds in Parquet").read_table
    assert read(tmp_path / "apps.parquet").column("app_id").to_pylist() == ["a", "b"]
    assert read(tmp_path / "charts.parquet").to_pylist() == [{"app_id": "c", "rank": 1}]


def test_the_argument_fields_names_those_of_the_main_class(tmp_path):
    class Asked(TwoClasses):
        asked = {"fields": ["app_id", "title"]}  # noqa: RUF012
        custom_settings = {"FEED_EXPORT_FIELDS": ["app_id", "title"]}  # noqa: RUF012 - with the priority that the argument has

    feeds = {
        tmp_path / "apps.csv": {},
        tmp_path / "own.csv": {"fields": {"app_id": "id"}},
        tmp_path / "all.csv": {"fields": None},
        tmp_path / "charts.csv": {"item_classes": [Chart]},
        tmp_path / "ranks.csv": {"item_classes": [Chart], "fields": ["rank"]},
    }
    run(feeds, [item("a"), Chart("c")], Asked)
    headers = {path.stem: path.read_text(encoding="utf-8").splitlines()[0] for path in feeds}
    assert len(headers.pop("all").split(",")) > 100
    assert headers == {"apps": "app_id,title", "own": "id", "charts": "app_id,rank", "ranks": "rank"}


def test_feeds_of_no_items_have_their_columns(tmp_path):
    run({tmp_path / "apps.csv": {}, tmp_path / "charts.csv": {"item_classes": [Chart]}}, [], TwoClasses)
    assert (tmp_path / "charts.csv").read_text(encoding="utf-8") == "app_id,rank\n"
    assert (tmp_path / "apps.csv").read_text(encoding="utf-8").startswith("app_id,country,")


# Batches, and what goes wrong on the way


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("format_", ["csv", "json", "jsonl", "xml", "parquet"])
def test_batches_of_every_format_are_each_a_whole_file(tmp_path, format_, suffix):
    uri = f"{tmp_path}/x-%(batch_id)03d.{format_}{suffix}"
    run({uri: {"batch_item_count": 2}}, [item(name) for name in "abcde"])
    assert names(tmp_path) == [f"x-00{n}.{format_}{suffix}" for n in (1, 2, 3)]
    found = []
    for path in sorted(tmp_path.iterdir()):
        data = path.read_bytes()
        data = gzip.decompress(data) if suffix == ".gz" else zstd.decompress(data) if suffix else data
        found.append(IDS[format_](data))
    assert found == [["a", "b"], ["c", "d"], ["e"]]


def test_a_later_batch_that_cannot_be_written_ends_the_crawl(tmp_path):
    (tmp_path / "x-2.json").write_bytes(b"[]")
    crawler, _ = run(
        {f"{tmp_path}/x-%(batch_id)d.json": {"batch_item_count": 1}}, [item("a"), item("b"), item("c")]
    )
    told = crawler.stats.get_value(FEED_FAILED)
    assert "x-2.json" in told
    assert "nothing can be added" in told
    assert names(tmp_path) == ["x-1.json", "x-2.json"]
    assert crawler.engine.closed == ["feed_failed"]


def test_a_batch_that_is_not_needed_is_not_tried(tmp_path):
    (tmp_path / "x-2.json").write_bytes(b"[]")
    crawler, _ = run({f"{tmp_path}/x-%(batch_id)d.json": {"batch_item_count": 1}}, [item("a")])
    assert crawler.stats.get_value(FEED_FAILED) is None


def test_a_feed_that_cannot_be_ended_is_told(tmp_path):
    """What waits for its row group is written at the end; Scrapy would only log that it could not be."""
    crawler, _ = run({tmp_path / "x.parquet": {}}, [item("a", title=5)])
    assert "title" in crawler.stats.get_value(FEED_FAILED)
    assert crawler.engine.closed == []


def test_a_batch_that_cannot_be_ended_ends_the_crawl(tmp_path):
    uri = f"{tmp_path}/x-%(batch_id)d.parquet"
    crawler, _ = run({uri: {"batch_item_count": 1}}, [item("a", title=5), None, item("b")])
    assert "title" in crawler.stats.get_value(FEED_FAILED)
    assert crawler.engine.closed == ["feed_failed"]

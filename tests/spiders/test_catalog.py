"""What a crawl of the catalog makes of single sitemaps, without a store."""

from __future__ import annotations

import asyncio

import pytest
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from playfast.items import CatalogApp, CatalogChange, CatalogShard
from playfast.localstore import sitemaps as store
from playfast.middlewares.cache import SITEMAP, AnsweredOnlyPolicy
from playfast.play.generation import whole
from playfast.spiders.catalog import CatalogSpider

SHARDS = 4
APP = "https://play.google.com/store/apps/details?id="


@pytest.fixture
def begun():
    """A spider that has found the sitemaps, as `start` does."""
    spiders = []

    def make(*more, **arguments):
        crawler = Crawler(CatalogSpider, {"PLAYFAST_URL": "http://127.0.0.1:1/"})
        crawler.stats = MemoryStatsCollector(crawler)
        spider = CatalogSpider.from_crawler(crawler, **arguments)
        made = store.Generation(0, SHARDS, 10)
        spider._list(whole([*more, *(f"/sitemaps/{made.name(number)}" for number in range(SHARDS))]))
        spiders.append(spider)
        return spider

    yield make
    for spider in spiders:
        if spider.ledger is not None:
            spider.ledger.close()


def asked(spider, most=10):
    """The requests that it makes for what is on its list."""
    with spider.listed:
        spider.listed.begin()
        for entry, places in spider.listed.next(most).fresh:
            spider.plan.add([entry], places)
        spider.plan.end()
        packs = []
        while (pack := spider.plan.next()) is not None:
            packs.append(pack)
        return packs


def sitemap(*locations):
    entries = "".join(f"<url><loc>{location}</loc></url>" for location in locations)
    return f"<urlset>{entries}</urlset>".encode()


def items(spider, pack, body, status=200):
    request = spider.request(pack)
    response = Response(request.url, status=status, body=body, request=request)
    return list(asyncio.run(spider.parse_page(response, pack)))


def test_a_sitemap_is_asked_for_by_its_address_and_is_no_page(begun):
    spider = begun()
    requests = [spider.request(pack) for pack in asked(spider)]
    assert [request.url for request in requests] == [
        f"http://127.0.0.1:1/sitemaps/play_sitemaps_2026-08-23_1787500934-{number:05}-of-00004.xml.gz"
        for number in range(SHARDS)
    ]
    assert all(
        request.meta[SITEMAP] and not AnsweredOnlyPolicy(Settings()).should_cache_request(request)
        for request in requests
    )
    assert spider.due == SHARDS


def test_what_is_no_id_gives_no_row_and_is_counted(begun):
    spider = begun()
    [*rows, record] = items(
        spider, asked(spider)[0], sitemap(APP + "a.b", APP + "none", APP + "a.b", "https://x/")
    )
    assert [row.app_id for row in rows] == ["a.b"]
    assert isinstance(record, CatalogShard)
    assert (record.apps, record.addresses, record.invalid, record.repeated) == (1, 4, 1, 1)
    assert spider.crawler.stats.get_value("playfast/catalog/invalid_ids") == 1


def test_files_of_other_kinds_are_counted(begun):
    spider = begun("/sitemaps/books.xml")
    assert spider.crawler.stats.get_value("playfast/catalog/other_files") == 1
    assert spider.due == SHARDS


def test_a_sitemap_that_cannot_be_read_is_asked_again_and_then_says_why(begun):
    spider = begun(shards="2")
    [pack] = asked(spider)
    for _ in range(2):
        assert items(spider, pack, b"<urlset>") == []
        pack = spider.plan.next()
    [record] = items(spider, pack, b"<urlset>")
    assert (record.shard, record.status, record.apps) == ("00002-of-00004", "error", None)
    assert record.error.startswith("cut short")


def test_rows_and_marks_of_the_ledger(begun, tmp_path):
    spider = begun(ledger=str(tmp_path / "run.db"), since="a.b,c.d")
    [first, *_] = asked(spider)
    found = items(spider, first, sitemap(APP + "a.b", APP + "e.f"))
    assert [type(item) for item in found] == [CatalogApp, CatalogApp, CatalogChange, CatalogShard]
    assert (found[2].app_id, found[2].change) == ("e.f", "new")
    [(number, emitted)] = spider.emitted.items()
    assert emitted == 3
    assert spider.marks == {number: '{"apps":2,"new":1,"ids":["a.b","e.f"]}'}


def test_a_sample_is_the_same_for_the_same_seed(begun):
    first, second, other = (
        [pack.asked[0].what for pack in asked(begun(sample="50", seed=seed))] for seed in ("1", "1", "3")
    )
    assert first == second
    assert len(first) == 2
    assert first != other


class Again:
    """The indices as they are read once more, with the generation that they have by then."""

    def __init__(self, generation):
        self.read = 0
        self._found = whole([f"/sitemaps/{generation.name(number)}" for number in range(SHARDS)])

    async def found(self):
        self.read += 1
        return self._found


def test_a_sitemap_that_is_missing_alone_is_an_error_and_no_new_generation(begun):
    """It is asked for as often as others that fail; the indices are read anew at the first, the second and the fourth time."""
    spider = begun()
    spider._sitemaps = Again(store.Generation(0, SHARDS, 10))
    ended = []
    spider._end = ended.append
    (pack, *_) = asked(spider)
    came = []
    while not came:
        came = items(spider, pack, b"", status=404)
        pack = spider.plan.next() or pack
    (record,) = came
    assert isinstance(record, CatalogShard)
    assert (record.status, record.error) == ("error", "HTTP status 404, though an index names it")
    assert spider._sitemaps.read == 2
    assert ended == []


def test_a_sitemap_that_is_missing_since_there_is_a_new_generation_ends_the_crawl(begun):
    spider = begun()
    spider._sitemaps = Again(store.Generation(1, SHARDS, 10))
    ended = []
    spider._end = ended.append
    (pack, *_) = asked(spider)
    assert items(spider, pack, b"", status=404) == []
    assert ended == ["republished"]

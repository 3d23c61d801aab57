"""The store's own list of all apps: generations, shards, and what is new and gone."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from statistics import fmean, pvariance

import pytest

from playfast.localstore.identifiers import ids
from playfast.localstore.sitemaps import Generation

from .conftest import running

GENERATION = Generation(0, 50, 2_100)
FIRST = "/sitemaps/play_sitemaps_2026-08-23_1787500934-00000-of-00020.xml.gz"


def test_each_id_is_in_one_shard():
    found = [app_id for number in range(50) for app_id in GENERATION.of_shard(number)]
    assert Counter(found) == Counter(GENERATION.ids()) == Counter(ids(2_100))
    assert GENERATION.counts() == [len(GENERATION.of_shard(number)) for number in range(50)]


def test_shards_are_filled_by_chance():
    counts = Generation(0, 2_000, 84_000).counts()
    assert 0.9 < pvariance(counts) / fmean(counts) < 1.1


def test_of_two_generations_one_app_in_a_hundred_is_new_and_as_many_are_gone():
    first, second = set(GENERATION.ids()), set(Generation(1, 50, 2_100).ids())
    assert (len(first - second), len(second - first)) == (21, 21)


def test_names_lead_back_to_shards():
    assert GENERATION.name(7) == "play_sitemaps_2026-08-23_1787500934-00007-of-00050.xml.gz"
    assert [GENERATION.shard_of(GENERATION.name(number)) for number in range(50)] == list(range(50))
    for other in ("", "x", GENERATION.name(50), Generation(1, 50, 2_100).name(7), GENERATION.name(7)[:-3]):
        assert GENERATION.shard_of(other) is None


def test_robots_lead_to_indices_and_these_to_shards(server):
    robots = server.get("/robots.txt").text
    indices = re.findall(r"^Sitemap: https://play\.google\.com(\S+)$", robots, re.MULTILINE)
    assert indices == ["/sitemaps/sitemaps-index-0.xml", "/sitemaps/sitemaps-index-1.xml"]
    named = []
    for index in indices:
        answer = server.get(index)
        assert answer.headers["content-type"] == "text/xml; charset=UTF-8"
        named += re.findall(r"<sitemap><loc>https://play\.google\.com([^<]+)</loc></sitemap>", answer.text)
    assert [name for name in named if name == FIRST] == [FIRST]
    assert len(named) == 20


@pytest.mark.parametrize("zipped", [True, False])
def test_a_shard_is_a_compressed_file_and_no_compressed_answer(server, zipped):
    answer = server.get(FIRST, zipped=zipped)
    assert answer.headers["content-type"] == "application/x-gzip"
    assert "content-encoding" not in answer.headers
    text = zlib.decompress(answer.body, 31).decode()
    assert 4_000_000 < len(text) < 10_000_000
    entries = re.findall(r"<url><loc>([^<]+)</loc>((?:<xhtml:link [^>]*/>)*)</url>", text)
    assert len(entries) == text.count("<url>")
    apps = [(loc, more) for loc, more in entries if "/store/apps/details?id=" in loc]
    assert [loc.partition("=")[2] for loc, _ in apps] == Generation(0, 20, 840).of_shard(0)
    assert len(entries) > 5 * len(apps)
    assert all(more.count("hreflang") == 250 and more.count(loc) == 250 for loc, more in apps)


def test_old_shards_go_away_with_their_generation():
    with running() as server:
        assert server.get(FIRST).status == 200
        assert server.change(generation=1).status == 200
        assert server.get(FIRST).status == 404
        index = server.get("/sitemaps/sitemaps-index-0.xml").text
        assert "play_sitemaps_2026-08-27_1787803334-00000-of-00020" in index
        told = json.loads(server.get("/_localstore/catalog").text)
        assert (told["generation"], told["apps"], sum(told["counts"])) == ("1787803334", 840, 840)
        assert server.get("/_localstore/catalog.txt").text.split() == list(Generation(1, 20, 840).ids())
        assert server.get("/_localstore/catalog?generation=x").status == 400


def test_while_they_are_published_two_generations_are_served():
    with running("--republishing") as server:
        first, second = (server.get(f"/sitemaps/sitemaps-index-{number}.xml").text for number in (0, 1))
        assert "1787803334" in first
        assert "1787500934" not in first
        assert "1787500934" in second
        assert "1787803334" not in second
        assert server.get(FIRST).status == 200
        assert server.get(FIRST.replace("1787500934", "1787803334").replace("08-23", "08-27")).status == 200


@pytest.mark.parametrize("name", ["", "other.xml", "../robots.txt", FIRST[10:] + "x"])
def test_other_names_are_not_there(server, name):
    assert server.get(f"/sitemaps/{name}").status == 404

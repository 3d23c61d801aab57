"""Sitemaps are read as a stream: whatever is in them comes out whole and in order, or an error says why not."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from random import Random
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playfast.errors import SitemapError
from playfast.localstore.page import sitemaps as made
from playfast.localstore.sitemaps import Generation
from playfast.play import sitemap

GENERATION = Generation(0, 6, 250)
APP = "https://play.google.com/store/apps/details?id="
IDS = st.from_regex(r"[A-Za-z0-9_]{1,20}(\.[A-Za-z0-9_]{1,20}){1,3}", fullmatch=True)


def urlset(*locations, between="\n", head='<?xml version="1.0" encoding="UTF-8"?>'):
    entries = between.join(f"<url><loc>{escape(location)}</loc></url>" for location in locations)
    return f'{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


def listed(body):
    found = sitemap.apps(body)
    return list(found.ids), found.addresses


@pytest.mark.parametrize("shard", range(GENERATION.shards))
def test_the_apps_of_a_shard_are_those_that_were_put_there(shard):
    ids = GENERATION.of_shard(shard)
    found = sitemap.apps(made.shard(shard, ids, 250))
    assert list(found.ids) == ids
    assert found.addresses > 5 * len(ids)
    assert (found.repeated, found.invalid) == (0, [])


def test_a_shard_is_not_unpacked_as_a_whole():
    body = made.shard(1, GENERATION.of_shard(1), 250)
    text = len(zlib.decompress(body, 31))
    assert text > 6_000_000
    tracemalloc.start()
    try:
        sitemap.apps(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < text / 4


@given(st.lists(IDS, unique=True, max_size=30), st.booleans(), st.sampled_from(["", "\n", " \t\r\n"]))
def test_all_ids_come_out_in_order(ids, packed, between):
    others = [f"https://play.google.com/store/books/details?id={app_id}" for app_id in ids]
    locations = [location for pair in zip(map(APP.__add__, ids), others, strict=True) for location in pair]
    body = urlset(*locations, between=between)
    assert listed(gzip.compress(body) if packed else body) == (ids, 2 * len(ids))


@given(st.lists(IDS, unique=True, min_size=2, max_size=5), st.integers(0, 400_000), st.integers(0, 3))
@example(["a.b", "c.d"], 262_000, 0)
def test_where_a_piece_of_the_stream_ends_makes_no_difference(ids, padding, members):
    """The text is longer than a piece, which ends anywhere in an entry."""
    body = urlset(*map(APP.__add__, ids), between=" " * padding)
    cuts = sorted(Random(padding).sample(range(len(body)), members))
    pieces = [body[begin:end] for begin, end in zip([0, *cuts], [*cuts, None], strict=True)]
    for whole in (
        body,
        gzip.compress(body),
        b"".join(map(gzip.compress, pieces)),
    ):  # members one behind another
        assert listed(whole) == (ids, len(ids))


@given(st.integers(0, 2_000), st.sampled_from(["cut", "flip", "behind"]))
def test_a_spoilt_file_is_an_error_and_never_a_shorter_list(at, how):
    body = gzip.compress(urlset(*(f"{APP}com.example.app{number}" for number in range(300))))
    at %= len(body) - 1
    if how == "cut":
        spoilt = body[:at]
    elif how == "flip":
        spoilt = bytes([*body[:at], body[at] ^ 0x55, *body[at + 1 :]])
    else:
        spoilt = body + b"something else"
    try:
        found = sitemap.apps(spoilt)
    except SitemapError:
        return
    assert how == "flip"
    assert at < 10  # of gzip's head, only the time and the system may be others
    assert len(found.ids) == 300


@given(st.binary(max_size=500))
def test_anything_else_is_read_or_told_by_the_one_error(body):
    for whole in (body, gzip.compress(body), b"<urlset>" + body):
        try:
            sitemap.apps(whole)
        except SitemapError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "no <urlset>"),
        (b"<html><body>Sorry</body></html>", "no <urlset> but '<html>"),
        (made.index(["a.xml"]), "no <urlset>"),
        (urlset(APP + "a.b")[:-9], "cut short"),
        (urlset(APP + "a.b")[:-20], "cut short"),
        (urlset(APP + "a.b") + b"<more/>", "cut short: it ends with"),
        (b"<urlset><url><loc>a</loc><loc>b</loc></url></urlset>", "1 entries with 2 addresses"),
        (b"<urlset><url></url><url><loc>a</loc></url></urlset>", "2 entries with 1 addresses"),
        (b"<urlset><url><loc lang='en'>a</loc></url></urlset>", "1 entries with 0 addresses"),
        (b"<urlset><!-- <url><loc>a</loc></url> --></urlset>", "a comment, CDATA"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>&a;</loc></url></urlset>", "a comment, CDATA"),
        (b"<urlset><url><loc>\xff</loc></url></urlset>", "no UTF-8"),
        (b"<urlset><url>" + b"x" * 1_400_000 + b"</url></urlset>", "an entry of more than 1,048,576 bytes"),
        (gzip.compress(urlset(APP + "a.b"))[:-4], "gzip that is cut short"),
        (gzip.compress(urlset(APP + "a.b")) + b"something", "spoilt gzip"),
        (urlset(*[APP + "a.b"] * 50_001), "more than 50,000 addresses"),
        (urlset("https://[x/store/apps/details?id=a.b"), "is no address"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(body, told):
    with pytest.raises(SitemapError, match=told):
        sitemap.apps(body)


@pytest.mark.parametrize(
    ("filling", "told"),
    [
        (b" " * 80_000_000, "an entry of more than 1,048,576 bytes"),
        ((b" " * 999_968 + b"<url><loc>https://x/</loc></url>") * 80, "more than 52,428,800 bytes, unpacked"),
    ],
    ids=["one entry", "many"],
)
def test_a_bomb_is_left_unfinished(filling, told):
    bomb = gzip.compress(b"<urlset><url><loc>https://x/</loc></url>" + filling + b"</urlset>")
    tracemalloc.start()
    try:
        with pytest.raises(SitemapError, match=told):
            sitemap.apps(bomb)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_what_stands_in_the_place_of_an_id_and_is_none_is_told():
    found = sitemap.apps(
        urlset(
            APP + "a.b",
            APP + "nodot",
            APP,
            APP + "a..b",
            APP + "a.b&hl=de",
            "https://play.google.com/store/apps/details",
        )
    )
    assert list(found.ids) == ["a.b"]
    assert found.invalid == ["nodot", "", "a..b", ""]
    assert found.repeated == 1
    assert found.addresses == 6


@pytest.mark.parametrize(
    "location",
    [
        "https://play.google.com/store/books/details?id=a.b",
        "https://play.google.com/store/apps/developer?id=a.b",
        "https://play.google.com/store/apps/details/more?id=a.b",
        "https://play.google.com/store/books?next=/store/apps/details?id=a.b",
    ],
)
def test_other_addresses_are_no_apps(location):
    found = sitemap.apps(urlset(location))
    assert (list(found.ids), found.invalid, found.addresses) == ([], [], 1)


def test_robots_names_sitemaps():
    text = "User-agent: *\r\nDisallow: /x\nSitemap: https://a/1.xml\n  SITEMAP :https://a/2.xml # second\nNoSitemap: https://a/3\n"
    assert sitemap.named_by_robots(text) == ["https://a/1.xml", "https://a/2.xml"]


def test_an_index_names_files():
    assert list(sitemap.files(made.index(["a.xml.gz", "b.xml.gz"]))) == [
        "https://play.google.com/sitemaps/a.xml.gz",
        "https://play.google.com/sitemaps/b.xml.gz",
    ]
    assert list(sitemap.files(made.index([]))) == []

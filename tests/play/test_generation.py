"""Which build of the sitemaps the indices name, and whether they name all of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.errors import RepublishedError, SitemapError
from playfast.localstore import sitemaps as store
from playfast.play.generation import number_of, path_of, whole


def paths(shards=5, number=0):
    made = store.Generation(number, shards, 10)
    return [f"/sitemaps/{made.name(shard)}" for shard in range(shards)]


@given(st.permutations(paths(7)))
def test_a_whole_generation_in_any_order(shuffled):
    found = whole(shuffled)
    assert found.others == 0
    assert found.generation.run == "1787500934"
    assert found.generation.published_at == datetime(2026, 8, 23, 16, 2, 14, tzinfo=UTC)
    assert found.generation.shards == 7
    assert [found.generation.path(found.generation.name(number)) for number in range(7)] == paths(7)
    assert number_of(found.generation.name(3)) == (3, 7)


def test_other_files_are_counted():
    assert whole(["/sitemaps/books.xml", *paths()]).others == 1


@given(st.sets(st.integers(0, 8), min_size=1, max_size=8))
def test_a_missing_shard_is_an_error(missing):
    left = [path for number, path in enumerate(paths(9)) if number not in missing]
    with pytest.raises(
        SitemapError, match=rf"name {9 - len(missing)} of 9 shards; missing are {min(missing)}"
    ):
        whole(left)


@pytest.mark.parametrize("taken", range(1, 5))
def test_two_generations_side_by_side(taken):
    with pytest.raises(RepublishedError, match=r"2 builds side by side \(1787500934, 1787803334\)"):
        whole([*paths()[:taken], *paths(number=1)[taken:]])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "no shard among their 0 files"),
        (["/sitemaps/other.xml"], "no shard among their 1 files"),
        (["/sitemaps/play_sitemaps_2026-08-23_1787500934-00005-of-00005.xml.gz"], "no shard has such a name"),
        (
            ["/sitemaps/play_sitemaps_2026-08-23_1787500934-000001-of-00005.xml.gz"],
            "no shard has such a name",
        ),
    ],
)
def test_what_is_wrong_is_told(given, told):
    with pytest.raises(SitemapError, match=told):
        whole(given)


def test_an_address_is_the_stores_be_it_the_genuine_one():
    assert path_of("https://play.google.com/sitemaps/a.xml", "127.0.0.1") == "/sitemaps/a.xml"
    assert path_of("http://127.0.0.1:80/a?b=c", "127.0.0.1") == "/a?b=c"
    for other in (
        "https://example.com/a.xml",
        "ftp://play.google.com/a",
        "/a.xml",
        "https://[",
        "https://play.google.com/a\nb",
    ):
        with pytest.raises(SitemapError, match="no address"):
            path_of(other, "127.0.0.1")

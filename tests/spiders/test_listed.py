from __future__ import annotations

import pytest

from playfast.errors import SourceError
from playfast.sources.lines import locate
from playfast.sources.unsettled import Choice
from playfast.spiders.listed import Again, Ids
from playfast.spiders.plan import Storefront

US, KR = Storefront("us", "en"), Storefront("kr", "ko")
FEED = "app_id,country,lang,status\na.a,us,en,error\na.a,kr,ko,error\nb.b,us,en,error\nc.c,kr,ko,available\n"


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "run.csv"
    path.write_text(FEED, encoding="utf-8")
    return path


def test_each_id_is_asked_once_of_all_storefronts():
    with Ids(locate("a.a,b.b,a.a,c.c"), (US, KR)) as listed:
        listed.begin()
        assert (listed.storefronts, listed.keys, listed.looked_through) == (2, None, None)
        assert listed.next(3) == (3, [("a.a", (US, KR)), ("b.b", (US, KR))])
        assert listed.next(3) == (1, [("c.c", (US, KR))])
        assert listed.next(3) == (0, [])


def test_each_key_is_asked_again_of_its_own_storefront(feed):
    listed = Again(locate(str(feed)), Choice(frozenset({"error"})))
    assert (listed.storefronts, listed.keys, listed.looked_through) == (0, None, None)
    with listed:
        listed.begin()
        assert (listed.storefronts, listed.keys, listed.looked_through) == (2, 3, 4)
        assert listed.next(2) == (2, [("a.a", (KR,)), ("a.a", (US,))])
        assert listed.next(2) == (1, [("b.b", (US,))])
        assert listed.next(2) == (0, [])


def test_a_feed_that_cannot_be_read_tells_nothing_of_what_is_asked(feed):
    feed.write_text(FEED + "d.d,us,en\n", encoding="utf-8")
    with Again(locate(str(feed)), Choice(frozenset({"error"}))) as listed:
        with pytest.raises(SourceError, match=r"line 6 of .* has no status"):
            listed.begin()
        assert (listed.storefronts, listed.keys, listed.looked_through) == (0, None, None)

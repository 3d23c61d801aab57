from __future__ import annotations

import pytest

from playfast.errors import SourceError
from playfast.runs.sqlite_ledger import SqliteLedger
from playfast.sources import app_ids
from playfast.sources.lines import locate
from playfast.sources.unsettled import Choice
from playfast.spiders.listed import Again, Ids, Undone
from playfast.spiders.plan import Storefront

US, KR = Storefront("us", "en"), Storefront("kr", "ko")
FEED = "app_id,country,lang,status\na.a,us,en,error\na.a,kr,ko,error\nb.b,us,en,error\nc.c,kr,ko,available\n"


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "run.csv"
    path.write_text(FEED, encoding="utf-8")
    return path


def test_each_id_is_asked_once_of_all_storefronts():
    with Ids(locate("a.a,b.b,a.a,c.c"), app_ids.read, (US, KR)) as listed:
        listed.begin()
        assert (listed.storefronts, listed.keys, listed.looked_through) == (2, None, None)
        assert listed.next(3) == (3, 1, [("a.a", (US, KR)), ("b.b", (US, KR))], 0)
        assert listed.next(3) == (1, 0, [("c.c", (US, KR))], 0)
        assert listed.next(3) == (0, 0, [], 0)


def test_keys_may_be_free_of_the_country_and_of_a_kind_of_their_own(tmp_path):
    leased = {}
    ledger = SqliteLedger(tmp_path / "run.db")
    ledger.begin({})
    with Undone(
        *(locate("a.a"), app_ids.read, (US, KR), ledger, frozenset(), leased),
        country_free=True,
        prefix="lists of ",
    ) as listed:
        listed.begin()
        assert listed.next(9) == (1, 0, [("a.a", (US, KR))], 0)
    assert list(leased) == [("lists of a.a", "", "en"), ("lists of a.a", "", "ko")]
    ledger.close()


def test_with_a_ledger_each_id_is_asked_where_it_is_not_done(tmp_path):
    def list_of(ids, again=frozenset()):
        leased.clear()
        return Undone(locate(ids), app_ids.read, (US, KR), ledger, again, leased)

    leased = {}
    ledger = SqliteLedger(tmp_path / "run.db")
    ledger.begin({})
    with list_of("a.a,b.b,a.a") as listed:
        listed.begin()
        assert (listed.storefronts, listed.keys, listed.looked_through) == (2, None, None)
        assert listed.next(9) == (3, 1, [("a.a", (US, KR)), ("b.b", (US, KR))], 0)
        assert listed.next(9) == (0, 0, [], 0)
    done = {("a.a", "us", "en"): "available", ("b.b", "us", "en"): "error", ("b.b", "kr", "ko"): "available"}
    ledger.settle([(leased[key], status) for key, status in done.items()], [])
    ledger.close()
    ledger = SqliteLedger(tmp_path / "run.db")
    ledger.begin({})
    with list_of("a.a,b.b,c.c", frozenset({"error"})) as listed:
        listed.begin()
        assert listed.next(9) == (3, 0, [("a.a", (KR,)), ("b.b", (US,)), ("c.c", (US, KR))], 2)
        assert list(leased) == [
            ("a.a", "kr", "ko"),
            ("b.b", "us", "en"),
            ("c.c", "us", "en"),
            ("c.c", "kr", "ko"),
        ]
    ledger.close()


def test_each_key_is_asked_again_of_its_own_storefront(feed):
    listed = Again(locate(str(feed)), Choice(frozenset({"error"})))
    assert (listed.storefronts, listed.keys, listed.looked_through) == (0, None, None)
    with listed:
        listed.begin()
        assert (listed.storefronts, listed.keys, listed.looked_through) == (2, 3, 4)
        assert listed.next(2) == (2, 0, [("a.a", (KR,)), ("a.a", (US,))], 0)
        assert listed.next(2) == (1, 0, [("b.b", (US,))], 0)
        assert listed.next(2) == (0, 0, [], 0)


def test_a_feed_that_cannot_be_read_tells_nothing_of_what_is_asked(feed):
    feed.write_text(FEED + "d.d,us,en\n", encoding="utf-8")
    with Again(locate(str(feed)), Choice(frozenset({"error"}))) as listed:
        with pytest.raises(SourceError, match=r"line 6 of .* has no status"):
            listed.begin()
        assert (listed.storefronts, listed.keys, listed.looked_through) == (0, None, None)

"""Whole crawls of every spider into databases: what is kept is what its feeds have, and a server that is killed costs nothing."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from sqlalchemy import func, select

from playfast.items import (
    App,
    Availability,
    DataSafety,
    Developer,
    Listing,
    ListingSweep,
    Permissions,
    Presence,
    Review,
    ReviewSweep,
)
from playfast.play.fields import sources
from playfast.storage.kinds import SERIES, key
from playfast.storage.schema import TABLES, changes
from playfast.storage.types import plain
from tests.storage.keeping import read
from tests.storage.test_crawls import begun
from tests.waiting import until

pytestmark = pytest.mark.crawl

REVIEWED = "com.reviews700.one"
CRAWLS = {
    "permissions": (("ids=@ids", "countries=us,kr"), {"main": (Permissions,)}),
    "datasafety": (("ids=@ids", "countries=us,kr"), {"main": (DataSafety,)}),
    "availability": (
        ("ids=@ids", "countries=us,kr,de", "summary=beside"),
        {"main": (Availability,), "beside": (Presence,)},
    ),
    "digest": (("ids=@ids", "fields=genre_id,version"), {"main": (App,)}),
    "reviews": (
        (f"ids={REVIEWED},no id", "langs=en,de", "sweeps=beside"),
        {"main": (Review,), "beside": (ReviewSweep,)},
    ),
    "similar": (
        ("ids=com.example.one,com.example.nothere", "details=1", "sweeps=beside"),
        {"main": (Listing, App), "beside": (ListingSweep,)},
    ),
    "developer": (
        ("developers=@developers;No Such Developer", "details=1", "sweeps=beside"),
        {"main": (Listing, App), "beside": (Developer,)},
    ),
}
"""Of each spider the arguments (of which some are known when there is a store), and the classes of items in its feed and the one beside."""


def told(path, kinds):
    """The records of a feed by their class, which is told by the fields, and by the key of its table."""
    found = {kind: [] for kind in kinds}
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            kind = next(kind for kind in kinds if record.keys() <= sources(kind).keys())
            found[kind].append(record)
    return {
        kind: {tuple(record[name] for name in key(kind)): record for record in records}
        for kind, records in found.items()
    }


def kept(address, kind, run=None):
    """The rows of a table, as a feed would have them."""
    table = TABLES[kind]
    query = select(table) if run is None else select(table).where(table.c.run_id == run)
    names = [*sources(kind)]
    return {
        tuple(row[name] for name in key(kind)): {name: plain(row[name]) for name in names}
        for row in read(address, query)
    }


@pytest.mark.parametrize("spider", CRAWLS)
def test_what_is_kept_is_what_the_feeds_have_and_the_same_again_changes_nothing(
    spider, crawl, store, address, tmp_path
):
    arguments, feeds = CRAWLS[spider]
    (tmp_path / "ids.txt").write_bytes(store.get("/_localstore/ids.txt?count=40"))
    lists = json.loads(store.get("/_localstore/lists?id=com.example.one"))
    files = {"main": tmp_path / "main.jsonl", "beside": tmp_path / "beside.jsonl"}
    known = {
        "@ids": str(tmp_path / "ids.txt"),
        "@developers": ";".join(filter(None, (lists["developer_number"], lists["developer_name"]))),
        "=beside": f"={files['beside']}",
    }
    given = []
    for argument in arguments:
        for word, value in known.items():
            argument = argument.replace(word, value)  # noqa: PLW2901 - as it is given
        given += ["-a", argument]
    for run in (1, 2):
        done = crawl(
            *given, spider=spider, store=store, feed="main.jsonl", env={"PLAYFAST_DATABASE": address}
        )
        assert done.exit_code == 0, done.log
        count = 0
        for name, kinds in feeds.items():
            for kind, due in told(files[name], kinds).items():
                found = kept(address, kind, run if kind in SERIES.values() else None)
                assert found.keys() == due.keys(), kind
                assert due, kind
                for one, record in due.items():
                    assert {name: found[one][name] for name in record} == record
                count += len(due)
        assert done.stats["playfast/database/records"] == count
        found = read(address, select(func.count().label("number")).select_from(changes))[0]["number"]
        assert done.stats["playfast/database/changes"] == (found if run == 1 else 0)
        assert "playfast/database/refused" not in done.stats


def test_a_server_that_is_killed_costs_no_review_its_place_and_counts_none_twice(store, server, tmp_path):
    """20,000 reviews; the server is killed when a quarter of them is in, and again at half."""
    address, feed = server.create("killed_reviews"), tmp_path / "reviews.jsonl"
    given = ("-a", "ids=com.reviews20000.one", "-a", "langs=all", "-a", f"sweeps={tmp_path / 's.jsonl'}")

    def there():
        try:
            query = select(func.count().label("number")).select_from(TABLES[Review])
            return read(address, query)[0]["number"]
        except Exception:  # noqa: BLE001 - there is no table yet, or no server
            return 0

    with begun(store, address, *given, "-O", str(feed), spider="reviews") as process:
        for at in (5_000, 10_000):
            until(lambda at=at: there() >= at or process.poll() is not None)
            assert process.poll() is None, process.stderr.read()
            server.kill()
            server.start()
        log = process.communicate(timeout=300)[1]
    assert process.returncode == 0, log
    assert "Waiting for the database" in log
    with feed.open(encoding="utf-8") as lines:
        counted = Counter(json.loads(line)["review_id"] for line in lines)
    assert len(counted) == 20_000
    assert Counter(review for _, review in kept(address, Review)) == counted
    sweeps = kept(address, ReviewSweep, 1)
    assert sum(one["reviews"] for one in sweeps.values()) == 20_000
    assert sweeps == told(tmp_path / "s.jsonl", (ReviewSweep,))[ReviewSweep]

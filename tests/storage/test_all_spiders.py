"""Whole crawls of every spider into databases: what is kept is what its feeds have, and a server that is killed costs nothing."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from playfast.items import (
    App,
    Availability,
    CatalogApp,
    CatalogShard,
    Collection,
    DataSafety,
    Developer,
    Listing,
    ListingSweep,
    Permissions,
    Presence,
    Review,
    ReviewSweep,
    StoreCategory,
    Suggestions,
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
    "search": (
        ("queries=;panda;nothing;", "pages=2", "details=1", "sweeps=beside"),
        {"main": (Listing, App), "beside": (ListingSweep,)},
    ),
    "suggest": (("terms=;pan;map;", "expand=a-c", "countries=us,kr"), {"main": (Suggestions,)}),
    "charts": (
        ("categories=GAME_WORD,DATING", "most=30", "sweeps=beside"),
        {"main": (Listing,), "beside": (ListingSweep,)},
    ),
    "categories": (("categories=GAME_WORD,TOOLS", "langs=de,ko"), {"main": (StoreCategory,)}),
    "collections": (
        ("rows=beside", "sweeps=closing"),
        {"main": (Collection,), "beside": (Listing,), "closing": (ListingSweep,)},
    ),
    "catalog": (("sweeps=beside",), {"main": (CatalogApp,), "beside": (CatalogShard,)}),
}
"""Of each spider the arguments (of which some are known when there is a store), and the classes of items in its feed and those beside."""


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


def there(address, kind):
    """How many rows a table has; 0 while there is no table, or no server."""
    try:
        return read(address, select(func.count().label("number")).select_from(TABLES[kind]))[0]["number"]
    except Exception as error:  # noqa: BLE001 - each kind of database has its own word for it
        assert isinstance(error, OperationalError) or TABLES[kind].name in str(error)
        return 0


@pytest.mark.parametrize("spider", CRAWLS)
def test_what_is_kept_is_what_the_feeds_have_and_the_same_again_changes_nothing(
    spider, crawl, store, address, tmp_path
):
    arguments, feeds = CRAWLS[spider]
    (tmp_path / "ids.txt").write_bytes(store.get("/_localstore/ids.txt?count=40"))
    lists = json.loads(store.get("/_localstore/lists?id=com.example.one"))
    files = {name: tmp_path / f"{name}.jsonl" for name in ("main", "beside", "closing")}
    known = {
        "@ids": str(tmp_path / "ids.txt"),
        "@developers": ";".join(filter(None, (lists["developer_number"], lists["developer_name"]))),
        "=beside": f"={files['beside']}",
        "=closing": f"={files['closing']}",
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


def test_lists_of_a_crawl_that_is_killed_and_begun_again_are_whole_over_both(store, address, tmp_path):
    ids = tmp_path / "ids.txt"
    ids.write_bytes(store.get("/_localstore/ids.txt?count=300"))
    given = ("-a", f"ids={ids}", "-a", f"ledger={tmp_path / 'run.db'}", "-o", str(tmp_path / "similar.jsonl"))

    with begun(store, address, *given, spider="similar") as process:
        until(lambda: there(address, Listing) or process.poll() is not None)
        process.kill()
    with begun(store, address, *given, spider="similar") as process:
        log = process.communicate(timeout=300)[1]
    assert process.returncode == 0, log
    table = TABLES[Listing]
    rows = read(address, select(table.c.asked, table.c.list, table.c.app_id, table.c.run_id))
    assert {row["run_id"] for row in rows} == {1, 2}
    # Rows that were kept shortly before the end, and not yet in the ledger, come again.
    found = Counter(
        (asked, name) for asked, name, _ in {(row["asked"], row["list"], row["app_id"]) for row in rows}
    )
    ends = kept(address, ListingSweep)
    assert len(ends) == 300
    assert found == Counter(
        {(end["asked"], name): count for end in ends.values() for name, count in (end["rows"] or {}).items()}
    )


def test_a_server_that_is_killed_costs_no_review_its_place_and_counts_none_twice(store, server, tmp_path):
    """20,000 reviews; the server is killed when a quarter of them is in, and again at half."""
    address, feed = server.create("killed_reviews"), tmp_path / "reviews.jsonl"
    given = ("-a", "ids=com.reviews20000.one", "-a", "langs=all", "-a", f"sweeps={tmp_path / 's.jsonl'}")

    with begun(store, address, *given, "-O", str(feed), spider="reviews") as process:
        for at in (5_000, 10_000):
            until(lambda at=at: there(address, Review) >= at or process.poll() is not None)
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

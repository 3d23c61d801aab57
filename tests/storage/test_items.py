"""What is kept of each class of items, in both kinds of database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from playfast.items import (
    App,
    Availability,
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
from playfast.play.nested import Criterion, DataType, PermissionGroup
from playfast.storage.kinds import NAMES, RECORDS
from playfast.storage.schema import TABLES, changes
from tests.storage.keeping import everything, read, write
from tests.storage.test_catalog import of_catalog

FIRST = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=UTC)
ASKED = {"country": "us", "lang": "en", "via": "rpc", "url": "http://127.0.0.1/"}
PERSONAL = {"user_name": "Nobody", "user_id": "0"}


def at(week):
    return FIRST + timedelta(days=7 * week)


def record(kind, week=0, *, status="available", app_id="com.example.one", **values):
    return kind(**{**ASKED, "app_id": app_id, "status": status, "fetched_at": at(week), **values})


def developer(week=0, *, status="available", asked="Example Ltd.", **values):
    told = {"name": "Example", "apps": 3, "stopped": "end"} if status == "available" else {}
    return Developer(**{**ASKED, "asked": asked, "status": status, "fetched_at": at(week), **told, **values})


def review(week=0, review_id="r-1", **values):
    told = {"app_id": "com.example.one", "lang": "en", "stars": 4, "text": "Good.", "written_at": FIRST}
    return Review(**{**told, "review_id": review_id, "fetched_at": at(week), "via": "rpc", **values})


def listing(rank, app_id, week=0, **values):
    given = {**ASKED, "asked": "com.example.one", "list": "similar", "fetched_at": at(week)}
    return Listing(**{**given, "rank": rank, "app_id": app_id, **values})


def one_of_each():
    """An item of every class that is kept."""
    sweep = {"app_id": "com.example.one", "lang": "en"}
    return [
        record(App, title="One"),
        record(
            Permissions, stated=True, permissions=(PermissionGroup("common", "Camera", ("take pictures",)),)
        ),
        record(DataSafety, stated=True, collected=(DataType("Location", "Exact", True, "Ads"),), shared=()),
        record(Availability, served_country="us"),
        developer(numeric_id="12345678901234567890"),
        review(criteria=(Criterion("vaf_x", 2, None),), edited=False),
        ReviewSweep(**sweep, status="available", fetched_at=FIRST, reviews=1, store_count=7, stopped="end"),
        listing(1, "com.example.two", icon_size=(512, 512), price=1.5, currency="EUR"),
        ListingSweep(
            **ASKED,
            asked="com.example.one",
            status="available",
            rows={"similar": 1},
            stopped={"similar": "end"},
        ),
        Suggestions(**ASKED, term="pand", status="available", suggestions=("panda", "pandora")),
        StoreCategory(
            **ASKED, category="GAME", status="available", is_game=True, collections=("topgrossing",)
        ),
        Collection(**ASKED, asked="GAME", list="popular", rank=1, apps=("com.example.two",)),
        Presence(**sweep, countries=2, answered=2, gone_everywhere=False, available_in=("us", "kr")),
    ]


def kept(address, kind):
    return read(address, select(TABLES[kind]).order_by(*TABLES[kind].primary_key))


def only(address, kind):
    (row,) = kept(address, kind)
    return row


def history(address):
    """The changes, but for those that say that a record is new."""
    rows = read(address, select(changes).order_by(changes.c.id))
    return [
        (row["item"], row["field"], row["before"], row["after"])
        for row in rows
        if (row["field"], row["before"]) != ("status", None)
    ]


def test_every_class_of_items_is_one_of_these():
    assert {type(item) for item in (*one_of_each(), *of_catalog())} == set(NAMES)
    assert set(TABLES) == set(NAMES)


def test_all_of_them_come_back_as_they_were_written(address):
    written = write(address, *one_of_each())
    assert (written.records, written.refused) == (13, 0)
    assert only(address, Permissions)["permissions"] == [
        {"kind": "common", "group": "Camera", "permissions": ["take pictures"]}
    ]
    row = only(address, DataSafety)
    assert (row["collected"][0]["optional"], row["shared"], row["collects"]) == (True, [], None)
    assert only(address, Developer)["numeric_id"] == "12345678901234567890"
    row = only(address, Review)
    assert row["criteria"] == [{"key": "vaf_x", "rating": 2, "choice": None}]
    assert (row["written_at"], row["edited"], row["stars"]) == (FIRST, False, 4)
    row = only(address, Listing)
    assert (row["list"], row["rank"], row["icon_size"], row["price"]) == ("similar", 1, [512, 512], 1.5)
    row = only(address, ListingSweep)
    assert (row["rows"], row["stopped"]) == ({"similar": 1}, {"similar": "end"})
    row = only(address, Presence)
    assert (row["available_in"], row["not_found_in"], row["gone_everywhere"]) == (["us", "kr"], [], False)
    assert (only(address, ReviewSweep)["store_count"], only(address, ReviewSweep)["run_id"]) == (7, 1)


def test_a_batch_of_them_that_is_written_again_changes_nothing(address):
    items = one_of_each()
    write(address, *items)
    before = everything(address)
    assert write(address, *items, times=2).changes == 0
    after = everything(address)
    # Another run, and nothing beside but what it found at its time: once, though it was written twice.
    assert [len(after[name]) - len(before[name]) for name in after if name in ("runs", "changes")] == [1, 0]
    for kind, name in NAMES.items():
        rows = [[row[name] for name in row if name != "run_id"] for row in before[name]]
        again = [[row[name] for name in row if name != "run_id"] for row in after[name]]
        several = "run_id" in TABLES[kind].primary_key
        assert again == (rows * 2 if several else rows), name


@pytest.mark.parametrize("kind", [Permissions, DataSafety, Availability])
def test_other_records_of_apps_have_a_history_of_their_own(address, kind):
    write(address, record(App, title="One"))
    assert write(address, record(kind)).changes == 1
    assert write(address, record(kind, 1)).changes == 0
    assert write(address, record(kind, 2, status="not_found")).changes == 1
    name = NAMES[kind]
    assert history(address) == [(name, "status", "available", "not_found")]
    assert (only(address, kind)["status"], only(address, App)["status"]) == ("not_found", "available")
    assert {row["item"] for row in read(address, select(changes))} == {"apps", name}


def test_each_changed_value_of_them_is_a_row_with_both(address):
    before = (DataType("Location", "Exact", False, "Ads"),)
    write(address, record(DataSafety, stated=True, collected=before, shared=()))
    after = (DataType("Location", "Exact", True, "Ads"),)
    write(address, record(DataSafety, 1, stated=True, collected=after, shared=None))
    told = {"category": "Location", "name": "Exact", "purposes": "Ads"}
    assert history(address) == [
        ("data_safety", "collected", [{**told, "optional": False}], [{**told, "optional": True}]),
        ("data_safety", "shared", [], None),
    ]


@pytest.mark.parametrize("kind", [App, Availability])
def test_what_pages_tell_is_kept_of_another_answer_that_says_it(address, kind):
    write(address, record(kind, served_country="us"))
    write(address, record(kind, 1))
    assert only(address, kind)["served_country"] == "us"
    write(address, record(kind, 2, served_country="gb"))
    assert history(address) == [(NAMES[kind], "served_country", "us", "gb")]


def test_a_developer_is_known_by_what_was_asked(address):
    write(address, developer(), developer(asked="1234", tagline="We"))
    write(address, developer(1, name="Example 2"), developer(1, asked="1234", name=None, tagline="They"))
    rows = read(address, select(changes).where(changes.c.before.is_not(None)).order_by(changes.c.id))
    assert [(row["asked"], row["app_id"], row["field"], row["after"]) for row in rows] == [
        ("1234", None, "name", None),
        ("1234", None, "tagline", "They"),
        ("Example Ltd.", None, "name", "Example 2"),
    ]
    assert [row["name"] for row in kept(address, Developer)] == [None, "Example 2"]


def test_a_developer_that_is_gone_keeps_what_was_last_said_of_it(address):
    write(address, developer())
    write(address, developer(1, status="not_found"))
    row = only(address, Developer)
    assert (row["status"], row["name"], row["apps"], row["stopped"]) == ("not_found", "Example", 0, None)
    assert (row["seen_at"], row["fetched_at"]) == (FIRST, at(1))
    write(address, developer(2, status="error", error="no answer", via=None))
    row = only(address, Developer)
    assert (row["status"], row["failure"]) == ("not_found", "no answer")
    assert history(address) == [("developers", "status", "available", "not_found")]


def test_a_developers_number_of_apps_is_compared_where_all_of_them_came(address):
    for week, (apps, stopped) in enumerate(
        [(3, "end"), (4, "end"), (2, "limit"), (1, "refused"), (6, "end"), (7, "end")]
    ):
        write(address, developer(week, apps=apps, stopped=stopped))
        row = only(address, Developer)
        assert (row["apps"], row["stopped"], row["fetched_at"]) == (apps, stopped, at(week))
    assert history(address) == [("developers", "apps", 3, 4), ("developers", "apps", 6, 7)]


def test_a_review_is_kept_once_and_says_when_it_first_came(address):
    write(address, review(), review(review_id="r-2"), review(app_id="com.example.two"))
    written = write(address, review(1))
    assert (written.records, written.changes) == (1, 0)
    assert [
        (row["app_id"], row["review_id"], row["first_seen_at"], row["fetched_at"], row["run_id"])
        for row in kept(address, Review)
    ] == [
        ("com.example.one", "r-1", FIRST, at(1), 2),
        ("com.example.one", "r-2", FIRST, FIRST, 1),
        ("com.example.two", "r-1", FIRST, FIRST, 1),
    ]
    assert not read(address, select(changes))


def test_an_edited_review_takes_the_place_of_what_it_was(address):
    write(address, review(reply_text="Thanks.", replied_at=at(0), thumbs_up=3))
    write(address, review(1, stars=1, text=None, written_at=at(1), edited=True, thumbs_up=0, lang="de"))
    row = only(address, Review)
    assert (row["stars"], row["text"], row["written_at"], row["edited"]) == (1, None, at(1), True)
    assert (row["reply_text"], row["replied_at"], row["thumbs_up"], row["lang"]) == (None, None, 0, "de")
    assert (row["first_seen_at"], row["run_id"]) == (FIRST, 2)


def test_of_a_review_that_comes_twice_in_a_batch_the_last_stays(address):
    write(address, review(), review(review_id="r-2"), review(1, stars=2))
    row = kept(address, Review)[0]
    assert (row["stars"], row["first_seen_at"]) == (2, FIRST)


def test_fields_of_reviews_that_were_not_asked_for_are_left_alone(address):
    write(address, review(**PERSONAL))
    write(address, review(1, stars=5), names={Review: ["app_id", "lang", "review_id", "stars"]})
    row = only(address, Review)
    assert (row["stars"], row["text"], row["user_name"], row["fetched_at"]) == (5, "Good.", "Nobody", at(1))


def test_who_wrote_a_review_is_in_no_column_where_it_was_not_asked_for(address):
    impersonal = [name for name in sources(Review) if name not in Review.personal]
    write(address, review(**PERSONAL), names={Review: impersonal})
    row = only(address, Review)
    assert row["text"] == "Good."
    assert all(row[name] is None for name in Review.personal)


def test_lists_are_kept_of_every_crawl_so_that_ranks_have_a_history(address):
    write(address, listing(1, "com.example.two"), listing(2, "com.example.three"))
    write(address, listing(1, "com.example.three", 1), listing(2, "com.example.two", 1), times=2)
    write(address, listing(1, "com.example.three", 2), listing(1, "com.example.three", 2, list="developer"))
    rows = [(row["list"], row["app_id"], row["run_id"], row["rank"]) for row in kept(address, Listing)]
    assert rows == [
        ("developer", "com.example.three", 3, 1),
        ("similar", "com.example.three", 1, 2),
        ("similar", "com.example.three", 2, 1),
        ("similar", "com.example.three", 3, 1),
        ("similar", "com.example.two", 1, 1),
        ("similar", "com.example.two", 2, 2),
    ]
    assert not read(address, select(changes))


def test_counts_are_kept_of_every_crawl_also_where_asking_failed(address):
    sweep = {"app_id": "com.example.one", "lang": "en"}
    write(address, ReviewSweep(**sweep, status="available", reviews=20, store_count=30, stopped="end"))
    write(address, ReviewSweep(**sweep, status="error", error="no answer"))
    assert [(row["run_id"], row["status"], row["reviews"]) for row in kept(address, ReviewSweep)] == [
        (1, "available", 20),
        (2, "error", 0),
    ]


def test_items_of_several_classes_in_any_order_make_one_batch(address):
    items = [
        item
        for number in range(5)
        for item in (
            review(review_id=f"r-{number}"),
            listing(number + 1, f"com.example.a{number}"),
            record(App, app_id=f"com.example.a{number}", title="An app"),
        )
    ]
    written = write(address, *items)
    assert (written.records, written.changes, written.refused) == (15, 5, 0)
    assert [len(kept(address, kind)) for kind in (Review, Listing, App)] == [5, 5, 5]


def test_a_row_that_is_refused_costs_no_other_its_place(address):
    rows = [review(review_id=f"r-{number:02}") for number in range(10)]
    rows[3].written_at = "yesterday"
    lists = [listing(number, f"com.example.a{number}") for number in range(1, 11)]
    lists[7].rank = "first"
    written = write(address, *rows, *lists, record(App))
    assert written.reason
    if address.startswith("postgresql"):  # a column of SQLite's takes a text for a number
        assert (written.records, written.refused) == (19, 2)
        assert len(kept(address, Listing)) == 9
    assert "r-03" not in {row["review_id"] for row in kept(address, Review)}
    assert (len(kept(address, Review)), len(kept(address, App))) == (9, 1)


def test_texts_that_a_database_cannot_hold_cost_no_row(address):
    write(address, review(review_id="r\0", text="a\0b\ud800c"), developer(asked="D\0"))
    assert only(address, Review)["text"] == "a\ufffdb\ufffdc"
    assert (only(address, Review)["review_id"], only(address, Developer)["asked"]) == ("r\ufffd", "D\ufffd")


def test_every_kind_of_record_has_a_status():
    assert all("status" in sources(kind) for kind in RECORDS.values())

from __future__ import annotations

import pytest

from playfast.errors import SourceError
from playfast.sources import app_ids
from playfast.sources.lines import locate


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        # one id a line
        (["com.a.b", "com.c.d"], ["com.a.b", "com.c.d"]),
        (["  com.a.b\t", "com.c.d\r\n", "\n"], ["com.a.b", "com.c.d"]),
        (["com.a.b", "com.a.b"], ["com.a.b", "com.a.b"]),  # de-duplicated elsewhere
        (['"com.a.b"'], ["com.a.b"]),
        # comments and blank lines, also before the first id
        (["# my, list; of\tapps", "", "   ", "com.a.b", "  # more", "com.c.d"], ["com.a.b", "com.c.d"]),
        ([], []),
        (["", "# nothing"], []),
        # what is no id is handed on, to be reported
        (["not an id", "com.a.b"], ["not an id", "com.a.b"]),
        (["kettle"], ["kettle"]),
        # addresses
        (["https://play.google.com/store/apps/details?id=com.a.b"], ["com.a.b"]),
        (["https://play.google.com/store/apps/details?id=com.a.b&hl=en&gl=us"], ["com.a.b"]),
        (["http://play.google.com/store/apps/details?hl=en&id=com.a.b#reviews"], ["com.a.b"]),
        (["play.google.com/store/apps/details?id=com.a.b"], ["com.a.b"]),
        (["market://details?id=com.a.b"], ["com.a.b"]),
        (["https://play.google.com/store/apps/details?id=%20com.a.b"], ["com.a.b"]),
        (
            ["https://play.google.com/store/apps/details?pid=1"],
            ["https://play.google.com/store/apps/details?pid=1"],
        ),
        (
            ["https://play.google.com/store/apps/details?id="],
            ["https://play.google.com/store/apps/details?id="],
        ),
        (["http://[?id=com.a.b"], ["http://[?id=com.a.b"]),
        (["com.a.b?id=c"], ["com.a.b?id=c"]),
        # a column with a heading
        (["app_id", "com.a.b"], ["com.a.b"]),
        (["appId", "com.a.b"], ["com.a.b"]),
        (['"App_ID"', '"com.a.b"'], ["com.a.b"]),
        (["app_id"], []),
    ],
)
def test_a_list_is_read_in_order(lines, ids):
    assert list(app_ids.read(lines)) == ids


@pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        # with a heading, wherever the column stands
        ([["app_id", "name"], ["com.a.b", "A"], ["com.c.d", "C"]], ["com.a.b", "com.c.d"]),
        ([["name", "appId", "score"], ["A", "com.a.b", "4.3"], ["C", "com.c.d", ""]], ["com.a.b", "com.c.d"]),
        ([["name", " APP_ID "], ["A", " com.a.b "]], ["com.a.b"]),
        # without one, the first column
        ([["com.a.b", "A"], ["com.c.d", "C"]], ["com.a.b", "com.c.d"]),
        ([["com.a.b", "A"], ["com.c.d"]], ["com.a.b", "com.c.d"]),
        # rows that have no such cell
        ([["name", "app_id"], ["A"], ["", ""], ["C", "com.c.d", "more"]], ["com.c.d"]),
        # addresses
        ([["name", "app_id"], ["A", "https://play.google.com/store/apps/details?id=com.a.b&hl=en"]], ["com.a.b"]),
    ],
)  # fmt: skip
def test_of_csv_the_column_of_ids_is_read(mark, rows, ids):
    assert list(app_ids.read(mark.join(row) for row in rows)) == ids


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        (
            ['"name","app_id"', '"Tea, or coffee","com.a.b"', '"say ""tea""","com.c.d"'],
            ["com.a.b", "com.c.d"],
        ),
        (
            ["# exported", "name,app_id", "", "A,com.a.b", "# not this one", "C,com.c.d"],
            ["com.a.b", "com.c.d"],
        ),
        (["name,app_id", '5" screen,com.a.b', "C,com.c.d"], ["com.a.b", "com.c.d"]),
        (["app_id;name", "com.a.b;Tea, hot"], ["com.a.b"]),
    ],
)
def test_cells_may_be_quoted_and_lines_left_out(lines, ids):
    assert list(app_ids.read(lines)) == ids


def test_csv_that_cannot_be_read_is_a_source_error_with_its_line():
    with pytest.raises(SourceError, match="line 2"):
        list(app_ids.read(["name,app_id", "x" * 200_000 + ",com.a.b"]))


def test_a_list_is_read_as_it_is_used():
    def endless():
        while True:
            yield "com.a.b"

    found = app_ids.read(endless())
    assert [next(found) for _ in range(3)] == ["com.a.b"] * 3


@pytest.mark.parametrize("mark", [";", "\t", " ", "\n"], ids=["semicolon", "tab", "space", "line feed"])
def test_ids_written_out_with_another_mark_than_a_comma_are_not_lost_in_silence(mark):
    """Either both are asked for, or something is left that is no id and is reported."""
    found = list(app_ids.read(locate(f"com.a.b{mark}com.c.d").lines()))
    assert found == ["com.a.b", "com.c.d"] or any(app_ids.problem(entry) for entry in found)


@pytest.mark.parametrize(
    "app_id",
    ["com.example.kettle", "a.b", "com.Example.Kettle_2", "com.1and1.mail", "_a._b", "a.b" + "c" * 252],
)
def test_a_package_name_is_one(app_id):
    assert app_ids.problem(app_id) is None


@pytest.mark.parametrize(
    ("app_id", "why"),
    [
        ("", "dot"), ("kettle", "dot"), ("Minecraft", "dot"), ("id 5", "dot"),
        ("com.", "letters"), (".com", "letters"), ("com..a", "letters"), ("com.a b", "letters"), ("com.a-b", "letters"), ("com.é", "letters"),
        ("com.a\n", "letters"), ("com.a/b", "letters"), ("com.٣", "letters"), ("https://x.example/?id=a.b", "letters"), ("com.a,b", "letters"),
        ("a.b" + "c" * 253, "255"),
    ],
)  # fmt: skip
def test_what_is_no_package_name_is_told_why(app_id, why):
    assert why in app_ids.problem(app_id)


def test_an_open_quote_is_told_instead_of_swallowing_the_rows_behind_it():
    rows = [
        "app_id,name",
        "com.a.x,A",
        'com.a.bad,"5 inch',
        *(f"com.b.n{number},B" for number in range(1000)),
    ]
    with pytest.raises(SourceError, match="line 3"):
        list(app_ids.read(rows))


def test_cells_may_hold_line_breaks_and_hashes():
    rows = [
        "name,app_id",
        "#1 Cleaner,com.c.d",
        '"two',
        '# lines, and ""quotes""',
        'end",com.a.x',
        "B,com.e.f",
    ]
    assert list(app_ids.read(rows)) == ["com.c.d", "com.a.x", "com.e.f"]


def test_rows_that_begin_with_a_hash_are_comments_where_the_ids_come_first():
    assert list(app_ids.read(["com.a.b,x", "# com.c.d,y", "", "com.e.f,z"])) == ["com.a.b", "com.e.f"]

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import SourceError
from playfast.play.places import COUNTRIES, LANGUAGES
from playfast.play.verdict import Status
from playfast.sources import feed
from playfast.sources.feed import Row

ROWS = [
    Row("com.a.b", "us", "en", "error"),
    Row("com.c.d", "kr", "pt-BR", "available"),
    Row("no_dot", "us", "en", "invalid_id"),
]


def record(row, **more):
    return {**row._asdict(), "title": "[Tea], {or}\ncoffee", **more}


def read(text):
    return list(feed.read((line.rstrip("\n") for line in io.StringIO(text, newline=None)), "run.feed"))


def told(text):
    with pytest.raises(SourceError) as caught:
        read(text)
    return str(caught.value)


def json_lines(rows=ROWS):
    return "".join(json.dumps(record(row)) + "\n" for row in rows)


def table(rows=ROWS, delimiter=",", columns=("title", "status", "lang", "app_id", "country")):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(map(record, rows))
    return out.getvalue()


ARRAY = "[\n" + ",\n".join(json.dumps(record(row)) for row in ROWS) + "\n]"


@pytest.mark.parametrize(
    "text",
    [
        json_lines(),
        "\n\n" + json_lines().replace("\n", "\n \n"),
        json_lines().rstrip(),
        ARRAY,
        ARRAY + "\n\n",
        ARRAY.replace("[\n{", "[{").replace("}\n]", "}]"),
        table(),
        table(delimiter=";"),
        table(delimiter="\t"),
        "\n" + table(),
        table(ROWS[:1]) + table(ROWS[1:]),
        table().replace("app_id", " App_ID "),
    ],
)
def test_every_form_of_a_feed_gives_the_same_rows(text):
    assert read(text) == ROWS


@pytest.mark.parametrize("text", ["", "\n \n", "[]", "[\n\n]", "app_id,country,lang,status\n"])
def test_an_empty_feed_has_no_rows(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["com.a.b\ncom.c.d\n", "# mine\ncom.a.b", "com.a.b,us,en,error", "app_id,country,lang\n", "PAR1\0"],
)
def test_what_is_no_feed_is_told_with_its_place_and_what_is_valid(text):
    message = told(text)
    assert "line 1 of run.feed" in message
    assert repr(text.splitlines()[0]) in message
    assert "JSON Lines, a JSON array or CSV is due, with app_id, country, lang, status" in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json_lines() + '{"app_id": "com.e', ("line 4", "no JSON")),
        (json_lines() + "com.e.f\n", ("line 4", "no JSON", "'com.e.f'")),
        (json_lines() + "[1]\n", ("line 4", "no record")),
        (ARRAY.rstrip("]"), ("within its JSON array", "cut short")),
        (ARRAY + "\n{}", ("behind the end",)),
        (json.dumps([record(row) for row in ROWS]), ("line 1", "in a line of its own")),
        (json.dumps([record(row) for row in ROWS], indent=1), ("line 2", "in a line of its own")),
        (table() + '"open', ("line 8", "no CSV")),
        (table() + "only a title\n", ("line 8", "has no app_id, country, lang, status")),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(text, words):
    message = told(text)
    assert all(word in message for word in (*words, "run.feed")), message


@pytest.mark.parametrize("column", Row._fields)
@pytest.mark.parametrize("value", [None, "", 5, ["us"], {}])
def test_a_record_that_lacks_a_field_is_told(column, value):
    message = told(json_lines() + "\n" + json.dumps({**record(ROWS[0]), column: value}))
    assert f"line 5 of run.feed has no {column};" in message
    lacking = record(ROWS[0])
    del lacking[column]
    assert f"line 1 of run.feed has no {column};" in told(json.dumps(lacking))


@pytest.mark.parametrize(
    ("column", "value", "due"),
    [("country", "US", "country code"), ("lang", "pt_BR", "language of Play"), ("status", "fine", "available, preregister")],
)  # fmt: skip
def test_a_value_that_no_feed_has_is_told_with_what_is_valid(column, value, due):
    message = told(json.dumps({**record(ROWS[0]), column: value}))
    assert f"{column} {value!r}" in message
    assert due in message


def test_a_long_line_is_shown_short():
    assert len(told("x" * 100_000)) < 300
    assert len(told("{" + "x" * 100_000)) < 300


def test_a_feed_is_read_as_it_is_used():
    def endless():
        while True:
            yield json.dumps(record(ROWS[0]))

    rows = feed.read(endless(), "run.feed")
    assert [next(rows) for _ in range(3)] == [ROWS[0]] * 3


_ALMOST = st.sampled_from(
    ["[", "]", "{}", ",", '"', "com.a.b", json.dumps(record(ROWS[0])), json.dumps(record(ROWS[1])) + ",", "app_id,country,lang,status", "com.a.b,us,en,error"]
)  # fmt: skip


@settings(max_examples=400, deadline=None, database=None)
@given(st.lists(st.one_of(_ALMOST, st.text(st.characters(exclude_characters="\r\n"), max_size=20))))
def test_any_lines_give_keys_or_a_source_error(lines):
    try:
        rows = list(feed.read(lines, "run.feed"))
    except SourceError as error:
        assert "run.feed" in str(error)
        return
    for row in rows:
        assert row.app_id
        assert row.app_id.encode()
        assert row.country in COUNTRIES
        assert row.lang in LANGUAGES
        assert row.status in set(Status)


@settings(max_examples=100, deadline=None, database=None)
@given(
    st.lists(
        st.builds(
            Row,
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), min_size=1),
            st.sampled_from(list(COUNTRIES)),
            st.sampled_from(LANGUAGES),
            st.sampled_from([str(status) for status in Status]),
        )
    )
)
def test_whatever_was_written_is_read(rows):
    array = "[\n" + ",\n".join(json.dumps(record(row)) for row in rows) + "\n]"
    assert read(json_lines(rows)) == read(array) == read(table(rows)) == rows

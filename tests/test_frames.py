"""Records as tables of pandas, polars and Arrow."""

from __future__ import annotations

import sys
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from playfast.errors import ArgumentError
from playfast.items import App, to_frame
from playfast.play.nested import Category

pytest.importorskip("pyarrow", reason="needs pyarrow")

MOMENT = datetime(2026, 11, 2, 3, 4, 5, 678901, tzinfo=UTC)


def app(app_id, **values):
    return App(**{"app_id": app_id, "country": "us", "lang": "en", "status": "available", **values})


APPS = [
    app(
        "a.b",
        ratings=2**53 + 1,
        histogram=(1, 2, 3, 4, 5),
        updated=MOMENT,
        categories=(Category(id="X", name="x"),),
        scores_by_device={"phone": 4.5},
        free=True,
    ),
    app("c.d", ratings=None),
]


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_every_field_is_a_column_and_every_record_a_row(library):
    if library != "arrow":
        pytest.importorskip(library, reason=f"needs {library}")
    table = to_frame(APPS, library)
    names = table.column_names if library == "arrow" else list(table.columns)
    assert names == [field.name for field in fields(App)]
    assert table.shape == (2, len(names))


def test_arrow_keeps_each_value_as_it_is():
    first, second = to_frame(APPS, "arrow").to_pylist()
    assert (first["ratings"], first["histogram"], first["updated"]) == (2**53 + 1, [1, 2, 3, 4, 5], MOMENT)
    assert (first["categories"], first["free"]) == ([{"id": "X", "name": "x"}], True)
    assert dict(first["scores_by_device"]) == {"phone": 4.5}
    assert second["ratings"] is None


def test_a_whole_number_stays_one_beside_a_none_in_pandas():
    pytest.importorskip("pandas", reason="needs pandas")
    frame = to_frame(APPS)
    assert int(frame["ratings"][0]) == 2**53 + 1
    assert frame["ratings"].isna().tolist() == [False, True]
    assert frame["ratings"].sum() == 2**53 + 1


def test_polars_unnests_lists():
    pytest.importorskip("polars", reason="needs polars")
    frame = to_frame(APPS, "polars", fields=["app_id", "histogram"])
    assert frame.explode("histogram")["histogram"].to_list()[:5] == [1, 2, 3, 4, 5]


def test_what_the_client_gives_is_one_table_and_fields_choose_columns():
    table = to_frame({"us": APPS[:1], "kr": APPS[1:]}, "arrow", fields=("app_id", "country"))
    assert table.to_pylist() == [{"app_id": "a.b", "country": "us"}, {"app_id": "c.d", "country": "us"}]
    assert to_frame([], "arrow", fields=["title"]).shape == (0, 1)


def test_all_mistakes_are_told_at_once():
    with pytest.raises(ArgumentError) as caught:
        to_frame([APPS[0], {"app_id": "x"}], "panda", fields=["titel", "title"])
    assert len(caught.value.problems) == 3
    assert "did you mean title?" in str(caught.value)


@pytest.mark.parametrize(("package", "library"), [("pandas", "pandas"), ("polars", "polars")])
def test_a_library_that_is_missing_says_what_to_install(package, library, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModuleNotFoundError, match=f"pip install {package}"):
        to_frame(APPS, library)

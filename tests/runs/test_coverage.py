from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.items import App
from playfast.play.fields import key as key_field
from playfast.play.fields import key_names, said, sources, told
from playfast.runs.coverage import Coverage

FIELDS = [name for name in sources(App) if name not in key_names(App)]


def app(**values):
    return App(app_id="a.b", country="us", lang="en", status="available", **values)


def test_every_field_but_the_key_is_counted_in_the_order_of_declaration():
    coverage = Coverage(App)
    assert list(coverage.names) == FIELDS == list(coverage.filled)
    assert set(coverage.filled.values()) == {0}


def test_a_field_that_play_denies_by_silence_counts_its_yes():
    assert set(Coverage(App).yes) == {
        "in_app_purchases", "contains_ads", "play_pass", "family_library", "early_access", "teacher_approved",
        "editors_choice",
    }  # fmt: skip


def test_names_choose_fields_whatever_their_order():
    coverage = Coverage(App, ["score", "title", "app_id", "status"])
    assert coverage.names == ("title", "score")
    coverage.add(app(title="x", score=1.0, ratings=3))
    assert coverage.filled == {"title": 1, "score": 1}
    assert coverage.yes == {}


@pytest.mark.parametrize("names", [[], ["app_id"]])
def test_there_may_be_nothing_to_count(names):
    coverage = Coverage(App, names)
    coverage.add(app(title="x"))
    assert coverage.filled == {}


@pytest.mark.parametrize(("value", "filled", "yes"), [(True, 1, 1), (False, 1, 0), (None, 0, 0)])
def test_yes_no_and_nothing(value, filled, yes):
    coverage = Coverage(App, ["contains_ads"])
    coverage.add(app(contains_ads=value))
    assert (coverage.filled["contains_ads"], coverage.yes["contains_ads"]) == (filled, yes)


@pytest.mark.parametrize("value", [0, 0.0, "", [], {}, False])
def test_what_is_there_is_there_though_it_is_nothing(value):
    coverage = Coverage(App, ["ratings"])
    coverage.add(app(ratings=value))
    assert coverage.filled == {"ratings": 1}


RECORD = st.fixed_dictionaries(
    {},
    optional={
        "title": st.none() | st.text(max_size=2),
        "contains_ads": st.none() | st.booleans(),
        "score": st.none() | st.just(2.0),
    },
)


@settings(max_examples=100, deadline=None, database=None)
@given(st.lists(RECORD, max_size=20))
def test_counts_are_those_of_counting_by_hand(records):
    coverage = Coverage(App)
    for record in records:
        coverage.add(app(**record))
    for name in ("title", "contains_ads", "score", "summary"):
        assert coverage.filled[name] == sum(record.get(name) is not None for record in records)
    assert coverage.yes["contains_ads"] == sum(record.get("contains_ads") is True for record in records)


@dataclass(kw_only=True)
class Small:
    status: str = key_field("How it went.")
    open: bool | None = told(1, doc="Whether it is open.")
    name: str | None = said(2, doc="Its name.")


def test_any_class_of_declared_fields_can_be_counted():
    coverage = Coverage(Small)
    coverage.add(Small(status="available", open=True))
    coverage.add(Small(status="available", open=False, name="x"))
    assert coverage.filled == {"open": 2, "name": 1}
    assert coverage.yes == {"open": 1}

"""Drift: no alarm by chance, one where a field vanishes, and a reason that names the field."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.items import App
from playfast.play.fields import floors
from playfast.runs import checkpoints, drift
from playfast.runs.drift import Counts, Finding, against_earlier, against_floors

FLOORS = floors(App)


def of(records, said=None, invalid=None):
    return Counts(records, said or {}, records, invalid or {})


def one(records, said, invalid=0):
    return of(records, {"x": said}, {"x": invalid})


def looks(total):
    """At which numbers of records a crawl is judged, each look from the window's beginning."""
    found, at, begin = [], 0, 0
    while (at := checkpoints.after(at)) <= total:
        found.append(at - begin)
        begin = at if at - begin >= 400 else begin
    return found


def alarms_up_to(records, floor):
    """The largest count of records that say something at which there is an alarm; -1 where there never is."""
    least, most = -1, records
    while least < most:
        middle = (least + most + 1) // 2
        if against_floors(one(records, middle), {"x": floor}):
            least = middle
        else:
            most = middle - 1
    return least


def chance(count, records, share):
    """How likely it is that no more than so many of these records say something, when this share of all do."""
    return sum(
        math.exp(
            math.lgamma(records + 1) - math.lgamma(k + 1) - math.lgamma(records - k + 1)
            + k * math.log(share) + (records - k) * math.log1p(-share)
        )
        for k in range(count + 1)
    )  # fmt: skip


# No alarm by chance


def test_a_crawl_whose_fields_are_all_well_above_their_floors_gives_no_alarm():
    """Half of what the floor allows to be missing is missing: over 10,000 records and all looks, not one crawl in 100 may alarm."""
    likely = sum(
        chance(alarms_up_to(records, floor), records, (1 + floor) / 2)
        for floor in FLOORS.values()
        for records in looks(10_000)
    )
    assert likely < 0.01


def test_random_crawls_at_the_floors_and_above_give_almost_no_alarm():
    dice = random.Random(4)
    alarmed = 0
    for _ in range(60):
        shares = {name: dice.uniform(floor, 1) for name, floor in FLOORS.items()}
        for records in (30, 50, 100, 200, 500):
            said = {
                name: sum(dice.random() < share for _ in range(records)) for name, share in shares.items()
            }
            alarmed += bool(against_floors(of(records, said), FLOORS))
    assert alarmed <= 3


def test_random_crawls_like_the_one_before_give_almost_no_alarm():
    dice = random.Random(5)
    alarmed = 0
    for _ in range(60):
        shares = {str(number): dice.random() for number in range(60)}

        def crawled(records, shares=shares):
            return of(
                records,
                {name: sum(dice.random() < share for _ in range(records)) for name, share in shares.items()},
                {name: sum(dice.random() < 0.005 for _ in range(records)) for name in shares},
            )

        earlier, now = crawled(dice.choice([40, 300])), crawled(dice.choice([40, 300]))
        alarmed += bool(against_earlier(now, earlier)) + bool(against_floors(now, {}, earlier))
    assert alarmed <= 2


@pytest.mark.parametrize("records", [0, 1, drift.ENOUGH - 1])
def test_a_few_records_are_not_judged(records):
    assert against_floors(one(records, 0, records), {"x": 0.99}) == []
    assert against_earlier(one(records, 0, records), one(1000, 1000)) == []
    assert against_earlier(one(1000, 0, 1000), one(records, records)) == []


@pytest.mark.parametrize("records", [30, 96, 500])
def test_what_is_all_there_gives_no_alarm(records):
    full = of(records, dict.fromkeys(FLOORS, records), dict.fromkeys(FLOORS, 0))
    assert against_floors(full, FLOORS, full) == []
    assert against_earlier(full, full) == []
    assert against_earlier(full, of(records, dict.fromkeys(FLOORS, 0), dict.fromkeys(FLOORS, records))) == []


def test_a_few_refused_values_give_no_alarm():
    assert against_floors(one(100, 100, 5), {}) == []
    assert against_earlier(one(1000, 1000, 12), one(1000, 1000, 5)) == []


def test_a_field_that_is_new_or_gone_from_the_choice_of_fields_gives_no_alarm():
    now = of(100, {"new": 3}, {"new": 0})
    earlier = of(100, {"old": 100}, {"old": 0})
    assert against_floors(now, {"elsewhere": 0.9}, earlier) == []
    assert against_earlier(now, earlier) == []


# An alarm where a field vanishes


@pytest.mark.parametrize("name", [name for name, floor in FLOORS.items() if floor >= 0.4])
def test_a_field_with_a_floor_that_vanishes_is_found_among_fifty_records(name):
    (found,) = against_floors(of(50, {name: 0}), FLOORS)
    assert found.field == name
    assert "0 of 50" in found.problem


@pytest.mark.parametrize("name", FLOORS)
def test_every_field_with_a_floor_that_vanishes_is_found_in_a_window(name):
    (found,) = against_floors(of(400, {name: 0}), FLOORS)
    assert found.field == name


def test_a_field_without_a_floor_that_vanishes_is_found_by_the_run_before():
    (found,) = against_earlier(one(300, 0), one(300, 150))
    assert found == Finding("x", "in 0.0% of the available records, in 50.0% the time before")


def test_a_field_that_nearly_every_record_filled_before_needs_no_floor():
    assert against_floors(one(50, 0), {}) == []
    (found,) = against_floors(one(50, 0), {}, one(1000, 990))
    assert found.field == "x"


def test_a_field_that_half_vanishes_is_found():
    assert against_floors(one(200, 100), {"x": 0.9})
    assert against_earlier(one(400, 100), one(400, 200))
    assert not against_earlier(one(400, 180), one(400, 200))


@pytest.mark.parametrize("share", [0.2, 0.5, 1.0])
def test_a_field_whose_values_are_refused_is_found_in_any_run(share):
    (found,) = against_floors(one(100, 0, int(100 * share)), {})
    assert found.field == "x"
    assert "cannot be right" in found.problem


def test_a_field_whose_values_are_refused_more_often_than_before_is_found():
    (found,) = against_earlier(one(2000, 2000, 80), one(2000, 2000, 2))
    assert found == Finding("x", "cannot be right in 4.0% of the records, in 0.1% the time before")


def test_refused_values_are_a_share_of_all_records_that_play_filled():
    """Those of apps that are not offered here are checked too."""
    mostly_elsewhere = Counts(records=40, said={"x": 40}, filled=1000, invalid={"x": 45})
    assert against_floors(mostly_elsewhere, {}) == []
    assert against_earlier(mostly_elsewhere, Counts(40, {"x": 40}, 1000, {"x": 40})) == []
    (found,) = against_floors(Counts(40, {"x": 40}, 1000, {"x": 500}), {})
    assert "500 of 1,000" in found.problem


def test_all_fields_that_vanish_are_named():
    said = dict.fromkeys(FLOORS, 500)
    gone = ["title", "developer", "score"]
    found = against_floors(of(500, {**said, **dict.fromkeys(gone, 0)}), FLOORS)
    assert sorted(finding.field for finding in found) == sorted(gone)
    told = drift.sentence(found)
    assert all(name in told for name in gone)


COUNTS = st.integers(0, 400).flatmap(
    lambda records: st.builds(
        Counts,
        st.just(records),
        st.dictionaries(st.sampled_from("abc"), st.integers(0, records)),
        st.just(records + 7),
        st.dictionaries(st.sampled_from("abc"), st.integers(0, records)),
    )
)


@settings(max_examples=120, deadline=None, database=None)
@given(COUNTS, COUNTS, st.dictionaries(st.sampled_from("abc"), st.floats(0, 1)))
def test_any_counts_can_be_judged(now, earlier, given_floors):
    for found in (
        against_floors(now, given_floors),
        against_floors(now, given_floors, earlier),
        against_earlier(now, earlier),
    ):
        for finding in found:
            assert finding.field in {*now.said, *now.invalid}
            assert finding.problem
    assert drift.sentence([]) == ""


@settings(max_examples=100, deadline=None, database=None)
@given(st.integers(30, 500), st.floats(0, 1), st.data())
def test_more_of_a_field_is_never_worse(records, floor, data):
    few = data.draw(st.integers(0, records))
    more = data.draw(st.integers(few, records))
    if against_floors(one(records, more), {"x": floor}):
        assert against_floors(one(records, few), {"x": floor})


# Between two looks


@settings(max_examples=50, deadline=None, database=None)
@given(COUNTS, COUNTS)
def test_what_came_since_the_last_look_is_the_difference(first, more):
    both = Counts(
        first.records + more.records,
        {name: first.said.get(name, 0) + more.said.get(name, 0) for name in {*first.said, *more.said}},
        first.filled + more.filled,
        {
            name: first.invalid.get(name, 0) + more.invalid.get(name, 0)
            for name in {*first.invalid, *more.invalid}
        },
    )
    since = both.since(first)
    assert since.records == more.records
    assert {name: count for name, count in since.said.items() if count} == {
        n: c for n, c in more.said.items() if c
    }
    assert {name: count for name, count in since.invalid.items() if count} == {
        n: c for n, c in more.invalid.items() if c
    }


# What stands around the fields


@pytest.mark.parametrize(
    ("usable", "unusable", "moved"),
    [(0, 29, False), (0, 30, True), (30, 30, False), (30, 31, True), (1_000_000, 500, False), (0, 0, False)],
)
def test_answers_that_mostly_give_no_record_are_found(usable, unusable, moved):
    found = drift.of_answers(usable, unusable, "the record does not say whose it is")
    assert bool(found) is moved
    assert all("does not say whose" in finding.problem and finding.field for finding in found)


@pytest.mark.parametrize(
    ("available", "elsewhere", "offered", "moved"),
    [
        (0, 30, 30, True),
        (0, 29, 29, False),
        (1, 500, 500, False),
        (0, 100, 90, True),
        (0, 100, 80, False),
        (0, 100, 0, False),
        (0, 0, 0, False),
    ],
)
def test_apps_that_are_offered_though_none_is_available_are_found(available, elsewhere, offered, moved):
    found = drift.of_statuses(available, elsewhere, offered)
    assert [finding.field for finding in found] == ["status"] * moved


@pytest.mark.parametrize(
    ("known", "unknown", "told"),
    [(0, 29, False), (0, 30, True), (1, 30, False), (1, 1_000_000, False), (0, 0, False)],
)
def test_a_store_that_knows_nothing_of_all_that_was_asked_is_told(known, unknown, told):
    found = drift.of_knowledge(known, unknown)
    assert [finding.field for finding in found] == ["status"] * told
    assert all(f"none of the {unknown} asked" in finding.problem for finding in found)
    assert drift.of_knowledge(known, unknown, unknown + 1) == []


@pytest.mark.parametrize(
    ("available", "rows", "told"),
    [(29, 0, False), (30, 0, True), (30, 1, False), (1_000_000, 1, False), (0, 0, False)],
)
def test_lists_that_are_all_empty_are_told(available, rows, told):
    found = drift.of_rows(available, rows)
    assert [finding.field for finding in found] == ["rows"] * told
    assert all(f"none of {available} available" in finding.problem for finding in found)


@pytest.mark.parametrize("floor", sorted(set(FLOORS.values())))
@pytest.mark.parametrize("records", sorted(set(looks(2000))))
def test_a_field_at_its_floor_alarms_by_chance_once_in_ten_thousand_looks(floor, records):
    assert chance(alarms_up_to(records, floor), records, floor) < 1e-4


def test_a_crawl_whose_fields_are_at_their_floors_gives_no_alarm():
    likely = sum(
        chance(alarms_up_to(records, floor), records, floor)
        for floor in FLOORS.values()
        for records in looks(10_000)
    )
    assert likely < 0.01


def test_a_rare_refusal_in_a_small_crawl_after_a_large_one_is_no_drift():
    earlier = Counts(1_000_000, {"x": 1_000_000}, 1_000_000, {"x": 1_000})
    assert against_earlier(Counts(40, {"x": 40}, 40, {"x": 1}), earlier) == []


ODD = st.builds(
    Counts,
    st.integers(0, 100),
    st.just({}) | st.fixed_dictionaries({"x": st.integers(-5, 300)}),
    st.integers(0, 100),
    st.fixed_dictionaries({"x": st.integers(0, 300)}),
)


@settings(max_examples=300, deadline=None, database=None)
@given(ODD, ODD)
def test_counts_that_do_not_fit_together_are_judged_without_a_crash(now, earlier):
    """A pipeline behind the validation may drop what it counted."""
    against_floors(now, {"x": 0.9}, earlier)
    against_earlier(now, earlier)

"""Fields: which are below their floor, which changed, and how they are sorted."""

from __future__ import annotations

import re

import pytest

from playfast.pages.run.coverage import below, coverage, differs, fields_of
from playfast.pages.run.runs import Run, Runs
from tests.pages import sample


def report(records=1000, **shares):
    """A report whose fields have these shares; a pair is a share and a floor."""
    made = sample.report(fields=[])
    made["records"]["filled"] = records
    for name, given in shares.items():
        share, floor = given if isinstance(given, tuple) else (given, None)
        made["fields"][name] = {
            "filled": round(share * records), "coverage": share if records else None, "invalid": 0,
            "invalid_rate": 0.0 if records else None, "yes": None, "floor": floor,
        }  # fmt: skip
    return made


def runs(now, before=None):
    return Runs(Run(now, "run.json"), None if before is None else Run(before, "earlier.json"))


def titles(markup):
    return re.findall(r"<h3>(.*?)</h3>", markup)


def drawn(markup):
    """Names in the charts, in their order."""
    return re.findall(r'"name":"([^"]*)","now"', markup)


@pytest.mark.parametrize(
    ("said", "records", "floor", "expected"),
    [
        (0.9, 10_000, 0.95, True), (0.949, 10_000, 0.95, False), (0.5, 3, 0.95, False), (0.96, 10_000, 0.95, False), (0.0, 10_000, None, False),
        (None, 0, 0.9, False), (0.999, 10_000, 1.0, True),
    ],
)  # fmt: skip
def test_below_its_floor_is_what_chance_does_not_explain(said, records, floor, expected):
    assert below(said, records, floor) is expected


@pytest.mark.parametrize(
    ("now", "now_count", "before", "before_count", "expected"),
    [
        (0.5, 10_000, 0.6, 10_000, True), (0.5, 10, 0.6, 10, False), (0.995, 10**6, 1.0, 10**6, False), (0.99, 10**6, 1.0, 10**6, True),
        (None, 0, 0.5, 100, False), (0.5, 100, None, 0, False), (1.0, 10, 1.0, 10, False),
    ],
)  # fmt: skip
def test_changed_is_a_point_or_more_and_more_than_chance(now, now_count, before, before_count, expected):
    assert differs(now, now_count, before, before_count) is expected


def test_below_the_floor_come_first_then_what_changed_then_the_rest_thinnest_first():
    now = report(full=1.0, thin=0.3, lost=0.2, won=0.9, low=(0.5, 0.9), lower=(0.4, 0.9))
    before = report(full=1.0, thin=0.3, lost=0.8, won=0.1, low=1.0, lower=1.0)
    markup = coverage(runs(now, before))
    assert titles(markup) == ["Below their floor (2)", "Changed (2)", "The other fields (2)"]
    assert drawn(markup) == ["lower", "low", "lost \N{MINUS SIGN}60.0", "won +80.0", "thin", "full"]


def test_without_an_earlier_run_nothing_changed():
    markup = coverage(runs(report(full=(1.0, 0.9), thin=0.3)))
    assert titles(markup) == ["All fields (2)"]
    assert "No field is below its floor; 1 of 2 fields have one." in markup
    assert "changed" not in markup


def test_that_nothing_changed_is_said():
    assert "No field changed" in coverage(runs(report(a=1.0), report(a=1.0)))


def test_a_yes_or_no_field_is_measured_by_those_that_say_yes():
    now, before = report(ads=1.0), report(ads=1.0)
    now["fields"]["ads"] |= {"yes": 100, "floor": 0.3}
    before["fields"]["ads"] |= {"yes": 400}
    (field,) = fields_of(runs(now, before))
    assert (field.said, field.before, field.thin, field.changed) == (0.1, 0.4, True, True)
    assert drawn(coverage(runs(now, before))) == ["ads: yes"]


def test_fields_of_other_records_are_not_compared():
    before = report(a=0.1)
    before["item"] = "Review"
    markup = coverage(runs(report(a=1.0), before))
    assert "holds other records (Review)" in markup
    assert titles(markup) == ["All fields (1)"]


def test_a_field_that_is_only_in_one_run_has_nothing_beside_it():
    old, new = fields_of(runs(report(old=0.5, new=0.5), report(old=0.5, gone=1.0)))
    assert old.before == 0.5
    assert new.before is None


def test_many_fields_stand_in_three_columns_and_few_in_one():
    assert coverage(runs(report(**{f"f{n}": 0.5 for n in range(100)}))).count('class="chart"') == 3
    assert coverage(runs(report(**{f"f{n}": 0.5 for n in range(8)}))).count('class="chart"') == 1


def test_invalid_values_are_listed_most_first():
    now = report(a=1.0, b=1.0, c=1.0)
    now["fields"]["b"] |= {"invalid": 2, "invalid_rate": 0.002}
    now["fields"]["c"] |= {"invalid": 1000, "invalid_rate": 1.0}
    markup = coverage(runs(now))
    assert "Invalid values (1,002)" in markup
    assert markup.index("<code>c</code>") < markup.index("<code>b</code>")


def test_nothing_to_count_over_is_said():
    assert "No app is available" in coverage(runs(report(records=0, a=0.0)))
    assert "No field was asked for" in coverage(runs(report()))


def test_whether_drift_was_looked_for_is_said():
    now = report(a=1.0)
    assert "found none" in coverage(runs(now))
    now["drift"] = {"mode": "off", "against": None, "findings": []}
    assert "did not look for drift" in coverage(runs(now))

"""Which countries are drawn, and in what order."""

from __future__ import annotations

from playfast.pages.run.came import came, selected, statuses
from playfast.pages.run.runs import Run, Runs
from tests.pages import sample


def test_few_countries_stay_in_their_order():
    given = {"us": {"available": 1}, "de": {"error": 5}}
    assert selected(given) == (list(given.items()), "")


def test_of_many_those_with_errors_come_first_then_those_with_few_apps_and_the_others_as_their_mean():
    given = {
        "aa": {"available": 9},
        "bb": {"available": 8, "error": 1},
        "cc": {"available": 7},
        "dd": {"available": 3, "not_found": 1},
        "ee": {"available": 10, "not_found": 2},
    }
    shown, note = selected(given, 3)
    assert [name for name, _ in shown] == ["bb", "dd", "cc", "mean of 2"]
    assert shown[-1][1] == {"available": 9.5, "not_found": 1}
    assert "Of 5 countries the 3" in note


def test_statuses_have_an_order_and_unknown_ones_come_last():
    assert statuses({"new": 1, "error": 2, "available": 3}) == ["available", "error", "new"]


def test_the_table_has_every_country_and_the_earlier_run():
    runs = Runs(
        Run(sample.report(countries=tuple(f"c{n}" for n in range(177))), "run.json"),
        Run(sample.report(), "earlier.json"),
    )
    markup = came(runs)
    for number in range(177):
        assert f'<th scope="row">c{number}</th>' in markup
    assert "all, earlier (earlier.json)" in markup


def test_statuses_that_no_record_has_are_neither_drawn_nor_explained():
    report = sample.report()
    for counts in (report["records"]["by_status"], *report["records"]["by_country"].values()):
        counts["invalid_id"] = 0
    chart = came(Runs(Run(report, "run.json"))).partition("<details>")[0]
    assert "invalid_id" not in chart


def test_records_that_went_missing_are_told():
    report = sample.report()
    report["records"] |= {"lost": 3, "dropped": 1}
    markup = came(Runs(Run(report, "run.json")))
    assert "1 record dropped by a pipeline." in markup
    assert "3 records made, but missing from the feeds." in markup

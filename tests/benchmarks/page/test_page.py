"""The page of the benchmarks: what it says, of any runs that can be."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from benchmarks import results
from benchmarks.page import head, rest
from benchmarks.page.page import history_page
from benchmarks.page.past import past
from benchmarks.page.scenario import scenario
from benchmarks.page.targets import targets
from benchmarks.results import Commit, Load, Series, Target
from tests.benchmarks.page import sample

HOSTILE = (
    "</script><script>document.title = 'hit'</script><img src=x onerror=\"document.title='hit'\"> & \ud800"
)


def plain(text):
    return re.sub("<[^>]*>", " ", text).replace("\xa0", " ")


def specs(markup):
    """The charts' specifications that stand in the markup."""
    return [
        json.loads(text)
        for text in re.findall(r'<script type="application/json">(.*?)</script>', markup, re.DOTALL)
    ]


def trends(markup):
    """The rows of each chart over the runs."""
    return [
        spec["data"]["values"]
        for spec in specs(markup)
        if spec["data"]["values"] and "run" in spec["data"]["values"][0]
    ]


def with_result(week, **changes):
    return sample.run(week, scenarios=[sample.one(**changes)])


def test_the_samples_are_runs_as_they_are_kept(tmp_path):
    for run in [*sample.runs(3), sample.run(0, quick=True), with_result(1)]:
        file = tmp_path / "run.json"
        file.write_text(results.to_json(run), encoding="utf-8")
        assert results.read(file) == run


def test_the_head_says_which_run_it_is():
    run = sample.run(11)
    said = " ".join(plain(head.header(run)).split())
    assert "Benchmarks, 2026-11-16 03:31:00 UTC" in said
    assert f"commit {run.commit.hash[:8]} Masks: one for each set of fields, kept" in said
    assert "grindstone: AMD EPYC 7B13, 2 cores, 7.75 GiB, Linux 6.1.0-26-amd64" in said
    assert "CPython 3.11.7 · Scrapy 2.19.0" in said
    assert "full, 11 scenarios in 41 min" in said
    assert "load 0." in said
    assert "uncommitted changes" in said
    assert "quick run" not in said


def test_a_clean_commit_has_no_word_of_uncommitted_changes():
    assert "uncommitted" not in head.header(sample.run(0))


def test_a_quick_run_is_marked():
    run = sample.run(0, quick=True)
    assert "quick run" in head.header(run)
    assert "A quick run" in head.attention(run)
    assert head.attention(sample.run(0)) == ""


def test_a_busy_machine_is_told():
    assert "Its load was 1.90" in head.attention(sample.run(0, load=Load(before=1.9, after=2.0)))


def test_the_cards_are_the_first_number_of_each_scenario_beside_the_run_before():
    runs = [
        with_result(0),
        with_result(1, metrics=[replace(sample.one().metrics[0], samples=[200.0, 202.0, 204.0])]),
    ]
    said = " ".join(plain(head.glance(past(runs))).split())
    assert said == "Whole records in packs 202 apps/s apps a second: packs of 32 before: 100 apps/s, +102.0 %"
    assert 'class="note good">before' in head.glance(past(runs))
    assert head.glance(past(runs)).count('class="spark"') == 1
    assert 'class="spark"' not in head.glance(past(runs[:1]))


TARGETS = [
    Target(name="a", words="at least twice", bound=2, at_least=True, measured=2.5, unit="ratio"),
    Target(name="b", words="under 200", bound=200, at_least=False, measured=250, unit="MB"),
    Target(name="c", words="not known", bound=1, at_least=False, measured=None, unit="s", note="no wheel"),
    Target(name="d", words="far beyond", bound=20, at_least=True, measured=900, unit="apps/s"),
    Target(name="e", words="no errors", bound=0, at_least=False, measured=0, unit="percent"),
    Target(name="f", words="just so", bound=5, at_least=True, measured=5, unit="s"),
]


def test_targets_that_are_missed_or_not_measured_come_first():
    lines = re.findall(r"<li>(.*?)</li>", targets(with_result(0, targets=TARGETS)))
    said = [" ".join(plain(line).split()) for line in lines]
    assert said == [
        "missed under 200 Whole records in packs 250 MB at most 200 MB 25 % above the bound",
        "not measured not known Whole records in packs : no wheel – at most 1 s",
        "met at least twice Whole records in packs 2.50 times at least 2 times 25 % above the bound",
        "met far beyond Whole records in packs 900 apps/s at least 20 apps/s 45.0 times the bound",
        "met no errors Whole records in packs 0.00 % at most 0 %",
        "met just so Whole records in packs 5.00 s at least 5 s at the bound",
    ]


def test_a_gauge_says_what_it_shows_and_breaks_its_bar_beyond_twice_the_bound():
    markup = targets(with_result(0, targets=TARGETS))
    assert 'aria-label="250\xa0MB, at most 200\xa0MB: missed"' in markup
    assert 'aria-label="not measured, at most 1\xa0s: not measured"' in markup
    assert markup.count('class="gauge"') == 5  # a bound of nothing has no gauge
    assert markup.count('class="beyond"') == 1
    assert 'width="62.5%" y="6" height="8" rx="2" class="met"' in markup


@pytest.mark.parametrize(
    ("given", "kind", "word"),
    [
        (TARGETS, "bad", "1 target of 6 missed"),
        (TARGETS[2:], "warn", "1 target of 4 not measured"),
        (TARGETS[2:3], "warn", "None of 1 target measured"),
        (TARGETS[3:], "good", "All 3 targets met"),
        (TARGETS[:1], "good", "The target is met"),
        ([], "plain", "No target was set"),
    ],
)
def test_the_targets_in_a_word(given, kind, word):
    assert f'<span class="chip {kind}">{word}</span>' in head.header(with_result(0, targets=given))


def test_a_run_without_targets_says_so():
    assert "No scenario of this run has a target." in targets(with_result(0))


def test_a_scenario_tells_what_it_is_and_draws_each_group_and_each_metric():
    given = past(sample.runs(3))
    result = given.latest.scenarios[0]
    markup = scenario(given, result)
    said = " ".join(plain(markup).split())
    assert "Full records into a JSON Lines feed" in said
    assert "apps 12,800 at once 15 pack 32" in said
    assert "version 5e0c1f77" in said
    assert len(trends(markup)) == len(result.metrics) == 9
    assert len(specs(markup)) == 9 + 2
    assert "3 runs, oldest first" in said
    assert markup.count('<p class="name">playfast 0.5.10, AsyncClient</p>') == 2


def test_a_run_in_the_history_says_its_commit_and_its_range():
    runs = sample.runs(3)
    given = past(runs)
    row = trends(scenario(given, given.latest.scenarios[0]))[0][0]
    assert row["at"].endswith(f"UTC, {runs[0].commit.hash[:8]}")
    assert row["subject"] == "The speed to reach, written down"
    assert re.fullmatch(r"4,\d\d\d to 4,\d\d\d\xa0apps/s", row["range"])
    assert row["low"] <= row["value"] <= row["high"]


def test_one_run_has_no_history_and_says_so():
    given = past(sample.runs(1))
    markup = scenario(given, given.latest.scenarios[0])
    assert "There is one run so far" in markup
    assert not trends(markup)
    assert "The runs as a table" not in markup


def test_a_changed_scenario_begins_a_new_line_and_is_compared_with_none_before():
    given = past(
        [with_result(0, version="old"), with_result(1, version="old"), with_result(2, version="new")]
    )
    markup = scenario(given, given.latest.scenarios[0])
    rows = trends(markup)[0]
    assert [row["line"] for row in rows] == ["0", "0", "1"]
    assert [row["colour"] for row in rows] == ["var(--grey)", "var(--grey)", "var(--blue)"]
    assert "Grey was measured by other code" in markup
    assert given.before(given.latest.scenarios[0], given.latest.scenarios[0].metrics[0]) is None


def test_other_parameters_are_other_numbers():
    given = past([with_result(0, parameters={"apps": 1}), with_result(1), with_result(2)])
    latest = given.latest.scenarios[0]
    assert [row["line"] for row in trends(scenario(given, latest))[0]] == ["0", "1", "1"]
    assert given.before(latest, latest.metrics[0]) is not None
    assert head.glance(given).count("over 2 runs") == 1


def test_runs_of_one_day_are_told_by_their_times():
    runs = [replace(with_result(0), started_at=f"2026-11-25T0{hour}:20:00+00:00") for hour in (1, 2)]
    given = past(runs)
    assert [row["run"] for row in trends(scenario(given, given.latest.scenarios[0]))[0]] == [
        "0 01:20",
        "1 02:20",
    ]


def test_a_metric_that_is_new_says_that_nothing_was_before_it():
    new = replace(sample.one().metrics[0], name="packs/new", group="new")
    given = past([with_result(0), with_result(1, metrics=[*sample.one().metrics, new])])
    markup = scenario(given, given.latest.scenarios[0])
    assert "No run before this one measured it." in markup
    assert len(trends(markup)) == 1


def test_of_very_many_runs_the_latest_are_drawn_and_the_table_has_all():
    given = past([with_result(week) for week in range(70)])
    markup = scenario(given, given.latest.scenarios[0])
    assert len(trends(markup)[0]) == 60
    assert "The latest 60 of 70 runs" in markup
    assert "The runs as a table (70)" in markup


def test_a_scenario_without_numbers_says_so():
    given = past([with_result(0, metrics=[])])
    assert "brought no metric" in scenario(given, given.latest.scenarios[0])


def test_a_crawl_over_time_is_drawn_and_tabled():
    mib = 1024 * 1024
    series = [
        Series(name="1,000 apps", seconds=[1.0, 2.0], records=[400, 600], memory_bytes=[90 * mib, 95 * mib]),
        Series(name="none", seconds=[], records=[], memory_bytes=[]),
    ]
    given = past([with_result(0, series=series)])
    markup = scenario(given, given.latest.scenarios[0])
    said = " ".join(plain(markup).split())
    assert "1,000 records in 2.0 s: 500 a second on average." in said
    assert "99.6 MB at most, 99.6 MB at the end." in said
    assert "1.0 s to 2.0 s 600 600 99.6 MB" in said
    assert "It ended before the first number." in said
    drawn = [spec["data"]["values"] for spec in specs(markup) if "x" in spec["data"]["values"][0]]
    assert [[row["x"] for row in rows] for rows in drawn] == [[0, 1, 2], [0, 1, 2]]


def test_quick_runs_and_other_machines_are_listed_and_not_drawn():
    runs = [*sample.runs(3), sample.run(1, quick=True), sample.run(2, machine="laptop"), sample.run(0, machine="laptop")]  # fmt: skip
    given = past([*runs, sample.run(3)])
    assert len(given.alike) == 4
    said = plain(rest.rest(given))
    assert "Quick runs of this machine, not compared here (1)" in said
    assert "Other machines (1)" in said
    assert "Runs of this machine (4)" in said
    assert "playfast (peer)" in said
    assert "from 7 runs of 2 machines" in plain(rest.footer(given))
    assert all(len(rows) == 4 for rows in trends(scenario(given, given.latest.scenarios[0])))


def test_full_runs_are_not_drawn_with_quick_ones():
    given = past([*sample.runs(3), sample.run(4, quick=True), sample.run(5, quick=True)])
    assert len(given.alike) == 2
    assert "Full runs of this machine, not compared here (3)" in rest.rest(given)


def test_the_latest_run_is_the_one_that_began_last_wherever_it_stands():
    runs = sample.runs(3)
    assert past([runs[2], runs[0], runs[1]]).alike == runs


def test_without_a_run_there_is_no_page():
    with pytest.raises(ValueError, match="no run"):
        history_page([])


def hostile(text):
    """A run whose every text is the given one."""
    metric = replace(sample.one().metrics[0], name=text, title=text, group=text, unit=text)
    target = replace(TARGETS[2], name=text, words=text, note=text, unit=text)
    series = Series(name=text, seconds=[1.0], records=[1], memory_bytes=[1])
    result = sample.one(
        name=text, title=text, about=text, version=text, parameters={text: text}, metrics=[metric],
        targets=[target, replace(target, measured=2.0)], series=[series],
    )  # fmt: skip
    return replace(
        sample.run(0),
        commit=Commit(hash=text, time=text, subject=text, uncommitted=True),
        machine=replace(sample.MACHINE, name=text, cpu=text, system=text, python=text),
        versions={text: text, "scrapy": text},
        settings={"quick": False, text: text},
        scenarios=[result],
    )


def test_hostile_texts_stay_texts():
    pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    runs = [replace(hostile(HOSTILE), started_at=f"2026-11-2{day}T03:00:00+00:00") for day in (1, 2)]
    page = history_page([*runs, sample.run(0, machine=HOSTILE + "elsewhere")])
    assert "<img src=x" not in page
    assert "<script>document" not in page
    assert page.count("&lt;img src=x") > 10
    page.encode("utf-8", "replace")

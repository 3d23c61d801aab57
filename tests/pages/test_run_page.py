"""The page of a run report: what it says at its top, and that it takes any valid report."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import jsonschema
import pytest

from playfast.pages import words
from playfast.pages.run import asked, came, checks, head
from playfast.pages.run.page import run_page
from playfast.pages.run.runs import Run, Runs, better
from tests.pages import sample
from tests.pages.test_markup import HOSTILE


def run(**changes):
    return Run(sample.report(**changes), "run.json")


def plain(text):
    return re.sub("<[^>]*>", "", text).replace("\xa0", " ")


@pytest.mark.parametrize("made", [sample.report(), sample.empty(), sample.report(ids=3, spans=1)])
def test_the_samples_are_run_reports(made):
    jsonschema.Draft202012Validator(sample.SCHEMA).validate(made)
    assert not checks.problems(made)


@pytest.mark.parametrize(
    ("changes", "kind", "word"),
    [
        ({"outcome": {"exit_code": 0, "line": "30000 records"}}, "warn", "Done, with errors"),
        ({"state": "running", "outcome": None, "reason": None}, "warn", "Not ended"),
        ({"outcome": {"exit_code": 3, "line": "x"}}, "bad", "Nothing fetched"),
        ({"outcome": {"exit_code": 5, "line": "x"}}, "bad", "Cut short"),
        ({"outcome": {"exit_code": 99, "line": "x"}}, "bad", "Failed"),
        ({"outcome": None}, "warn", "Ended"),
    ],
)
def test_the_outcome_is_a_colour_and_a_word(changes, kind, word):
    assert head.outcome(run(**changes))[:2] == (kind, word)


def test_a_crawl_without_error_records_is_done():
    made = run()
    made["records"]["by_status"]["error"] = 0
    assert head.outcome(made)[:2] == ("good", "Done")


def test_an_exit_code_is_said_with_its_sentence():
    assert head.outcome(run(outcome={"exit_code": 5, "line": "cut short"}))[2] == "cut short (exit code 5)"


def test_a_killed_run_says_when_it_was_written():
    markup = head.header(Runs(run(state="running", outcome=None)))
    assert "Written under way at 2026-11-23 12:09:51 UTC" in markup


def test_drift_is_told_at_the_top():
    drift = {
        "mode": "warn",
        "against": "old.json",
        "findings": [{"field": "a<b", "problem": "is gone & lost"}],
    }
    markup = head.attention(Runs(run(drift=drift)))
    assert "Drift against old.json: 1 finding" in markup
    assert "<code>a&lt;b</code>: is gone &amp; lost" in markup


def test_alike_runs_need_no_warning():
    assert head.attention(Runs(run(), Run(sample.report(seed=1), "earlier.json"))) == ""


def test_what_makes_two_runs_unlike_is_said():
    before = sample.report(
        ids=10, countries=("us", "fr"), fields=["title", "old"], started_at="2027-01-01T00:00:00+00:00"
    )
    before |= {"spider": "other", "state": "running"}
    said = plain(head.attention(Runs(run(fields=["title", "new"]), Run(before, "earlier.json"))))
    for part in (
        "Spider: apps here, other there",
        "Only here: 1 field (new)",
        "Only there: 1 field (old)",
        "Only here: 2 countries (de, kr)",
        "Only there: 1 country (fr)",
        "Entries of the list: 10,000 here, 10 there",
        "are the two files in their order?",
        "It had not ended",
    ):
        assert part in said


def test_rows_are_told_from_records_and_what_is_no_app_is_not_called_one():
    records = {
        "total": 860, "filled": 20, "dropped": 0, "lost": 0,
        "by_status": {"available": 20}, "by_country": {"1787500934": {"available": 20}}, "grouped_by": "generation",
    }  # fmt: skip
    made = run(
        item="CatalogApp",
        records=records,
        asked={"ids": 20, "duplicates": 0, "storefronts": 1, "records": 20},
        stats={"playfast/rows": 840},
    )
    shown = plain(head.glance(Runs(made)))
    assert "Records20of 20 due; 840 rows besides" in shown
    assert "Rows a second" in shown
    assert "Received per row" in shown
    assert "App" not in shown
    assert plain(asked.asked(Runs(made))).startswith(
        "What was asked20 sitemaps of the store&#x27;s list. 20 records are due."
    )
    assert "Records by generation" in came.came(Runs(made))
    assert "country" not in came.came(Runs(made))


def test_records_of_apps_in_lists_are_more_than_are_due():
    made = run(item="Listing", asked={"ids": 2, "duplicates": 0, "storefronts": 1, "records": 2}, stats={})
    assert "2 due, and those of apps in their lists" in plain(head.glance(Runs(made)))


def test_other_records_are_not_compared_field_by_field():
    said = plain(head.attention(Runs(run(), Run(sample.report(item="Review", fields=[]), "earlier.json"))))
    assert "Records: App here, Review there; the fields are not compared" in said
    assert "Only here" not in said


@pytest.mark.parametrize(
    ("now", "before", "less", "note"),
    [
        (110, 100, False, ("before: 1, +10 %, better", "good")),
        (110, 100, True, ("before: 1, +10 %, worse", "bad")),
        (90, 100, True, ("before: 1, \N{MINUS SIGN}10 %, better", "good")),
        (90, 100, None, ("before: 1, \N{MINUS SIGN}10 %", "plain")),
        (100.2, 100, True, ("as before", "plain")),
        (104, 100, True, ("before: 1, +4 %", "plain")),
        (0, 0, True, ("as before", "plain")),
        (3, 0, True, ("before: 1, worse", "bad")),
        (700, 200, False, ("before: 1, \N{MULTIPLICATION SIGN}3.5, better", "good")),
        (20_000, 1, None, ("before: 1, \N{MULTIPLICATION SIGN}20,000", "plain")),
        (None, 1, True, ("before: 1", "plain")),
        (1, None, True, ("before: 1", "plain")),
    ],
)
def test_a_number_against_the_earlier_one(now, before, less, note):
    text, kind = better(now, before, less=less, show="1")
    assert (plain(text), kind) == note


def test_arguments_of_the_earlier_run_stand_where_they_differ():
    now = run(arguments={"ids": "a" * 400, "via": "rpc", "langs": ""})
    before = Run(sample.report(arguments={"ids": "b.txt", "via": "rpc", "batch": "8"}), "earlier.json")
    markup = asked.asked(Runs(now, before))
    assert "… (400 characters)" in markup
    rows = [plain(row.replace("</td>", "|").replace("</th>", "|")) for row in markup.split("<tr>")[2:]]
    assert [row.split("|")[:3] for row in rows][1:] == [
        ["via", "rpc", "the same"],
        ["langs", "empty", "nothing"],
        ["batch", "nothing", "8"],
    ]


def test_what_was_asked_again_is_not_said_to_have_been_asked_everywhere():
    made = sample.report(arguments={"ids": "run1.jsonl", "retry": "error"})
    text = asked.asked(Runs(Run(made, "run.json")))
    assert "of an earlier crawl" in text
    assert "each asked of" not in text
    assert "each asked of" in asked.asked(Runs(run(arguments={"ids": "ids.txt", "retry": "none"})))


def test_a_list_that_was_not_read_to_its_end():
    made = sample.report()
    made["asked"]["records"] = None
    assert "nobody knows how many records are due" in asked.asked(Runs(Run(made, "run.json")))


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "yes"), (None, "–"), (12345, "12,345"), (0.0431239, "0.0431239"), (1234.5, "1,234.5"), ("a", "a"), ([1, "é"], '[1, "é"]')],
)  # fmt: skip
def test_values_of_statistics_and_settings(value, text):
    assert words.text_of(value) == text


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"series": sample.report()["series"] | {"records": [1]}}, "series: lists of one length are due"),
        ({"series": {name: [2, 1] for name in sample.report()["series"]}}, "series.seconds: ends of spans are due"),
        ({"elapsed_seconds": float("inf")}, "elapsed_seconds: inf is no number"),
        ({"elapsed_seconds": 10**300}, "elapsed_seconds: 1000"),
        ({"memory_bytes": {"now": 1, "peak": 2**60}}, "memory_bytes.peak: 1152921504606846976 is no number"),
    ],
)  # fmt: skip
def test_what_the_schema_cannot_say_is_checked(change, problem):
    assert any(found.startswith(problem) for found in checks.problems(sample.report(**change)))


def test_statistics_and_settings_may_hold_any_number():
    assert not checks.problems(sample.report(stats={"a": float("nan")}, settings={"b": 10**30}))


@pytest.fixture(scope="module", autouse=True)
def _library():
    pytest.importorskip("vl_convert", reason="the extra `report` is not installed")


def hostile(text):
    """A report in which every text and every free key is this one."""
    made = json.loads(json.dumps(sample.report(countries=(text, "us"), fields=["title", text])))
    for status in ("by_status",):
        made["records"][status][text] = 1
    made["records"]["by_country"]["us"][text] = 1
    made["requests"]["by_http_status"][text] = 1
    made |= {
        "spider": text,
        "item": text,
        "arguments": {text: text},
        "outcome": {"exit_code": 5, "line": text},
        "versions": {text: text},
        "settings": {text: [text]},
        "drift": {"mode": "stop", "against": text, "findings": [{"field": text, "problem": text}]},
        "feeds": [{"uri": text, "format": text}],
        "stats": {text: text},
        "started_at": text,
        "written_at": text,
    }
    return made


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text):
    made = hostile(text)
    before = hostile(text) | {"item": "App", "settings": {}}
    page = run_page(Runs(Run(made, text), Run(before, text)))
    body = page[page.index("<main>") : page.index("</main>")]
    assert set(re.findall(r"<script[^>]*>", body)) == {'<script type="application/json">'}
    assert "<!--" not in body
    assert not re.findall(r"<[a-z][^>]* on[a-z]+=", re.sub(r'"[^"]*"', '""', body))
    for block in re.findall(r'<script type="application/json">(.*?)</script>', body, re.DOTALL):
        json.loads(block)


@pytest.mark.parametrize("earlier", [None, sample.report(seed=1), sample.empty()])
@pytest.mark.parametrize(
    "now", [sample.report(), sample.empty(), sample.report(ids=1, countries=("us",), spans=1)]
)
def test_any_report_makes_a_page(now, earlier):
    runs = Runs(Run(now, "run.json"), None if earlier is None else Run(earlier, "earlier.json"))
    page = run_page(runs)
    body = page[page.index("<main>") : page.index("</main>")]
    assert "nan" not in plain(re.sub(r"<script.*?</script>", "", body)).lower().split()
    assert "None" not in plain(re.sub(r"<script.*?</script>", "", body))


def test_headings_are_in_order():
    page = run_page(Runs(run(), Run(sample.report(seed=1), "earlier.json")))
    levels = [
        int(level) for level in re.findall(r"<h([1-6])", page[page.index("<main>") : page.index("</main>")])
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))

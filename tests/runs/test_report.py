"""The run report: valid whatever happened, written in one step, read with all mistakes told at once."""

from __future__ import annotations

import copy
import json
import os
import threading
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import ReportError
from playfast.runs import report
from playfast.runs.drift import Finding
from playfast.runs.histogram import Histogram
from playfast.runs.report import Run
from playfast.runs.series import Series
from tests.pages.sample import SCHEMA, empty
from tests.pages.sample import report as sample

VALID = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
RUN = Run(
    spider="apps", item="App", arguments={"ids": "ids.txt", "countries": "us,kr"}, storefronts=2, names=("title", "score", "free", "contains_ads"),
    floors={"title": 0.98, "contains_ads": 0.05}, versions={"scrapy": "2.19.0"}, settings={"DOWNLOAD_DELAY": 1, "USER_AGENT": "x", "ROBOTSTXT_OBEY": False},
    started_at=datetime.now(UTC), feeds=[{"uri": "apps.jsonl", "format": "jsonlines"}], drift="warn", against=None,
)  # fmt: skip
STATS = {
    "item_scraped_count": 10, "finish_reason": "finished", "start_time": datetime.now(UTC),
    "playfast/records/available": 6, "playfast/records/not_found": 3, "playfast/records/error": 2, "playfast/records/dropped": 1,
    "playfast/country/us/available": 6, "playfast/country/kr/not_found": 3, "playfast/country/kr/error": 2,
    "playfast/records/filled": 6, "playfast/field/title/filled": 6, "playfast/field/free/filled": 6, "playfast/field/free/yes": 4,
    "playfast/field/score/filled": 3, "playfast/field/score/invalid": 1, "playfast/field/contains_ads/filled": 6, "playfast/field/contains_ads/yes": 0,
    "playfast/ids/read": 7, "playfast/ids/duplicates": 1, "downloader/response_count": 5, "downloader/response_bytes": 1000,
    "downloader/response_status_count/200": 4, "downloader/response_status_count/503": 1, "retry/count": 1,
    "playfast/requests/rpc": 4, "playfast/requests/page": 1, "playfast/requests/rpc/failed": 2, "playfast/requests/page/failed": 3,
    "playfast/answers/absent": 4, "playfast/answers/error": 5, "playfast/answers/unusable": 6,
}  # fmt: skip


def latencies(*seconds):
    histogram = Histogram()
    for sample_ in seconds:
        histogram.add(sample_)
    return histogram


def built(stats=STATS, run=RUN, **more):
    given_more = {
        "elapsed": 4.0, "latency": latencies(0.1, 0.2), "series": Series().columns(), "memory": {"now": 1, "peak": 2}, "due": 12, "outcome": (0, "11 records"),
        **more,
    }  # fmt: skip
    return report.build(run, stats, **given_more)


def as_read(made):
    """As it comes out of a file, and only if any reader of JSON can read it."""

    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(json.dumps(made, ensure_ascii=False), parse_constant=refuse)


# Built


def test_it_tells_what_the_statistics_hold():
    made = built()
    assert made["schema"] == report.SCHEMA
    assert made["asked"] == {"ids": 7, "duplicates": 1, "storefronts": 2, "records": 12}
    assert made["records"] == {
        "total": 10,
        "filled": 6,
        "dropped": 1,
        "lost": 1,
        "by_status": {"available": 6, "not_found": 3, "error": 2},
        "grouped_by": "country",
        "by_country": {"us": {"available": 6}, "kr": {"not_found": 3, "error": 2}},
    }
    assert made["rates"] == {"apps_per_second": 2.5, "requests_per_second": 1.25, "bytes_per_app": 100.0}
    assert made["requests"] == {
        "rpc": 4,
        "page": 1,
        "failed": 5,
        "retried": 1,
        "by_http_status": {"200": 4, "503": 1},
    }
    assert made["answers"] == {"absent": 4, "error": 5, "unusable": 6}
    assert made["latency_seconds"]["count"] == 2
    assert made["latency_seconds"]["max"] == 0.2
    assert made["fields"]["title"] == {
        "filled": 6,
        "coverage": 1.0,
        "invalid": 0,
        "invalid_rate": 0.0,
        "yes": None,
        "floor": 0.98,
    }
    assert made["fields"]["score"] == {
        "filled": 3,
        "coverage": 0.5,
        "invalid": 1,
        "invalid_rate": 1 / 6,
        "yes": None,
        "floor": None,
    }
    assert made["fields"]["free"]["yes"] == 4
    assert made["fields"]["contains_ads"]["yes"] == 0
    assert list(made["fields"]) == list(RUN.names)
    assert made["outcome"] == {"exit_code": 0, "line": "11 records"}
    assert (made["state"], made["reason"]) == ("ended", "finished")
    assert VALID.is_valid(as_read(made))


def test_while_the_crawl_goes_on_there_is_no_outcome_and_nothing_is_lost_yet():
    made = built(outcome=None)
    assert (made["state"], made["reason"], made["outcome"], made["records"]["lost"]) == (
        "running",
        None,
        None,
        0,
    )
    assert VALID.is_valid(as_read(made))


@pytest.mark.parametrize(
    ("stats", "more"),
    [
        ({}, {"elapsed": 0.0, "latency": Histogram(), "due": None, "outcome": (3, "nothing to fetch: the list is empty")}),
        ({}, {"elapsed": 0.0, "latency": Histogram(), "due": 0, "outcome": None}),
        ({"finish_reason": "shutdown", "playfast/records/error": 3}, {"due": None, "outcome": (5, "cut short")}),
        ({"finish_reason": None}, {"outcome": (1, "")}),
        ({"item_scraped_count": 5}, {"latency": Histogram()}),
        ({"playfast/records/filled": 5, "playfast/field/unknown/filled": 5}, {}),
        ({"custom": {"a": [1]}, "set": {1}, "bytes": b"\xff", "none": None, "time": datetime.now(UTC), "much": timedelta(days=1)}, {}),
        ({"rate": float("nan"), "most": float("inf"), "least": -float("inf")}, {}),
        ({"playfast/report_failed": None, "playfast/drift": "title: gone"}, {}),
    ],
    ids=["empty", "just begun", "cut short", "no reason", "no latency", "numbers missing", "anything", "no numbers", "notes"],
)  # fmt: skip
def test_it_is_valid_whatever_the_statistics_hold(stats, more):
    VALID.validate(as_read(built(stats, **more)))


STATISTIC = st.sampled_from(sorted(STATS)) | st.text(max_size=20)
VALUE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
    | st.datetimes()
    | st.lists(st.integers())
)


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.dictionaries(
        st.sampled_from([name for name in STATS if isinstance(STATS[name], int)]), st.integers(0, 10**12)
    ),
    st.dictionaries(
        st.text(max_size=20).filter(lambda name: not name.startswith(("playfast/", "downloader/"))),
        VALUE,
        max_size=4,
    ),
    st.floats(0, 1e9),
    st.none() | st.integers(0, 10**9),
    st.lists(st.floats(0, 1e5), max_size=3),
)
def test_it_is_valid_for_any_numbers(counts, others, elapsed, due, seconds):
    made = built({**others, **counts}, elapsed=elapsed, due=due, latency=latencies(*seconds))
    VALID.validate(as_read(made))
    assert made["records"]["lost"] >= 0


def test_refused_values_are_a_share_of_all_records_that_play_filled():
    made = built({**STATS, "playfast/records/not_in_region": 14, "playfast/field/score/invalid": 10})
    assert made["fields"]["score"]["invalid_rate"] == 0.5
    assert report.counts(made).filled == 20


def test_a_drift_is_told_with_the_field():
    run = copy.copy(RUN)
    run.findings = [Finding("title", "in 0 of 50")]
    run.against = "earlier.json"
    made = built(run=run)
    assert made["drift"] == {
        "mode": "warn",
        "against": "earlier.json",
        "findings": [{"field": "title", "problem": "in 0 of 50"}],
    }
    VALID.validate(as_read(made))


def test_building_changes_nothing_it_was_given():
    stats, run = copy.deepcopy(STATS), copy.deepcopy(RUN)
    made = built(stats, run)
    made["arguments"]["ids"] = made["settings"]["new"] = made["stats"]["new"] = 1
    assert (stats, run) == (STATS, RUN)


def test_all_that_had_to_be_asked_again_is_an_error_of_the_series():
    assert report.failed(STATS) == 5
    assert report.errors(STATS) == 5 + 1 + 4 + 5 + 6
    assert report.errors({}) == report.failed({}) == 0


def test_its_counts_are_those_it_was_made_from():
    counts = report.counts(built())
    assert counts.records == 6
    assert (counts.said["title"], counts.said["score"], counts.said["contains_ads"]) == (6, 3, 0)
    assert counts.invalid == {"title": 0, "score": 1, "free": 0, "contains_ads": 0}


# Written


def test_what_was_written_is_read(tmp_path):
    made = built()
    report.write(tmp_path / "new" / "run.json", made)
    assert report.read(tmp_path / "new" / "run.json") == as_read(made)


def test_a_report_is_text_that_people_can_read_too(tmp_path):
    path = tmp_path / "run.json"
    report.write(path, built(run=_with_arguments({"ids": "é日本.txt"})))
    text = path.read_text(encoding="utf-8")
    assert "é日本.txt" in text
    assert text.endswith("}\n")
    assert len(text.splitlines()) > 50


def test_a_name_that_is_no_utf_8_can_be_written_and_read(tmp_path):
    """Linux lets files be called anything; Python has the bytes as lone surrogates."""
    path = tmp_path / "run.json"
    name = os.fsdecode(b"caf\xe9.txt")
    report.write(path, built(run=_with_arguments({"ids": name})))
    path.read_bytes().decode("utf-8")
    assert report.read(path)["arguments"]["ids"] == name


def _with_arguments(arguments):
    run = copy.copy(RUN)
    run.arguments = arguments
    return run


def test_a_report_that_cannot_be_written_leaves_the_former_and_no_rubbish(tmp_path, monkeypatch):
    path = tmp_path / "run.json"
    report.write(path, built())
    before = path.read_bytes()

    def full(*_: object, **__: object):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("tempfile.mkstemp", full)
        with pytest.raises(OSError, match="No space left"):
            report.write(path, built())
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", full)
        with pytest.raises(OSError, match="No space left"):
            report.write(path, built())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_whoever_reads_meets_a_whole_report(tmp_path):
    path = tmp_path / "run.json"
    report.write(path, sample())
    stop, met = threading.Event(), []

    def reads():
        while not stop.is_set():
            met.append(json.loads(path.read_bytes())["schema"])

    reader = threading.Thread(target=reads)
    reader.start()
    for _ in range(20):
        report.write(path, sample())
    stop.set()
    reader.join()
    assert met
    assert set(met) == {1}


def test_a_report_may_be_read_by_those_who_may_read_other_files(tmp_path):
    (tmp_path / "other").touch()
    report.write(tmp_path / "run.json", built())
    assert (tmp_path / "run.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_the_umask_is_left_as_it_was(tmp_path):
    before = os.umask(0o027)
    try:
        report.write(tmp_path / "run.json", built())
        assert os.umask(0o027) == 0o027
        assert (tmp_path / "run.json").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


@pytest.mark.parametrize("name", ["", "file/run.json", "x" * 300])
def test_a_place_that_cannot_be_written_is_an_oserror(tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(OSError):  # noqa: PT011 - whichever the system has
        report.write(tmp_path / name, built())
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file"]


# Read


def problems(path):
    with pytest.raises(ReportError) as caught:
        report.read(path)
    return caught.value.problems


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "run.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


@pytest.mark.parametrize(
    "made", [sample(), empty(), sample(state="running", outcome=None, reason=None), {**sample(), "schema": 1}]
)
def test_a_report_is_read_as_it_was_written(file, made):
    assert report.read(file(made)) == json.loads(json.dumps(made))


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path):
    (told,) = problems(tmp_path / "none.json")
    assert "none.json" in told
    assert "No such file" in told
    (told,) = problems(tmp_path)
    assert str(tmp_path) in told


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"nothing",
        b"\xff\xfe\xff",
        b'{"schema": 1',
        b"\x00",
        b"1" * 5000,
        b"[" * 100_000,
        b"\xed\xa0",
    ],
)
def test_a_file_that_is_no_json_is_told(file, content):
    (told,) = problems(file(content))
    assert "no JSON" in told
    assert "run.json" in told


@pytest.mark.parametrize("content", [[], {}, None, 1, "x", {"Schema": 1}, [1], {"schema": None}])
def test_json_that_is_no_report_is_told(file, content):
    (told,) = problems(file(content))
    assert "no run report" in told


@pytest.mark.parametrize("version", [2, 0, "1", [1], 1.5, -1])
def test_another_version_is_told_with_both_numbers(file, version):
    (told,) = problems(file({**sample(), "schema": version}))
    assert repr(version) in told
    assert "version 1" in told


def test_all_mistakes_are_told_at_once_each_with_its_place(file):
    broken = sample()
    del broken["spider"]
    broken["records"]["total"] = "many"
    broken["series"]["seconds"][2] = None
    broken["drift"]["mode"] = "maybe"
    broken["fields"]["title"]["filled"] = 1.5
    told = problems(file(broken))
    assert len(told) == 5
    text = "\n".join(told)
    for part in (
        "spider",
        "records.total",
        "series.seconds.2",
        "drift.mode",
        "fields.title.filled",
        "'many'",
        "'maybe'",
    ):
        assert part in text
    assert all("run.json" in problem for problem in told)


def test_of_a_great_many_mistakes_the_first_are_told_and_the_others_counted(file):
    told = problems(file({**sample(), "series": {**sample()["series"], "seconds": ["x" * 1000] * 500}}))
    assert len(told) == 21
    assert "480 more" in told[-1]
    assert max(map(len, told)) < 600


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, database=None)
@given(st.binary(max_size=40) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_file_raises_anything_else(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes(content)
    with pytest.raises(ReportError):
        report.read(path)


@settings(max_examples=150, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from(sorted(SCHEMA["properties"])), JSON, max_size=3))
def test_a_report_with_anything_in_its_places_is_read_or_told(tmp_path_factory, changes):
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps({**empty(), **changes}))
    try:
        found = report.read(path)
    except ReportError as error:
        assert error.problems
    else:
        assert found.keys() == empty().keys()


def test_a_mistake_in_a_report_is_told_without_control_characters(tmp_path):
    (tmp_path / "r").write_text(json.dumps({**sample(), "fields": {"\x1b[31m": 1}}))
    with pytest.raises(ReportError) as caught:
        report.read(tmp_path / "r")
    assert "\x1b" not in str(caught.value)

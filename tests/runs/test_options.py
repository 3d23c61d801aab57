from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.settings import Settings

from playfast.errors import ArgumentError
from playfast.runs import options

NAMES = (
    "PLAYFAST_REPORT",
    "PLAYFAST_DRIFT",
    "PLAYFAST_DRIFT_AGAINST",
    "PLAYFAST_DRIFT_FLOORS",
    "PLAYFAST_PROGRESS",
)
FIELDS = ("title", "video", "score")


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def read(**given):
    return options.read({f"PLAYFAST_{name.upper()}": value for name, value in given.items()}, FIELDS)


def problems(**given):
    with pytest.raises(ArgumentError) as caught:
        read(**given)
    return caught.value.problems


def test_nothing_given_warns_of_drift_and_shows_progress():
    chosen = read()
    assert (chosen.report, chosen.drift, chosen.against, chosen.floors, chosen.progress) == (
        None,
        "warn",
        None,
        {},
        True,
    )


@pytest.mark.parametrize("settings", [{}, Settings(), Settings(dict.fromkeys(NAMES, ""))])
def test_what_is_empty_is_not_given(settings):
    assert options.read(settings) == options.RunOptions()


@pytest.mark.parametrize(
    ("given", "mode"),
    [("off", "off"), ("warn", "warn"), ("stop", "stop"), (" STOP ", "stop"), ("Off", "off")],
)
def test_drift_is_off_warn_or_stop(given, mode):
    assert read(drift=given).drift == mode


@pytest.mark.parametrize("given", ["on", "no", "stopp", "1", 5, "warn,stop", False, 0])
def test_another_word_for_drift_is_a_mistake_that_tells_the_words(given):
    (told,) = problems(drift=given)
    assert "PLAYFAST_DRIFT=" in told
    assert str(given).casefold() in told
    assert "off, warn, stop" in told


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("1", True),
        ("0", False),
        ("yes", True),
        ("No", False),
        ("true", True),
        ("FALSE", False),
        ("on", True),
        ("off", False),
        (True, True),
        (1, True),
    ],
)
def test_progress_is_yes_or_no(given, shown):
    assert read(progress=given).progress is shown


@pytest.mark.parametrize("given", [False, 0])
def test_a_no_from_a_settings_file_is_a_no(given):
    """There it is Python's own, not a text."""
    assert read(progress=given).progress is False


@pytest.mark.parametrize("given", ["maybe", "2", "10"])
def test_progress_that_is_neither_is_a_mistake(given):
    (told,) = problems(progress=given)
    assert "PLAYFAST_PROGRESS=" in told
    assert given in told


# Files


@pytest.mark.parametrize("name", ["run.json", "new/folder/run.json", "with blank/é.json"])
def test_a_report_may_go_where_a_file_can_be_made(tmp_path, name):
    assert read(report=str(tmp_path / name)).report == tmp_path / name
    assert read(report=tmp_path / name).report == tmp_path / name
    assert list(tmp_path.iterdir()) == []


def test_looking_at_a_report_s_place_leaves_it_as_it_is(tmp_path):
    path = tmp_path / "run.json"
    path.write_text('{\n "schema": 1}')
    read(report=path)
    assert path.read_text() == '{\n "schema": 1}'


@pytest.mark.parametrize("text", ["a.b\nc.d\n", '{"app_id": "a.b"}\n', "app_id,title\n"])
def test_what_stands_there_and_is_no_report_is_not_put_at_risk(tmp_path, text):
    path = tmp_path / "apps.json"
    path.write_text(text)
    (told,) = problems(report=path)
    assert "would be lost" in told
    path.write_text("")
    read(report=path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLAYFAST_CSV_HARMLESS", "maybe"),
        ("PLAYFAST_LONGEST_RETRY_AFTER", "abc"),
        ("PLAYFAST_LONGEST_RETRY_AFTER", -1),
        ("PLAYFAST_LONGEST_RETRY_AFTER", "inf"),
        ("PLAYFAST_PATIENCE", "nan"),
        ("PLAYFAST_PATIENCE", "an hour"),
    ],
)
def test_other_settings_of_ours_are_checked_too(name, value):
    with pytest.raises(ArgumentError, match=name):
        options.read({name: value})


def test_a_folder_is_no_place_for_a_report(tmp_path):
    (told,) = problems(report=tmp_path)
    assert "PLAYFAST_REPORT=" in told
    assert str(tmp_path) in told
    assert "folder" in told


def test_a_report_below_a_file_is_a_mistake(tmp_path):
    (tmp_path / "file").write_text("")
    (told,) = problems(report=tmp_path / "file" / "run.json")
    assert "no folder" in told


def test_a_folder_that_cannot_be_written_to_is_a_mistake(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    (told,) = problems(report=tmp_path / "run.json")
    assert "cannot be written" in told


def test_an_earlier_report_has_to_be_there(tmp_path):
    path = tmp_path / "earlier.json"
    (told,) = problems(drift_against=path)
    assert "PLAYFAST_DRIFT_AGAINST=" in told
    assert "no such file" in told
    path.write_text("{}")
    assert read(drift_against=str(path)).against == path


# Floors


@pytest.mark.parametrize(
    ("given", "floors"),
    [
        ({"video": 0.2}, {"video": 0.2}),
        ('{"video": 0.2, "title": 1}', {"video": 0.2, "title": 1.0}),
        ({"title": 0}, {"title": 0.0}),
        ([("video", 0.5)], {"video": 0.5}),
        ("{}", {}),
    ],
)
def test_floors_are_shares_by_field(given, floors):
    assert read(drift_floors=given).floors == floors


@pytest.mark.parametrize("given", ["video=0.2", "[]", "5", "[1, 2]", '"video"', "{", 5, [1], "null"])
def test_floors_in_another_form_are_a_mistake_that_shows_the_form(given):
    (told,) = problems(drift_floors=given)
    assert "PLAYFAST_DRIFT_FLOORS=" in told
    assert '{"video": 0.2}' in told


@pytest.mark.parametrize("share", [-0.1, 1.1, "0.5", None, True, float("nan"), [0.5], 20])
def test_a_floor_is_a_share(share):
    (told,) = problems(drift_floors={"video": share})
    assert "video" in told
    assert repr(share) in told
    assert "0 to 1" in told


def test_floors_are_of_fields_there_are():
    (told,) = problems(drift_floors={"vidoe": 0.2})
    assert "'vidoe'" in told
    assert "did you mean video?" in told
    assert len(problems(drift_floors={"a": 0.2, "b": 0.2, "video": 3})) == 3


def test_without_names_every_field_may_have_a_floor():
    assert options.read({"PLAYFAST_DRIFT_FLOORS": {"anything": 0.5}}).floors == {"anything": 0.5}


def test_a_mistake_elsewhere_does_not_add_mistakes_to_floors():
    assert len(problems(drift="x", drift_floors={"video": 0.2})) == 1


# All together


def test_every_mistake_is_told_at_once_with_value_and_what_is_valid(tmp_path):
    told = problems(
        drift="halt",
        progress="often",
        report=tmp_path,
        drift_against=tmp_path / "none",
        drift_floors={"vidoe": 0.1, "title": 7},
    )
    assert len(told) == 6
    text = "\n".join(told)
    for part in ("'halt'", "off, warn, stop", "'often'", "1 or 0", str(tmp_path), "none", "vidoe", "title=7"):
        assert part in text


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_is_read_where_a_setting_is_not_given(monkeypatch, tmp_path, name):
    file = tmp_path / "report.json"
    file.write_text("")
    values = dict(zip(NAMES, (str(file), "stop", str(file), json.dumps({"video": 0.2}), "0"), strict=True))
    monkeypatch.setenv(name, values[name])
    by_environment = options.read(Settings(), FIELDS)
    assert by_environment == options.read({name: values[name]}, FIELDS) != options.RunOptions()


def test_a_setting_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("PLAYFAST_DRIFT", "stop")
    monkeypatch.setenv("PLAYFAST_PROGRESS", "nonsense")
    chosen = read(drift="off", progress="0")
    assert (chosen.drift, chosen.progress) == ("off", False)


def test_a_mistake_in_the_environment_is_told_too(monkeypatch):
    monkeypatch.setenv("PLAYFAST_DRIFT", "halt")
    (told,) = problems()
    assert "'halt'" in told


ANY = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_characters="\0"), max_size=20)
)
VALUE = ANY | st.lists(ANY, max_size=3) | st.dictionaries(ANY, ANY, max_size=3)


@settings(max_examples=200, deadline=None, database=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, VALUE)))
def test_whatever_is_set_is_read_or_a_mistake(given_settings):
    try:
        chosen = options.read(given_settings, FIELDS)
    except ArgumentError as error:
        assert error.problems
        assert all("PLAYFAST_" in problem for problem in error.problems)
    else:
        assert chosen.drift in options.DRIFT_MODES
        assert chosen.report is None or isinstance(chosen.report, Path)
        assert all(0 <= floor <= 1 for floor in chosen.floors.values())


@pytest.mark.parametrize("name", ["PLAYFAST_REPORT", "PLAYFAST_DRIFT_AGAINST"])
def test_a_place_that_cannot_even_be_looked_at_is_a_mistake(name):
    with pytest.raises(ArgumentError):
        options.read({name: "x" * 300})


def test_a_device_is_no_place_for_a_report():
    with pytest.raises(ArgumentError):
        options.read({"PLAYFAST_REPORT": "/dev/null"})


def test_floors_nested_too_deep_are_a_mistake():
    with pytest.raises(ArgumentError):
        options.read({"PLAYFAST_DRIFT_FLOORS": "[" * 100_000})


def test_runs_and_how_many_stay(tmp_path, monkeypatch):
    assert read(runs=str(tmp_path / "new" / "runs"), keep="8").keep == 8
    assert read(runs=str(tmp_path)).keep is None
    monkeypatch.setenv("PLAYFAST_RUNS", str(tmp_path))
    monkeypatch.setenv("PLAYFAST_KEEP", "3")
    assert (read().runs, read().keep) == (tmp_path, 3)


@pytest.mark.parametrize("keep", ["0", "-1", "1.5", "many", "1e3", "9" * 30])
def test_a_number_of_runs_that_is_none(keep, tmp_path):
    assert problems(runs=str(tmp_path), keep=keep) == [
        f"PLAYFAST_KEEP={keep!r}: a number of runs is due, 1 or more"
    ]


def test_keep_without_runs_and_places_where_no_folder_can_be(tmp_path):
    assert problems(keep="2") == [
        "PLAYFAST_KEEP='2': PLAYFAST_RUNS is missing, the folder whose runs are kept"
    ]
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert "file is no folder" in problems(runs=str(tmp_path / "file" / "runs"))[0]
    assert "what follows %(" in problems(runs=str(tmp_path / "%(time)s"))[0]
    assert "is a link that leads nowhere" in problems(runs=str(tmp_path / "link"))[0]

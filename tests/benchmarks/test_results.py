"""The files of runs: written and read again, and what is said of wrong ones."""

from __future__ import annotations

import json

import pytest

from benchmarks import results
from benchmarks.errors import ResultsError
from tests.benchmarks import runs


@pytest.fixture
def written(tmp_path):
    """A run's file, changed by a function before it is read."""

    def write(change=lambda told: told):
        path = tmp_path / "run.json"
        told = json.loads(results.to_json(runs.run()))
        path.write_text(json.dumps(change(told)), encoding="utf-8")
        return path

    return write


def problems(path):
    with pytest.raises(ResultsError) as caught:
        results.read(path)
    return caught.value.problems


def test_a_run_comes_back_as_it_was(written):
    assert results.read(written()) == runs.run()


def test_derived_numbers_are_written_for_other_readers():
    told = json.loads(results.to_json(runs.run()))
    (metric,) = told["scenarios"][0]["metrics"]
    assert (metric["median"], metric["low"], metric["high"]) == (100.0, 99.0, 101.0)
    assert [target["met"] for target in told["scenarios"][0]["targets"]] == [True, None]
    assert told["schema"] == 1


@pytest.mark.parametrize(
    ("bound", "at_least", "measured", "met"),
    [
        (2.0, True, 2.0, True),
        (2.0, True, 1.9, False),
        (2.0, False, 2.0, True),
        (2.0, False, 2.1, False),
        (2.0, True, None, None),
    ],
)
def test_a_target_is_met_missed_or_unknown(bound, at_least, measured, met):
    target = results.Target(name="t", words="w", bound=bound, at_least=at_least, measured=measured, unit="s")
    assert target.met is met


def test_every_mistake_is_told_with_its_place(written):
    def spoil(told):
        told["scenarios"][0]["metrics"][0]["samples"] = []
        told["scenarios"][0]["metrics"][0]["better"] = "most"
        told["machine"]["cores"] = "two"
        del told["load"]
        return told

    path = written(spoil)
    told = "\n".join(problems(path))
    assert f"{path}: scenarios.0.metrics.0.samples" in told
    assert "scenarios.0.metrics.0.better: 'most' is not one of ['more', 'less', 'none']" in told
    assert "machine.cores: 'two' is not of type 'integer'" in told
    assert "the whole: 'load' is a required property" in told


def test_another_version_is_told(written):
    assert (
        "version 2; version 1 is what is read here" in problems(written(lambda told: told | {"schema": 2}))[0]
    )


@pytest.mark.parametrize("text", ["", "[1]", '{"other": 1}', "\xff"])
def test_what_is_no_run_is_told(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_bytes(text.encode("latin-1"))
    assert str(path) in problems(path)[0]


def test_a_missing_file_is_told(tmp_path):
    assert "No such file" in problems(tmp_path / "none.json")[0]


def test_more_mistakes_than_anybody_reads_are_counted(written):
    def spoil(told):
        (metric,) = told["scenarios"][0]["metrics"]
        told["scenarios"][0]["metrics"] = [metric | {"samples": []}] * 30
        return told

    found = problems(written(spoil))
    assert len(found) == 21
    assert found[-1].endswith("and 10 more")

"""Where runs are kept, and how they are found again."""

from __future__ import annotations

import pytest

from benchmarks import history, results
from benchmarks.errors import ResultsError
from tests.benchmarks import runs


def test_runs_of_a_machine_are_counted_up(tmp_path):
    paths = [
        history.keep(runs.run(commit=commit * 4), tmp_path) for commit in ("aaaaaaaaaaaa", "bbbbbbbbbbbb")
    ]
    paths.append(history.keep(runs.run(machine="elsewhere", uncommitted=True), tmp_path))
    assert [str(path.relative_to(tmp_path)) for path in paths] == [
        "here/0001_aaaaaaaaaa_20261125T010000Z.json",
        "here/0002_bbbbbbbbbb_20261125T010000Z.json",
        "elsewhere/0001_0123456789_20261125T010000Z_uncommitted.json",
    ]
    assert history.of_machine("here", tmp_path) == paths[:2]
    assert set(history.of_all(tmp_path)) == set(paths)
    assert results.read(paths[0]).commit.hash == "aaaaaaaaaaaa" * 4


def test_numbers_go_on_above_what_four_digits_hold(tmp_path):
    place = tmp_path / "here"
    place.mkdir()
    for number in (9_999, 10_000):
        (place / f"{number}_0123456789_20261125T010000Z.json").touch()
    assert history.keep(runs.run(), tmp_path).name.startswith("10001_")
    assert [history.number_of(path) for path in history.of_machine("here", tmp_path)] == [
        9_999,
        10_000,
        10_001,
    ]


def test_other_files_are_none_of_ours(tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "notes.json").touch()
    assert history.of_machine("here", tmp_path) == []


@pytest.mark.parametrize(
    ("name", "folder"), [("my host/2", "my-host-2"), ("..", "machine"), ("a.b_c-d", "a.b_c-d")]
)
def test_a_machines_name_is_made_a_folders(name, folder):
    assert history.folder_name(name) == folder


def test_a_commit_means_its_latest_run(tmp_path):
    history.keep(runs.run(), tmp_path)
    later = history.keep(runs.run(), tmp_path)
    assert history.named(["0123", str(later)], "here", tmp_path) == [later, later]


def test_every_word_that_is_no_run_is_told(tmp_path):
    with pytest.raises(ResultsError) as caught:
        history.named(["feed", "cafe"], "here", tmp_path)
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["'feed'", "'cafe'"]

"""Folders of runs: each has its own, and only those that were made here ever go."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from playfast.runs import folders
from tests.pages.sample import report as sample

BEGUN = datetime(2026, 11, 2, 3, 0, 0, tzinfo=UTC)


def made(root, week, code=0):
    """The folder of a run of that week that ended so; None is one under way, or killed."""
    path = folders.new(root, BEGUN + timedelta(days=7 * week))
    told = copy.deepcopy(sample())
    told["outcome"] = None if code is None else {"exit_code": code, "line": "x"}
    (path / "run.json").write_text(json.dumps(told), encoding="utf-8")
    (path / "apps.jsonl.gz").touch()
    return path


def test_a_folder_is_named_by_the_moment_in_utc_and_is_nobody_elses(tmp_path):
    root = tmp_path / "a" / "runs"
    here = BEGUN.astimezone(timezone(timedelta(hours=9)))
    assert [folders.new(root, here).name for _ in range(3)] == [
        "2026-11-02T03-00-00Z", "2026-11-02T03-00-00Z-2", "2026-11-02T03-00-00Z-3",
    ]  # fmt: skip


def test_the_last_whole_runs_stay_and_what_is_older_goes(tmp_path):
    runs = [made(tmp_path, week) for week in range(5)]
    assert folders.outdated(tmp_path, 2) == [runs[2], runs[1], runs[0]]
    assert folders.outdated(tmp_path, 9) == []


def test_runs_that_fail_push_no_whole_one_out_and_go_with_older_ones(tmp_path):
    ends = (0, 5, 0, None, 4, 3)
    runs = [made(tmp_path, week, code) for week, code in enumerate(ends)]
    assert folders.outdated(tmp_path, 1) == [runs[1], runs[0]]
    assert folders.outdated(tmp_path, 2) == []
    assert folders.whole(tmp_path) == [runs[2], runs[0]]


def test_the_run_itself_stays_whatever_it_came_to(tmp_path):
    runs = [made(tmp_path, week) for week in range(3)]
    assert folders.outdated(tmp_path, 1, but=runs[0]) == [runs[1]]
    assert folders.whole(tmp_path, but=runs[2]) == [runs[1], runs[0]]


def test_two_of_one_second_are_in_their_order(tmp_path):
    runs = [made(tmp_path, 0) for _ in range(11)]
    assert folders.whole(tmp_path) == runs[::-1]


def test_nothing_that_is_not_a_run_of_ours_is_ever_named(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    target = made(elsewhere, 0)
    root = tmp_path / "runs"
    root.mkdir()
    (root / "2026-01-01T00-00-00Z").symlink_to(target)
    (root / "2026-01-02T00-00-00Z").mkdir()  # without a report
    (root / "2026-01-03T00-00-00Z").write_text("a file")
    (root / "2026-01-04T00-00-00Z").mkdir()
    (root / "2026-01-04T00-00-00Z" / "run.json").write_text("{}")
    made(root, 0).rename(root / "my notes")
    last = made(root, 1)
    assert folders.outdated(root, 1) == []
    assert folders.whole(root) == [last]


def test_a_folder_goes_with_all_that_is_in_it_and_no_link_is_followed(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("stays")
    path = made(tmp_path / "runs", 0)
    (path / "link").symlink_to(outside)
    (path / "folder").symlink_to(tmp_path)
    folders.remove(path)
    assert not path.exists()
    assert outside.read_text() == "stays"


def test_what_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        folders.new(tmp_path / "file", BEGUN)

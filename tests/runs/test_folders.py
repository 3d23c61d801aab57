"""Run folders: how they are named, which are known as such, and which go."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import pytest

from playfast.runs import folders, held
from playfast.runs.folders import RunFolder
from tests.runs.test_report import built

START = datetime(2026, 11, 25, 3, 0, 0, tzinfo=UTC)


def a_run(runs, day, code=0, **changed):
    """The folder of a run on a day of November, with a valid report."""
    folder = folders.make(runs, START.replace(day=day))
    told = built() | {"outcome": {"exit_code": code, "line": "x"}, "state": "ended", "reason": "finished"}
    (folder / "run.json").write_text(json.dumps(told | changed), encoding="utf-8")
    (folder / "apps.jsonl.gz").write_bytes(b"x")
    return folder


def days(found: list[RunFolder]) -> list[int]:
    return [int(folder.path.name[8:10]) for folder in found]


def test_a_folder_is_named_by_its_start_and_each_has_its_own(tmp_path):
    names = [folders.make(tmp_path / "deep" / "runs", START).name for _ in range(11)]
    assert names[:3] == ["2026-11-25T03-00-00Z", "2026-11-25T03-00-00Z-2", "2026-11-25T03-00-00Z-3"]
    assert sorted(names, key=folders.place) == names  # -10 comes behind -9


def test_only_folders_with_a_valid_report_are_known(tmp_path):
    known = a_run(tmp_path, 1)
    folders.make(tmp_path, START.replace(day=2))
    (folders.make(tmp_path, START.replace(day=3)) / "run.json").write_text("{}")
    (folders.make(tmp_path, START.replace(day=4)) / "run.json").write_text('{"schema": 1}')
    a_run(tmp_path, 5).rename(tmp_path / "mine")
    (tmp_path / "2026-11-06T03-00-00Z").write_text("a file")
    (tmp_path / "2026-11-07T03-00-00Z").symlink_to(known)
    (folders.make(tmp_path, START.replace(day=8)) / "run.json").symlink_to(known / "run.json")
    assert [folder.path for folder in folders.ours(tmp_path)] == [known]


@pytest.mark.parametrize(
    ("codes", "keep", "gone"),
    [
        ("0000", 2, [1, 2]),
        ("0000", 4, []),
        ("0000", 9, []),
        ("0355", 1, []),  # a run that fails pushes no good one out
        ("0305", 1, [1, 2]),
        ("0335060", 2, [1, 2, 3, 4]),  # the failed one of the sixth is newer than the oldest kept
        ("5533", 1, []),
        ("", 1, []),
    ],
)
def test_the_last_whole_runs_stay_and_failed_ones_newer_than_the_oldest_of_them(tmp_path, codes, keep, gone):
    for day, code in enumerate(codes, 1):
        a_run(tmp_path, day, int(code))
    found = folders.ours(tmp_path) if codes else []
    assert days(folders.superfluous(found, keep)) == gone


def test_a_run_that_goes_on_or_was_killed_is_not_whole(tmp_path):
    a_run(tmp_path, 1)
    a_run(tmp_path, 2, outcome=None, state="running", reason=None)
    assert [folder.whole for folder in folders.ours(tmp_path)] == [True, False]


def test_what_links_lead_to_stays(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("x")
    folder = a_run(tmp_path / "runs", 1)
    (folder / "link").symlink_to(outside)
    (folder / "inner").mkdir()
    (folder / "inner" / "link").symlink_to(outside / "precious")
    folders.remove(folder)
    assert not folder.exists()
    assert (outside / "precious").read_text() == "x"


def test_a_folder_that_is_a_link_is_not_deleted(tmp_path):
    real = a_run(tmp_path, 1)
    link = tmp_path / "link"
    link.symlink_to(real)
    with pytest.raises(NotADirectoryError):
        folders.remove(link)
    assert (real / "run.json").exists()


def test_the_report_goes_last(tmp_path, monkeypatch):
    folder = a_run(tmp_path, 1)

    def refuse(path, **_):
        raise PermissionError(path)

    (folder / "inner").mkdir()
    monkeypatch.setattr(folders.shutil, "rmtree", refuse)
    with pytest.raises(PermissionError):
        folders.remove(folder)
    assert [kept.path for kept in folders.ours(tmp_path)] == [folder]


def test_the_run_before_is_the_last_whole_one_of_the_spider(tmp_path):
    first = a_run(tmp_path, 1)
    a_run(tmp_path, 2, 5)
    a_run(tmp_path, 3, spider="others")
    now = a_run(tmp_path, 4)
    a_run(tmp_path, 5)
    spider = built()["spider"]
    assert folders.earlier(tmp_path, spider, now) == first / "run.json"
    assert folders.earlier(tmp_path, spider, first) is None


def test_a_feed_is_named_by_its_spider():
    assert folders.feed_name("apps") == "apps.jsonl.gz"
    assert folders.feed_name("a/b c") == "a_b_c.jsonl.gz"


@pytest.mark.skipif(held.fcntl is None, reason="this system has no locks of folders")
def test_a_folder_is_held_as_long_as_its_handle_is_open(tmp_path):
    handle = held.hold(tmp_path)
    assert held.is_held(tmp_path, "ended")
    with pytest.raises(BlockingIOError):
        held.hold(tmp_path)
    os.close(handle)
    assert not held.is_held(tmp_path, "running")


def test_without_such_locks_the_report_tells(tmp_path, monkeypatch):
    monkeypatch.setattr(held, "fcntl", None)
    assert held.hold(tmp_path) is None
    assert held.is_held(tmp_path, "running")
    assert not held.is_held(tmp_path, "ended")

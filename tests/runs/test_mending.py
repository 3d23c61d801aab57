"""Feeds of a killed crawl are brought back to what its ledger counts."""

from __future__ import annotations

import pytest

from playfast.runs.ledger import FeedFile
from playfast.runs.mending import mend


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "apps.jsonl"
    path.write_bytes(b"0123456789")
    return path


def file(path, good, *, made=True, inode=None):
    return FeedFile(path, good, made, path.stat().st_ino if inode is None else inode)


def test_what_stands_behind_the_good_part_is_taken_off(path):
    mend([file(path, 4)])
    assert path.read_bytes() == b"0123"


def test_a_file_that_is_as_it_should_be_stays(path):
    mend([file(path, 10)])
    assert path.read_bytes() == b"0123456789"


@pytest.mark.parametrize("inode", [None, 0])
def test_a_file_without_anything_good_goes_if_the_crawl_made_it(path, inode):
    mend([file(path, 0, inode=inode)])
    assert not path.exists()


def test_a_file_that_was_empty_before_stays(path):
    mend([file(path, 0, made=False)])
    assert path.read_bytes() == b""


def test_a_whole_that_was_not_ended_is_put_aside(path):
    for number in ("", "-2", "-3"):
        path.write_bytes(b"new" + number.encode())
        mend([file(path, None)])
        assert not path.exists()
        assert path.with_name(f"apps.jsonl.unfinished{number}").read_bytes() == b"new" + number.encode()


def test_a_file_that_is_gone_is_nobodys_matter(path):
    left = [file(path, 4), file(path, None)]
    path.unlink()
    mend(left)
    assert not path.exists()


def test_another_file_of_the_same_name_is_left_alone(path, caplog):
    for good in (4, None, 0):
        mend([file(path, good, inode=path.stat().st_ino + 1)])
    assert path.read_bytes() == b"0123456789"
    assert "another file" in caplog.text


def test_a_file_that_has_got_shorter_is_told(path, caplog):
    mend([file(path, 1_000)])
    assert path.read_bytes() == b"0123456789"
    assert "990 bytes less" in caplog.text

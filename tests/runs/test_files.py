"""A page is put in its place whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from playfast.runs import files


def test_what_stood_there_is_replaced(tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(b"old")
    files.replace(page, b"new")
    assert page.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [page]


def test_it_may_be_read_as_any_new_file(tmp_path):
    (tmp_path / "ordinary").write_bytes(b"")
    files.replace(tmp_path / "page.html", b"new")
    assert (tmp_path / "page.html").stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_a_failure_leaves_what_stood_there_and_nothing_else(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        files.replace(page, b"new")
    assert page.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [page]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "page.html"
    link.symlink_to(tmp_path / "real" / "page.html")
    files.replace(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real" / "page.html").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_ordinary_file_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.replace(pipe, b"new")
    assert os.read(reader, 9) == b"new"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_folders_names_are_put_on_the_disk(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    files.sync_folder(tmp_path)
    assert synced == ([tmp_path.stat().st_ino] if os.name == "posix" else [])


def test_a_file_has_a_number_and_none_has_none(tmp_path):
    file = tmp_path / "file"
    assert files.inode(file) == 0
    file.touch()
    assert 0 < files.inode(file) < 2**63

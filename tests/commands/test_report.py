"""`scrapy report`: what it reads, where it writes, and what it says of mistakes."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys

import pytest
from scrapy.exceptions import UsageError

from playfast.commands import report
from playfast.commands.report import Command
from playfast.pages.library import LibraryMissingError
from tests.conftest import ROOT
from tests.pages import sample

pytest.importorskip("vl_convert", reason="the extra `report` is not installed")


@pytest.fixture
def run():
    """Run the command in this process; gives the exit code."""

    def runner(*files, page=None):
        command = Command()
        command.run(
            [str(file) for file in files],
            argparse.Namespace(page=None if page is None else str(page), database=None),
        )
        return command.exitcode

    return runner


@pytest.fixture
def saved(tmp_path):
    """Put a run report into a file."""

    def save(name="run.json", **changes):
        path = tmp_path / name
        path.write_text(json.dumps(sample.report(spans=5, **changes)), encoding="utf-8")
        return path

    return save


def test_the_page_stands_beside_the_report_and_its_name_is_printed(run, saved, tmp_path, capsys):
    assert run(saved("run.json")) == 0
    page = tmp_path / "run.html"
    assert capsys.readouterr().out == f"{page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_page_by_another_name_beside_an_earlier_run(run, saved, tmp_path):
    page = tmp_path / "both.html"
    assert run(saved("run.json"), saved("old.json", seed=1), page=page) == 0
    assert "compared with old.json" in page.read_text(encoding="utf-8")


def test_standard_output_gets_the_page_alone(run, saved, tmp_path, capfdbinary):
    assert run(saved(), page="-") == 0
    told = capfdbinary.readouterr()
    assert told.out.startswith(b"<!doctype html>")
    assert told.out.rstrip().endswith(b"</html>")
    assert not told.err
    assert not (tmp_path / "run.html").exists()


def test_all_mistakes_of_both_files_are_told_at_once(run, saved, tmp_path, capsys):
    broken = sample.report(state="asleep", latency_seconds={"count": "many"})
    del broken["stats"]
    (tmp_path / "run.json").write_text(json.dumps(broken), encoding="utf-8")
    old = saved("old.json", elapsed_seconds=10**300)
    page = tmp_path / "run.html"
    page.write_text("kept", encoding="utf-8")
    assert run(tmp_path / "run.json", old) == 2
    told = capsys.readouterr()
    assert not told.out
    lines = told.err.splitlines()
    assert all(line.startswith("scrapy report: ") for line in lines)
    for part in (
        "state",
        "'asleep'",
        "['running', 'ended']",
        "latency_seconds.count",
        "'stats'",
        "old.json: elapsed_seconds",
    ):
        assert any(part in line for line in lines), part
    assert page.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no JSON"),
        ("[]", "no run report"),
        ('{"a": 1}', "no run report"),
        (json.dumps(sample.report(schema=2)), "version 2; this playfast reads version 1"),
        (None, "No such file"),
    ],
)
def test_what_is_no_run_report_is_told_with_its_file(run, tmp_path, capsys, content, said):
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert run(path) == 2
    told = capsys.readouterr().err
    assert str(path) in told
    assert said in told
    assert not (tmp_path / "run.html").exists()


def test_a_report_is_never_overwritten_by_its_page(run, saved, capsys):
    report_file = saved("run.html")
    before = report_file.read_bytes()
    assert run(report_file) == 2
    assert "would overwrite the run report" in capsys.readouterr().err
    assert run(saved("now.json"), report_file, page=report_file) == 2
    assert report_file.read_bytes() == before


def test_a_page_that_has_no_place(run, saved, tmp_path, capsys):
    assert run(saved(), page=tmp_path) == 2
    assert run(saved(), page=tmp_path / "gone" / "page.html") == 2
    told = capsys.readouterr().err
    assert "this is a folder" in told
    assert "there is no folder" in told


def test_a_page_that_cannot_be_written(run, saved, tmp_path, capsys, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report.files, "replace", full)
    assert run(saved()) == 1
    assert f"scrapy report: {tmp_path / 'run.html'}: No space left on device" in capsys.readouterr().err


def test_a_missing_library_is_one_sentence(run, saved, tmp_path, capsys, monkeypatch):
    def missing(*_):
        raise LibraryMissingError("the charts need ...: pip install vl-convert-python")

    monkeypatch.setattr(report, "run_page", missing)
    assert run(saved()) == 2
    assert capsys.readouterr().err == "scrapy report: the charts need ...: pip install vl-convert-python\n"
    assert not (tmp_path / "run.html").exists()


@pytest.mark.parametrize("files", [[], ["a", "b", "c"]])
def test_one_report_or_two_are_due(run, files):
    with pytest.raises(UsageError, match=r"scrapy report run\.json \[earlier\.json\]"):
        run(*files)


def test_control_characters_in_names_do_not_reach_the_terminal(run, tmp_path, capsys):
    assert run(tmp_path / "\x1b[31mred.json") == 2
    assert "\x1b" not in capsys.readouterr().err


def scrapy(*words, **options):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300, **options,
    )  # fmt: skip


def test_without_the_library_the_command_is_listed_and_says_what_to_install(saved, tmp_path):
    (tmp_path / "vl_convert.py").write_text("raise ImportError('not here')", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    assert "  report " in scrapy("--help", env=environment).stdout
    done = scrapy("report", saved(), env=environment)
    assert done.returncode == 2
    assert "pip install vl-convert-python" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.crawl
def test_a_crawl_and_its_page(store, crawl, tmp_path):
    ids = subprocess.run(
        [sys.executable, "-m", "playfast.localstore", "ids", "--count", "100"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    file = tmp_path / "run.json"
    done = crawl(
        "-a", "ids=-", "-a", "countries=us,kr", "-s", f"PLAYFAST_REPORT={file}", store=store, stdin=ids
    )
    assert done.exit_code == 0
    made = scrapy("report", file)
    assert (made.returncode, made.stdout, made.stderr) == (0, f"{tmp_path / 'run.html'}\n", "")
    page = (tmp_path / "run.html").read_text(encoding="utf-8")
    assert "200 records are due" in page
    assert page.count('class="chart"') >= 7

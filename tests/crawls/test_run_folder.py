"""Whole crawls that write into folders of their own."""

from __future__ import annotations

import gzip
import json

import pytest

from playfast.runs import folders

pytestmark = pytest.mark.crawl


def codes(runs):
    return [folder.told["outcome"]["exit_code"] for folder in folders.ours(runs)]


def test_the_last_whole_runs_stay_and_a_failing_one_pushes_none_out(crawl, store, tmp_path):
    runs = tmp_path / "a % b" / "runs"
    kept = ("-s", f"PLAYFAST_RUNS={runs}", "-s", "PLAYFAST_KEEP=2")
    first = crawl("-a", "ids=com.example.one", *kept, store=store)
    assert first.exit_code == 0
    (runs / "mine").mkdir()
    (begun,) = folders.ours(runs)
    assert sorted(path.name for path in begun.path.iterdir()) == ["apps.jsonl.gz", "report.html", "run.json"]
    # The feed of -O has gone where it was told to, with the same records.
    assert gzip.decompress((begun.path / "apps.jsonl.gz").read_bytes()) == first.feed.read_bytes()
    assert "earlier (" not in (begun.path / "report.html").read_text(encoding="utf-8")
    assert crawl("-a", "ids=com.example.one", *kept, store=store).exit_code == 0
    second = folders.ours(runs)[-1]
    assert f"earlier ({begun.path.name})" in (second.path / "report.html").read_text(encoding="utf-8")
    assert second.told["drift"]["against"] == str(begun.path / "run.json")
    (tmp_path / "none.txt").write_text("# nothing\n")
    assert crawl("-a", f"ids={tmp_path / 'none.txt'}", *kept, store=store).exit_code == 3
    assert codes(runs) == [0, 0, 3]
    last = crawl("-a", "ids=com.example.one", *kept, store=store)
    assert f"PLAYFAST_KEEP=2: {begun.path} was deleted" in last.log
    assert codes(runs) == [0, 3, 0]
    assert (runs / "mine").is_dir()


def test_the_environment_gives_them_too_and_a_check_makes_nothing(crawl, store, tmp_path):
    runs = tmp_path / "runs"
    given = {"PLAYFAST_RUNS": str(runs), "PLAYFAST_KEEP": "1"}
    assert crawl("-a", "ids=com.example.one", "--check", store=store, env=given, feed="").exit_code == 0
    assert not runs.exists()
    assert crawl("-a", "ids=com.example.one", store=store, env=given, feed="").exit_code == 0
    assert codes(runs) == [0]


def test_what_does_not_go_together_is_told_with_all_other_mistakes(crawl, tmp_path):
    (tmp_path / "file").touch()
    refused = crawl(
        "-a", "ids=com.a.b", "-a", f"ledger={tmp_path / 'run.db'}",
        "-s", f"PLAYFAST_RUNS={tmp_path / 'file'}", "-s", "PLAYFAST_KEEP=0", "-s", "PLAYFAST_REPORT=run.json",
    )  # fmt: skip
    assert refused.exit_code == 2
    told = [line for line in refused.log.splitlines() if line.startswith("scrapy crawl apps: ")]
    assert [line.split("=")[0].split(": ")[1] for line in told] == [
        "PLAYFAST_RUNS", "PLAYFAST_KEEP", "PLAYFAST_REPORT", "PLAYFAST_KEEP",
    ]  # fmt: skip


def test_with_a_ledger_each_run_has_a_feed_of_what_it_asked(crawl, store, tmp_path):
    runs = tmp_path / "runs"
    given = ("-a", f"ledger={tmp_path / 'run.db'}", "-s", f"PLAYFAST_RUNS={runs}")
    (tmp_path / "ids.txt").write_text("com.example.one\n")
    assert crawl("-a", f"ids={tmp_path / 'ids.txt'}", *given, store=store, feed="").exit_code == 0
    assert crawl("-a", f"ids={tmp_path / 'ids.txt'}", *given, store=store, feed="").exit_code == 0
    feeds = [gzip.decompress((run.path / "apps.jsonl.gz").read_bytes()) for run in folders.ours(runs)]
    assert json.loads(feeds[0])["app_id"] == "com.example.one"
    assert not feeds[1]

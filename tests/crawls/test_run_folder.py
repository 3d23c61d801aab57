"""A weekly job: one command, a folder for each run, the last ones stay."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.conftest import local_store

pytestmark = pytest.mark.crawl


@pytest.fixture
def job(crawl, tmp_path):
    def run(store, *more):
        given = (
            "-a",
            "ids=com.example.one,com.example.two",
            "-s",
            f"PLAYFAST_RUNS={tmp_path / 'runs'}",
            *more,
        )
        return crawl(*given, store=store, feed="")

    return run


def test_each_run_has_its_feed_its_report_and_its_page(job, store, tmp_path):
    for _ in range(2):
        done = job(store, "-s", f"PLAYFAST_DATABASE=sqlite:///{tmp_path / 'kept.db'}")
        assert done.exit_code == 0, done.log
    first, second = sorted((tmp_path / "runs").iterdir())
    for folder in (first, second):
        assert {path.name for path in folder.iterdir()} == {"apps.jsonl.gz", "run.json", "report.html"}
        with gzip.open(folder / "apps.jsonl.gz", "rt", encoding="utf-8") as lines:
            assert [json.loads(line)["app_id"] for line in lines] == ["com.example.one", "com.example.two"]
        assert json.loads((folder / "run.json").read_text())["outcome"]["exit_code"] == 0
    page = (second / "report.html").read_text(encoding="utf-8")
    assert f"compared with {first.name}" in page
    assert "What has changed" in page
    assert json.loads((second / "run.json").read_text())["drift"]["against"]


def test_the_last_whole_runs_stay_and_a_failed_one_pushes_none_out(job, store, tmp_path):
    for _ in range(3):
        job(store, "-s", "PLAYFAST_KEEP=2")
    runs = sorted((tmp_path / "runs").iterdir())
    assert len(runs) == 2
    with local_store("--rpc-down", "--page-down") as broken:
        failed = job(broken, "-s", "PLAYFAST_KEEP=2", "-s", "RETRY_TIMES=0")
    assert failed.exit_code == 3
    assert len(sorted((tmp_path / "runs").iterdir())) == 3
    assert set(runs) < set((tmp_path / "runs").iterdir())


def test_mistakes_are_told_before_a_folder_is_made(job, store, tmp_path):
    done = job(store, "-s", "PLAYFAST_KEEP=0", "-s", "PLAYFAST_REPORT=run.json")
    assert done.exit_code == 2
    assert "PLAYFAST_KEEP='0'" in done.log
    assert "PLAYFAST_RUNS puts the report into the run's folder" in done.log
    assert not (tmp_path / "runs").exists()

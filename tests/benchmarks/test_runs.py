"""Whole commands, in small sizes, as a user would start them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks import results
from benchmarks.harness import recorded
from benchmarks.running import NOT_JUDGED
from tests.conftest import ROOT


def command(*words, env=None):
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "PLAYFAST_MACHINE": "test machine", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.crawl
def test_a_quick_run_is_kept(tmp_path):
    given = ("--quick", "--no-peers", "--only", "packs", "--only", "start_up", "--results", str(tmp_path))
    done = command("-m", "benchmarks", "run", *given)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (tmp_path / "test-machine").iterdir()
    assert str(path) in done.stdout
    run = results.read(path)
    assert [scenario.name for scenario in run.scenarios] == ["packs", "start_up"]
    assert run.settings == {"quick": True, "peers": False, "only": "packs start_up"}
    assert {target.note for scenario in run.scenarios for target in scenario.targets} == {NOT_JUDGED}
    found = {metric.name: metric.median for metric in run.scenarios[0].metrics}
    assert found["packs/apps-per-second"] > 0
    assert found["packs/of-floor"] > 1
    assert found["packs/error-rate"] == 0
    (series,) = run.scenarios[0].series
    assert sum(series.records) == run.scenarios[0].parameters["apps"]
    assert "Whole records in packs" in done.stdout


@pytest.mark.crawl
@pytest.mark.parametrize(
    ("script", "given", "told"),
    [
        ("compare_clients", ("--apps", "2", "--latency", "0", "--at-once", "2"), "packs of 32, 2 at once"),
        ("memory_profiling", ("--few", "5", "10", "--many", "40"), "App held in a list"),
        ("large_scale_collection_v2", ("--apps", "100", "--processes", "2", "--prepare"), "100 records in"),
        ("single_app", ("--rounds", "1", "--latency", "0"), "page, median"),
    ],
)
def test_a_script_runs_as_written(script, given, told):
    done = command(f"benchmarks/{script}.py", *given)
    assert done.returncode == 0, done.stdout + done.stderr
    assert told in done.stdout


@pytest.mark.skipif(not recorded.files(), reason=recorded.MISSING)
def test_recorded_answers_are_read():
    done = command("benchmarks/parse.py", "--seconds", "0.001", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    for kind in ("trimmed page, reading", "RPC, decoding"):
        assert kind in done.stdout


def test_missing_recordings_are_told(tmp_path):
    done = command("benchmarks/parse.py", env={"PLAYFAST_RECORDED": str(tmp_path)})
    assert done.returncode == 1
    assert done.stderr == f"no recorded answers at {tmp_path}; PLAYFAST_RECORDED names their folder\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("benchmarks/compare_clients.py", "--apps", "0"),
            "argument --apps: '0' is no whole number from 1 on",
        ),
        (
            ("benchmarks/compare_clients.py", "--latency", "-1"),
            "argument --latency: '-1' is no number from 0 on",
        ),
        (
            ("benchmarks/memory_profiling.py", "--many", "10"),
            "--many 10: more than the largest of --few (1000) is due",
        ),
        (
            ("benchmarks/large_scale_collection_v2.py", "--apps", "1", "--processes", "2"),
            "--processes 2: each needs an app",
        ),
    ],
)
def test_wrong_numbers_are_told(words, told):
    done = command(*words)
    assert done.returncode == 2
    assert told in done.stderr

"""`python -m benchmarks`, without measuring."""

from __future__ import annotations

import pytest

from benchmarks import history
from benchmarks.commands import main
from benchmarks.harness import machine
from tests.benchmarks import runs

SLOWER = [runs.scenario(metrics=[runs.metric(samples=(80.0, 81.0, 79.0))])]


@pytest.fixture
def results(tmp_path, monkeypatch):
    """A history of this machine with two runs, the second a fifth slower."""
    monkeypatch.setenv("PLAYFAST_MACHINE", "here")
    history.keep(runs.run(commit="a" * 40), tmp_path)
    history.keep(runs.run(SLOWER, commit="b" * 40), tmp_path)
    return tmp_path


def test_the_last_two_runs_are_compared(results, capsys):
    assert main(["compare", "--results", str(results)]) == 1
    told = capsys.readouterr().out
    assert "regression: packs packs/apps-per-second is worse by 20.0 % (more than 10 %)" in told
    assert "0.800" in told


def test_runs_are_named_by_commits_and_files(results):
    newer = history.of_machine("here", results)[1]
    assert (
        main(["compare", str(newer), "aaaa", "--results", str(results)]) == 0
    )  # the other way round it is faster


def test_a_regression_below_the_bound_is_let_pass(results):
    assert main(["compare", "--fail-above", "25", "--results", str(results)]) == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["compare", "aaaa"], "two runs are compared, an older and a newer one; 1 given"),
        (["compare", "aaaa", "cccc"], "'cccc': neither a file nor the beginning of a commit"),
        (["run", "--only", "packs", "pack", "--only", "sweep"], "there is no scenario 'sweep'"),
        (["run", "--quick", "--check"], "--check judges targets, which a quick run does not measure"),
        (["report", "-o", "nowhere/page.html"], "there is no folder nowhere"),
    ],
)
def test_mistakes_are_told_and_exit_with_2(results, capsys, given, told):
    assert main([*given, "--results", str(results)]) == 2
    assert told in capsys.readouterr().err


def test_results_that_cannot_be_kept_are_told_before_measuring(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["run", "--only", "packs", "--results", str(tmp_path / "file")]) == 2
    assert f"--results {tmp_path / 'file'}: File exists" in capsys.readouterr().err


def test_all_unknown_scenarios_are_told_at_once(capsys):
    assert main(["run", "--only", "pack", "paces"]) == 2
    told = capsys.readouterr().err
    assert "'pack'" in told
    assert "'paces'" in told
    assert "packs, pages" in told


def test_one_run_cannot_be_compared(tmp_path, capsys):
    assert main(["compare", "--results", str(tmp_path)]) == 2
    assert f"{tmp_path / history.folder_name(machine.name())} has 0" in capsys.readouterr().err


def test_runs_that_measured_something_else_are_passed_over(results, capsys):
    history.keep(runs.run([runs.scenario(parameters={"apps": 5})], commit="c" * 40), results)
    history.keep(runs.run(commit="d" * 40), results)
    assert main(["compare", "--results", str(results)]) == 0
    told = capsys.readouterr().out
    assert "old: bbbbbbbbbb" in told
    assert "1.250" in told


def test_runs_of_different_machines_are_warned_of(results, capsys):
    other = history.keep(runs.run(machine="elsewhere"), results)
    assert main(["compare", "aaaa", str(other), "--results", str(results)]) == 0
    assert "warning: the runs are of different machines" in capsys.readouterr().out


def test_runs_with_nothing_in_common_cannot_be_compared(results, capsys):
    history.keep(runs.run([runs.scenario(version="new")]), results)
    assert main(["compare", "--results", str(results)]) == 2
    assert "packs: its code has changed" in capsys.readouterr().err


def test_a_report_of_no_runs_is_refused(tmp_path, capsys):
    assert main(["report", "--results", str(tmp_path), "-o", str(tmp_path / "page.html")]) == 2
    assert "no runs there" in capsys.readouterr().err


def test_list_names_every_scenario(capsys):
    assert main(["list"]) == 0
    told = capsys.readouterr().out
    assert "packs: Whole records in packs" in told
    assert "quick: " in told


def test_a_report_is_one_page_of_all_runs(results, tmp_path):
    page = tmp_path / "page.html"
    assert main(["report", "--results", str(results), "-o", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "Whole records in packs" in text

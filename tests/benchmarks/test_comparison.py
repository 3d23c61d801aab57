"""A change is told from noise, and results of other code are not compared."""

from __future__ import annotations

import pytest

from benchmarks.comparison import Verdict, compare
from tests.benchmarks import runs

OLD = (100.0, 102.0, 98.0, 101.0, 99.0)


def compared(new, old=OLD, better="more"):
    (one,) = compare(
        runs.run([runs.scenario(metrics=[runs.metric(samples=old, better=better)])]),
        runs.run([runs.scenario(metrics=[runs.metric(samples=new, better=better)])]),
    ).metrics
    return one


@pytest.mark.parametrize(
    ("factor", "better", "verdict", "loss"),
    [
        (1.3, "more", Verdict.BETTER, 0.0),
        (0.7, "more", Verdict.WORSE, 30.0),
        (1.3, "less", Verdict.WORSE, 30.0),
        (0.7, "less", Verdict.BETTER, 0.0),
        (1.3, "none", Verdict.CHANGED, 0.0),
    ],
)
def test_a_change_is_better_or_worse(factor, better, verdict, loss):
    one = compared([value * factor for value in OLD], better=better)
    assert one.verdict is verdict
    assert one.loss == pytest.approx(loss)


def test_noise_is_not_significant():
    one = compared([130.0, 90.0, 112.0, 95.0, 105.0])
    assert one.low < 1 < one.high
    assert one.verdict is Verdict.NOT_SIGNIFICANT


def test_a_sure_change_that_is_small_is_not_significant():
    one = compared([value * 1.04 for value in (100.0, 100.1, 99.9)], old=(100.0, 100.1, 99.9))
    assert one.low > 1
    assert one.verdict is Verdict.NOT_SIGNIFICANT


def test_two_samples_prove_nothing():
    one = compared([10.0, 10.0])
    assert one.verdict is Verdict.TOO_FEW
    assert one.loss == 0


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (runs.scenario(), runs.scenario(version="def"), "its code has changed (abc, def)"),
        (runs.scenario(), runs.scenario(parameters={"apps": 5}), "its parameters differ"),
    ],
)
def test_what_cannot_be_compared_is_told(old, new, reason):
    found = compare(runs.run([old]), runs.run([new]))
    assert found.metrics == []
    assert found.not_compared == {"packs": reason}


def test_scenarios_of_one_run_alone_are_told():
    found = compare(runs.run([runs.scenario("old")]), runs.run([runs.scenario("new")]))
    assert found.not_compared == {"new": "not in the older run", "old": "not in the newer run"}


def test_metrics_of_one_run_alone_are_left_out():
    found = compare(
        runs.run([runs.scenario(metrics=[runs.metric("a"), runs.metric("b")])]),
        runs.run([runs.scenario(metrics=[runs.metric("b"), runs.metric("c")])]),
    )
    assert [one.new.name for one in found.metrics] == ["b"]

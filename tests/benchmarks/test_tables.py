"""What a terminal shows of results."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from benchmarks import tables
from benchmarks.results import Target
from tests.benchmarks import runs


def shown(thing):
    file = io.StringIO()
    Console(file=file, width=140).print(thing)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (1234.5, "1,234"), (12.34, "12.3"), (0.12345, "0.123"), (0.0, "0")]
)
def test_numbers_have_the_digits_that_say_something(value, text):
    assert tables.number(value) == text


def test_a_scenario_shows_its_parameters_and_every_metric():
    told = shown(tables.of_scenario(runs.scenario(metrics=[runs.metric("a"), runs.metric("b", [1.0])])))
    assert "apps 20,000, latency 0.5, feed None" in told
    assert "title of a" in told
    assert "title of b" in told
    assert "What is measured." in told


def test_unstable_metrics_are_warned_of():
    found = tables.warnings(
        runs.scenario(metrics=[runs.metric("a", [1.0, 9.0]), runs.metric("b", [1.0, 9.0], better="none")])
    )
    assert found[0].startswith("a is unstable: ")
    assert "run again" in found[1]
    assert len(found) == 2


def test_targets_are_met_missed_or_not_measured():
    def target(name, measured):
        return Target(
            name=name,
            words=name,
            bound=2.0,
            at_least=True,
            measured=measured,
            unit="ratio",
            note=f"note of {name}",
        )

    lines = shown(
        tables.of_targets([target("one", 3.0), target("two", 1.0), target("three", None)])
    ).splitlines()
    assert any("met" in line and "one" in line and "≥ 2" in line for line in lines)
    assert any("MISSED" in line and "two" in line for line in lines)
    assert any("not measured" in line and "note of three" in line for line in lines)


def test_a_run_tells_where_and_of_what_it_was():
    told = shown(tables.of_run(runs.run(uncommitted=True)))
    for words in (
        "0123456789",
        "uncommitted",
        "some CPU, 2 cores",
        "scrapy 2.19.0",
        "load 0.1 before, 1.5 after",
    ):
        assert words in told

"""The registry: every scenario is found, named and documented."""

from __future__ import annotations

import ast
import dataclasses
import pkgutil

import pytest

import benchmarks.scenarios
from benchmarks.results import Series
from benchmarks.scenarios import base, scenarios
from benchmarks.scenarios.million import growth
from tests.conftest import ROOT

ALL = scenarios()


def test_every_file_brings_a_scenario_of_its_name():
    files = {entry.name for entry in pkgutil.iter_modules(benchmarks.scenarios.__path__)} - {"base"}
    assert files == set(ALL)


@pytest.mark.parametrize("kind", ALL.values(), ids=ALL)
def test_a_scenario_is_documented(kind):
    assert kind.title
    assert kind.about.endswith(".")
    assert kind.run.__doc__


@pytest.mark.parametrize("kind", ALL.values(), ids=ALL)
def test_a_scenario_has_parameters_and_smaller_ones(kind):
    fields = {field.name for field in dataclasses.fields(kind)}
    assert set(kind().parameters) == fields
    assert set(kind.small) <= fields
    assert kind.quick().parameters == kind().parameters | kind.small
    assert kind.quick() != kind()


def test_a_scenarios_version_follows_its_code_alone():
    versions = {kind.version() for kind in ALL.values()}
    assert len(versions) == len(ALL)
    assert all(len(version) == 10 for version in versions)


def test_targets_are_unique_and_written_out():
    """Read from the code: measuring takes minutes."""
    names = []
    for path in sorted((ROOT / "benchmarks" / "scenarios").glob("*.py")):
        if path.stem == "base":
            continue
        names += [
            node.args[0].value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"at_least", "at_most"}
        ]
    assert len(names) == len(set(names)) >= 15


def test_targets_say_which_way():
    assert base.at_least("a", "words", 1.0, 2.0, "s").met
    assert not base.at_most("a", "words", 1.0, 2.0, "s").met


@pytest.mark.parametrize(
    ("memory", "grown"),
    [([100, 150, 150, 160, 155], 10), ([100, 150, 120, 110, 100], 0)],
)
def test_growth_counts_from_the_first_tenth_to_the_highest(memory, grown):
    series = Series(name="", seconds=[1, 2, 3, 4, 5], records=[5, 10, 30, 30, 25], memory_bytes=memory)
    assert growth(series) == grown

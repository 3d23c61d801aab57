"""The targets: what was to be reached, what was measured, how far the one is from the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.page import units
from benchmarks.page.anchors import link
from benchmarks.page.gauge import gauge
from benchmarks.results import Run, ScenarioResult, Target
from playfast.pages import words
from playfast.pages.markup import Html, element, section

_TIMES = 3
"""From so many times the bound on, the distance is told in times."""
_EXACT = 10
"""Percents above it are told without decimals."""
_STATES = {True: ("good", "met"), False: ("bad", "missed"), None: ("warn", "not measured")}
_FIRST = (False, None, True)
"""What needs attention stands first."""


def verdict(run: Run) -> tuple[str, str]:
    """All targets of a run in a few words, and their kind."""
    states = [target.met for _, target in _targets(run)]
    if not states:
        return "plain", "No target was set"
    missed, unknown = states.count(False), states.count(None)
    if missed:
        return "bad", f"{words.of(missed, 'target')} of {len(states):,} missed"
    if unknown == len(states):
        return "warn", f"None of {words.of(unknown, 'target')} measured"
    if unknown:
        return "warn", f"{words.of(unknown, 'target')} of {len(states):,} not measured"
    return "good", "The target is met" if len(states) == 1 else f"All {len(states):,} targets met"


def targets(run: Run) -> Html:
    """A line for each target; those missed first, then those not measured."""
    given = sorted(_targets(run), key=lambda pair: _FIRST.index(pair[1].met))
    if not given:
        return section("Targets", element("p", "No scenario of this run has a target."), id_="targets")
    return section(
        "Targets",
        element(
            "p",
            "Each bar ends at what was measured. The line in the middle is the bound, and the shaded side is where a bar has to end; "
            "a broken bar goes beyond twice the bound.",
        ),
        element("ol", *(_line(result, target) for result, target in given), class_="targets"),
        id_="targets",
    )


def _targets(run: Run) -> Iterator[tuple[ScenarioResult, Target]]:
    return ((result, target) for result in run.scenarios for target in result.targets)


def _line(result: ScenarioResult, target: Target) -> Html:
    kind, state = _STATES[target.met]
    return element(
        "li",
        element("span", state, class_=f"chip {kind}"),
        element(
            "div",
            element("p", target.words),
            element("p", *_aside(result, target), class_="soft"),
        ),
        element("div", *([gauge(target, said(target))] if target.bound > 0 else []), class_="drawn"),
        element("div", *_numbers(target), class_="numbers"),
    )


def _aside(result: ScenarioResult, target: Target) -> Sequence[str]:
    where = link(result)
    return [where, f": {target.note}"] if target.note else [where]


def _numbers(target: Target) -> list[Html]:
    due = element("span", due_words(target), class_="soft")
    if target.measured is None:
        return [element("strong", words.NOTHING), due]
    kind = _STATES[target.met][0]
    return [
        element("strong", units.text(target.measured, target.unit)),
        due,
        *([element("span", distance(target), class_=f"distance {kind}")] if target.bound > 0 else []),
    ]


def due_words(target: Target) -> str:
    return f"{'at least' if target.at_least else 'at most'} {units.bound(target.bound, target.unit)}"


def distance(target: Target) -> str:
    """How far what was measured lies from the bound: 9 % above, 45 times the bound."""
    assert target.measured is not None
    ratio = target.measured / target.bound
    if ratio >= _TIMES:
        return f"{words.decimal(ratio)} times the bound"
    percent = round(100 * abs(ratio - 1), 1)
    if not percent:
        return "at the bound"
    return f"{percent:.{0 if percent >= _EXACT else 1}f}{words.NBSP}% {'above' if ratio > 1 else 'below'} the bound"


def said(target: Target) -> str:
    """The gauge in words."""
    measured = "not measured" if target.measured is None else units.text(target.measured, target.unit)
    return f"{measured}, {due_words(target)}: {_STATES[target.met][1]}"

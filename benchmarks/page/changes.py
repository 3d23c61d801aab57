"""A number against the one of the run before."""

from __future__ import annotations

from benchmarks.results import Metric
from playfast.pages import words

_UNSEEN = 0.0005
"""A change that would be shown as 0.0 %."""
_TIMES = 3
"""From so many times the former number on, a change is told in times."""


_LEAST, _FACTOR = 3, 0.05
"""Fewer rounds in either run, or a smaller change, and nothing is judged."""


def change(now: Metric, before: Metric | None) -> tuple[str, str]:
    """How much more or less, and its kind: `good`, `bad`, or `plain` where it may be chance."""
    if before is None:
        return "", "plain"
    text = difference(now.median, before.median)
    if now.better == "none" or not _sure(now, before):
        return text, "plain"
    return text, "good" if (now.median > before.median) == (now.better == "more") else "bad"


def _sure(now: Metric, before: Metric) -> bool:
    """Whether all rounds of one run lie above all of the other, by enough."""
    apart = now.low > before.high or now.high < before.low
    enough = abs(now.median - before.median) >= _FACTOR * abs(before.median)
    return apart and enough and min(len(now.samples), len(before.samples)) >= _LEAST


def difference(now: float, before: float) -> str:
    """+3.1 %, 5.2 times, the same"""
    if now == before or (before and abs(now / before - 1) < _UNSEEN):
        return "the same"
    if not before:
        return "from 0"
    ratio = now / before
    if ratio >= _TIMES:
        return f"{words.decimal(ratio)} times"
    sign = "+" if ratio > 1 else "\N{MINUS SIGN}"
    return f"{sign}{100 * abs(ratio - 1):.1f}{words.NBSP}%"

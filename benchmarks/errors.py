"""What goes wrong in a benchmark."""

from __future__ import annotations

from collections.abc import Iterable


class BenchmarkError(Exception):
    """A benchmark did not do what it was to measure: its numbers are worth nothing."""


class ResultsError(Exception):
    """Results that cannot be read, or a question to them that makes no sense; every problem is told."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))

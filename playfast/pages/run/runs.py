"""The run a page is about, and the one it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playfast.pages import words

_UNSEEN = 0.005
"""A change that would be shown as 0 %."""
_NOISE = 0.05
"""A change that is not judged: two runs of the same kind differ as much."""
_TIMES, _MANY = 3, 10
"""From so many times the earlier number on, the change is told in times; from `_MANY` on, in whole ones."""


@dataclass(frozen=True, slots=True)
class Run:
    """A valid run report, and the name of the file it was read from."""

    report: Mapping[str, Any]
    name: str

    def __getitem__(self, key: str) -> Any:
        return self.report[key]

    @property
    def errors(self) -> int:
        """Records with the status `error`."""
        return int(self["records"]["by_status"].get("error", 0))

    @property
    def rows(self) -> int:
        """Rows that reached the feeds: items without a status of their own."""
        stats = self["stats"]
        rows = int(stats.get("playfast/rows", 0)) - int(stats.get("playfast/rows/dropped", 0))
        return min(rows, int(self["records"]["total"]))

    @property
    def records(self) -> int:
        """Records that reached the feeds."""
        return int(self["records"]["total"]) - self.rows

    @property
    def unanswered(self) -> int:
        """Answers to single calls that gave no record."""
        return sum(self["answers"].values())


@dataclass(frozen=True, slots=True)
class Runs:
    """The run, and perhaps an earlier one."""

    now: Run
    before: Run | None = None

    @property
    def before_name(self) -> str:
        """What the earlier run is called in legends and tables."""
        return "" if self.before is None else f"earlier ({words.shortened(self.before.name, 40)})"

    @property
    def same_item(self) -> bool:
        """Whether the fields of the two can be compared."""
        return self.before is not None and self.before["item"] == self.now["item"]


def better(now: float | None, before: float | None, *, less: bool | None, show: str) -> tuple[str, str]:
    """A number against the earlier one as a note and its kind (`good`, `bad`, `plain`).

    less: whether less of it is better; None where it is neither. show: the earlier number as text.
    """
    if now is None or before is None:
        return f"before: {show}", "plain"
    if now == before or (before and abs(now / before - 1) < _UNSEEN):
        return "as before", "plain"
    change = ""
    if before:
        ratio = now / before
        percent = f"{100 * abs(ratio - 1):.0f}{words.NBSP}%"
        times = (
            f"\N{MULTIPLICATION SIGN}{ratio:,.0f}"
            if ratio >= _MANY
            else f"\N{MULTIPLICATION SIGN}{ratio:.2g}"
        )
        sign = "+" if ratio > 1 else "\N{MINUS SIGN}"
        change = f", {times if ratio >= _TIMES else sign + percent}"
    if less is None or (before and abs(now / before - 1) < _NOISE):
        return f"before: {show}{change}", "plain"
    good = (now < before) == less
    return f"before: {show}{change}, {'better' if good else 'worse'}", "good" if good else "bad"

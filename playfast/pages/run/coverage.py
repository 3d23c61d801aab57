"""How often each field is filled: below its floor first, then what changed against the earlier run, then the rest, thinnest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from playfast.pages import words
from playfast.pages.charts import share_dots
from playfast.pages.figures import Chart, figure, without_chart
from playfast.pages.markup import Column, Html, element, folded, notice, section, table
from playfast.pages.run.runs import Runs
from playfast.runs import drift

_COLUMNS = 3
_SHORT = 8
"""So many fields are not worth a second column."""
_CHARACTER, _WIDEST_NAME = 7, 225
"""Pixels: of a character in the charts, and of the longest name (config.axisBand in page.js)."""
_LEAST_CHANGE = 0.01


@dataclass(frozen=True, slots=True)
class Field:
    """A field's shares of the available records; None where there are none.

    `said` is what is drawn, compared and held against the floor: the share with a value, of a yes-or-no field the share that says yes.
    """

    name: str
    filled: int
    coverage: float | None
    yes: int | None
    said: float | None
    floor: float | None
    invalid: int
    invalid_rate: float | None
    before: float | None = None
    thin: bool = False
    changed: bool = False

    @property
    def label(self) -> str:
        return self.name if self.yes is None else f"{self.name}: yes"

    @property
    def difference(self) -> float | None:
        return None if self.said is None or self.before is None else self.said - self.before


def fields_of(runs: Runs) -> list[Field]:
    """The fields in the report's order, with the earlier run's coverage where the two are of the same records."""
    records = runs.now["records"]["filled"]
    weight = 1 / max(1, runs.now["asked"]["storefronts"])
    past = runs.before if runs.same_item else None
    past_records = past["records"]["filled"] if past is not None else 0
    found = []
    for name, told in runs.now["fields"].items():
        said = _said(told, records)
        before = (
            _said(past["fields"][name], past_records) if past is not None and name in past["fields"] else None
        )
        found.append(
            Field(
                name=name,
                filled=told["filled"],
                coverage=told["coverage"],
                yes=told["yes"],
                said=said,
                floor=told["floor"],
                invalid=told["invalid"],
                invalid_rate=told["invalid_rate"],
                before=before,
                thin=below(said, records, told["floor"], weight),
                changed=differs(said, records, before, past_records, weight),
            )
        )
    return found


def _said(told: Mapping[str, Any], records: int) -> float | None:
    count = told["filled"] if told["yes"] is None else told["yes"]
    return count / records if records else None


def below(said: float | None, records: int, floor: float | None, weight: float = 1.0) -> bool:
    """Whether a share is below its floor by more than chance does (`runs.drift`)."""
    if said is None or floor is None or not records:
        return False
    return drift.too_few(round(said * records), records, floor, weight)


def differs(
    now: float | None, now_count: int, before: float | None, before_count: int, weight: float = 1.0
) -> bool:
    """Whether two shares differ by a point or more, and by more than chance does (`runs.drift`)."""
    if now is None or before is None or not now_count or not before_count:
        return False
    counts = round(now * now_count), now_count, round(before * before_count), before_count
    return abs(now - before) >= _LEAST_CHANGE - 1e-12 and drift.differ(*counts, weight)


def coverage(runs: Runs) -> Html:
    fields = fields_of(runs)
    filled = runs.now["records"]["filled"]
    parts: list[str] = [element("p", _sentence(runs, fields))]
    if not fields:
        parts.append(without_chart("No fields", "No field was asked for but the key."))
    elif not filled:
        parts.append(without_chart("No coverage", "No app is available, so there is nothing to count over."))
    else:
        parts += _charts(runs, fields)
    parts.append(_invalid(fields))
    if fields:
        parts.append(folded(f"All {words.of(len(fields), 'field')} as a table", _table(runs, fields)))
    return section("Fields", *parts, id_="fields")


def _sentence(runs: Runs, fields: Sequence[Field]) -> str:
    filled = runs.now["records"]["filled"]
    said = (
        f"Of {words.of(filled, 'available record')}, how many have a value for each of {words.of(len(fields), 'field')}; "
        "of a yes-or-no field, how many say yes."
    )
    drift = runs.now["drift"]
    if drift["mode"] == "off":
        said += " The crawl did not look for drift."
    elif not drift["findings"]:
        said += f" The crawl looked for drift{' against ' + drift['against'] if drift['against'] else ''} and found none."
    if runs.before is not None and not runs.same_item:
        said += f" {runs.before.name} holds other records ({runs.before['item']}), so its fields are not compared."
    return said


def _charts(runs: Runs, fields: Sequence[Field]) -> list[Html]:
    thin = sorted((field for field in fields if field.thin), key=lambda each: (each.said or 0, each.name))
    changed = sorted(
        (field for field in fields if field.changed and not field.thin),
        key=lambda each: (each.difference or 0, each.name),
    )
    rest = sorted(
        (field for field in fields if not field.thin and not field.changed),
        key=lambda each: (each.said or 0, each.name),
    )
    name = runs.before_name if runs.same_item else None
    found = []
    if thin:
        found.append(
            _group(
                "Below their floor",
                thin,
                "var(--bad)",
                name,
                "Filled less often than their declaration says, and by more than chance.",
            )
        )
    elif floors := sum(field.floor is not None for field in fields):
        found.append(
            notice(
                "good",
                f"No field is below its floor; {floors:,} of {words.of(len(fields), 'field')} have one.",
            )
        )
    if changed:
        found.append(
            _group(
                "Changed",
                changed,
                "var(--warn)",
                name,
                "By a point or more, and by more than chance, against the earlier run; what was lost first. The numbers are points.",
                changes=True,
            )
        )
    elif name:
        found.append(
            notice(
                "good",
                f"No {'other ' if thin else ''}field changed by a point or more, and by more than chance.",
            )
        )
    if rest:
        found.append(
            _group(
                "The other fields" if thin or changed else "All fields",
                rest,
                "var(--main)",
                name,
                "The thinnest first.",
            )
        )
    return found


def _group(
    title: str, fields: Sequence[Field], colour: str, earlier: str | None, note: str, *, changes: bool = False
) -> Html:
    """The fields in up to three columns, each a chart of its own, so that they stand side by side only where there is room."""
    size = ceil(len(fields) / min(_COLUMNS, ceil(len(fields) / _SHORT)))
    charts = []
    rows = [_row(field, changes=changes) for field in fields]
    room = min(_WIDEST_NAME, _CHARACTER * max(len(row["name"]) for row in rows))
    for start in range(0, len(fields), size):
        part = fields[start : start + size]
        said = "; ".join(f"{field.label} {words.share(field.said)}" for field in part)
        charts.append(
            share_dots(rows[start : start + size], f"{said}.", colour=colour, earlier=earlier, room=room)
        )
    charts[0] = _with_legend(charts[0], charts)
    return figure(f"{title} ({len(fields):,})", *charts, note=note)


def _with_legend(first: Chart, charts: Sequence[Chart]) -> Chart:
    """The legend stands once, so it must hold what any of the charts shows."""
    longest = max((chart.legend for chart in charts), key=len)
    return Chart(first.spec, first.words, longest)


def _row(field: Field, *, changes: bool) -> dict[str, Any]:
    change = "" if field.difference is None else words.points(field.difference)
    return {
        "name": f"{field.label} {change}" if changes else field.label,
        "now": field.said,
        "before": field.before,
        "floor": field.floor,
        "now_text": words.share(field.said),
        "before_text": words.share(field.before) + (f" ({change} points)" if change else ""),
        "floor_text": words.share(field.floor),
    }


def _invalid(fields: Sequence[Field]) -> Html:
    found = sorted((field for field in fields if field.invalid), key=lambda each: (-each.invalid, each.name))
    if not found:
        return element(
            "p", "Invalid values: none. No value was set to null for being of a wrong type or impossible."
        )
    columns = [Column("field"), Column("invalid values", number=True), Column("of the records", number=True)]
    rows = [
        [element("code", field.name), words.count(field.invalid), words.share(field.invalid_rate)]
        for field in found
    ]
    return element(
        "div",
        element("h3", f"Invalid values ({sum(field.invalid for field in found):,})"),
        element("p", "Of another type than declared, or impossible; they were set to null.", class_="soft"),
        table("Invalid values", columns, rows),
        class_="block",
    )


def _table(runs: Runs, fields: Sequence[Field]) -> Html:
    columns = [
        Column("field"),
        Column("filled", number=True),
        Column("coverage", number=True),
        Column("says yes", number=True),
    ]
    if runs.same_item:
        columns += [Column(runs.before_name, number=True), Column("points", number=True)]
    columns += [Column("floor", number=True), Column("invalid", number=True), Column("remarks")]
    rows = []
    for field in fields:
        row: list[str] = [
            element("code", field.name),
            words.count(field.filled),
            words.share(field.coverage),
            "" if field.yes is None else words.share(field.said),
        ]
        if runs.same_item:
            difference = field.difference
            row += [
                words.share(field.before),
                words.NOTHING if difference is None else words.points(difference),
            ]
        remarks = [
            text
            for text, so in (
                ("below its floor", field.thin),
                ("changed", field.changed),
                ("invalid values", field.invalid > 0),
            )
            if so
        ]
        row += [
            "" if field.floor is None else words.share(field.floor),
            words.count(field.invalid),
            ", ".join(remarks),
        ]
        rows.append(row)
    return table("Coverage of each field", columns, rows)

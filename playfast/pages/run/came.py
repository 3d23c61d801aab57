"""What came: records by status and country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playfast.pages import words
from playfast.pages.charts import Kind, bars, stacked_bars
from playfast.pages.figures import figure, without_chart
from playfast.pages.markup import Column, Html, element, folded, section, table
from playfast.pages.run.runs import Runs
from playfast.runs.units import group_of

_COLOURS = {
    "available": "var(--blue)",
    "preregister": "var(--sky)",
    "not_in_region": "var(--amber)",
    "not_found": "var(--grey)",
    "invalid_id": "var(--pink)",
    "error": "var(--red)",
}
_FEW_COUNTRIES = 8
"""So many stand beside the statuses."""
_MOST_COUNTRIES = 20


def came(runs: Runs) -> Html:
    records = runs.now["records"]
    lost = [
        f"{words.of(records[key], 'record')} {meaning}."
        for key, meaning in (
            ("dropped", "dropped by a pipeline"),
            ("lost", "made, but missing from the feeds"),
        )
        if records[key]
    ]
    return section(
        "What came",
        *(element("p", sentence) for sentence in lost),
        element(
            "div",
            _by_status(records["by_status"]),
            _by_country(records["by_country"], group_of(runs.now.report)),
            class_="pair" if len(records["by_country"]) <= _FEW_COUNTRIES else None,
        ),
        folded("The same as a table", _table(runs)),
        id_="came",
    )


def statuses(counts: Mapping[str, int]) -> list[str]:
    """The statuses in their order; those this page does not know come last."""
    return [status for status in _COLOURS if status in counts] + [
        status for status in counts if status not in _COLOURS
    ]


def _by_status(counts: Mapping[str, int]) -> Html:
    total = sum(counts.values())
    if not total:
        return without_chart("Records by status", "No record came.")
    rows = [
        {
            "name": status,
            "value": counts[status],
            "text": f"{counts[status]:,} ({words.share(counts[status] / total)})",
            "colour": _COLOURS.get(status, "var(--grey)"),
        }
        for status in statuses(counts)
        if counts[status]
    ]
    said = "; ".join(f"{row['name']} {row['text']}" for row in rows)
    return figure("Records by status", bars(rows, f"{said}.", across="records"))


def _by_country(by_country: Mapping[str, Mapping[str, int]], group: str) -> Html:
    shown, note = selected(by_country, group=group)
    if not any(sum(counts.values()) for _, counts in shown):
        return without_chart(f"Records by {group}", "No record came.")
    kinds = [
        Kind(status, status, _COLOURS.get(status, "var(--grey)"))
        for status in statuses({status: 1 for _, counts in shown for status in counts if counts[status]})
    ]
    rows = [
        {"name": name, "kind": status, "value": value}
        for name, counts in shown
        for status, value in counts.items()
        if value
    ]
    said = "; ".join(f"{name} {words.count(sum(counts.values()))}" for name, counts in shown)
    chart = stacked_bars(rows, kinds, f"{said}.", across="records")
    return figure(f"Records by {group}", chart, note=note)


def selected(
    by_country: Mapping[str, Mapping[str, int]], most: int = _MOST_COUNTRIES, group: str = "country"
) -> tuple[Sequence[tuple[str, Mapping[str, float]]], str]:
    """The countries that are drawn, in order, and a note if these are not all.

    Of many, those with the most errors, then with the fewest available apps; the others as their mean, which fits the scale.
    """
    if len(by_country) <= most:
        return list(by_country.items()), ""
    ordered = sorted(
        by_country.items(),
        key=lambda item: (-item[1].get("error", 0), item[1].get("available", 0), item[0]),
    )
    first, others = ordered[:most], ordered[most:]
    mean = {
        status: sum(counts.get(status, 0) for _, counts in others) / len(others)
        for status in statuses({status: 1 for _, counts in others for status in counts})
    }
    note = (
        f"Of {words.of(len(by_country), group, words.plural(group))} the {most} with the most errors, then with the fewest available apps; "
        f"the other {len(others):,} as their mean. The table has all."
    )
    return [*first, (f"mean of {len(others):,}", mean)], note


def _table(runs: Runs) -> Html:
    records, group = runs.now["records"], group_of(runs.now.report)
    names = statuses(
        records["by_status"] | {status: 0 for counts in records["by_country"].values() for status in counts}
    )
    columns = [
        Column(group),
        Column("records", number=True),
        *(Column(name, number=True) for name in names),
    ]
    rows = [
        [name, *map(words.count, [sum(counts.values()), *(counts.get(status, 0) for status in names)])]
        for name, counts in [("all", records["by_status"]), *records["by_country"].items()]
    ]
    if runs.before is not None:
        counts = runs.before["records"]["by_status"]
        rows.insert(
            1,
            [
                f"all, {runs.before_name}",
                *map(words.count, [sum(counts.values()), *(counts.get(status, 0) for status in names)]),
            ],
        )
    return table(f"Records by {group} and status", columns, rows)

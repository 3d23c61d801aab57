"""The parts of a page that tell what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playfast.pages import words
from playfast.pages.changes.tables import of_apps, of_values
from playfast.pages.figures import figure, without_chart
from playfast.pages.lines import Line, axis_unit, over_time
from playfast.pages.markup import Column, Html, Tile, element, folded, section, table, tiles
from playfast.storage.findings import LISTING, Moved, Summary

_COUNTED = (("exact_installs", "Installs", "var(--blue)"), ("ratings", "Ratings", "var(--green)"))


def sections(told: Summary) -> list[Html]:
    """All parts; of a first crawl, the one that says so."""
    found = [_glance(told)]
    if told.before is None:
        return found
    return [
        *found,
        _time(told),
        _numbers(told),
        _there(told),
        _prices(told),
        _ranks(told),
        _versions(told),
        _listings(told),
    ]


def _glance(told: Summary) -> Html:
    if told.before is None:
        return section(
            "What has changed",
            element(
                "p",
                f"This is the first crawl of its database: {words.of(told.first_seen, 'record')}, and nothing to compare them with.",
            ),
            id_="changed",
        )
    moved = told.moved
    since = words.moment(told.before.started_at.isoformat())
    return section(
        "What has changed",
        element(
            "p",
            f"Found by the crawl of {words.moment(told.run.started_at.isoformat())}, beside that of {since}.",
        ),
        tiles(
            "Changes at a glance",
            [
                Tile("new apps", words.count(_apps(told.new))),
                Tile("gone apps", words.count(_apps(told.gone))),
                Tile("new versions", words.count(_apps(moved.get("version", ())))),
                Tile("other prices", words.count(_apps(moved.get("price", ())))),
                Tile("moves in charts", words.count(_apps(moved.get("chart_rank", ())))),
                Tile(
                    "other listing texts",
                    words.count(_apps([one for name in LISTING for one in moved.get(name, ())])),
                ),
            ],
        ),
        *(
            [
                element(
                    "p",
                    f"{words.of(told.first_seen, 'record')} came for the first time and had nothing to be compared with.",
                )
            ]
            if told.first_seen
            else []
        ),
        folded("All changes by field", _by_field(told)),
        id_="changed",
    )


def _apps(moved: Sequence[Moved]) -> int:
    return len({one.app_id for one in moved})


def _by_field(told: Summary) -> Html:
    rows = [
        [name, words.count(count)]
        for name, count in sorted(told.counts.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    return table("Changes by field", [Column("field"), Column("changes", number=True)], rows)


def _there(told: Summary) -> Html:
    parts: list[Html] = []
    for title, moved in (("New apps", told.new), ("Gone apps", told.gone)):
        parts += [element("h3", title), of_apps(title, moved) if moved else element("p", "None.")]
    if told.elsewise:
        parts += [element("h3", "Other statuses"), of_values("Other statuses", told.elsewise)]
    return section("New and gone", *parts, id_="there")


def _versions(told: Summary) -> Html:
    return _section(told, "Versions", "version")


def _prices(told: Summary) -> Html:
    return _section(told, "Prices", "price", unit="currency", number=True, show=_amount)


def _ranks(told: Summary) -> Html:
    return _section(told, "Ranks in charts", "chart_rank", unit="chart", number=True)


def _section(told: Summary, title: str, name: str, **how: Any) -> Html:
    moved = told.moved.get(name, ())
    return section(
        title, of_values(title, moved, **how) if moved else element("p", "None has changed."), id_=name
    )


def _listings(told: Summary) -> Html:
    parts: list[Html] = []
    for name in LISTING:
        if moved := told.moved.get(name, ()):
            title = name.capitalize()
            parts += [element("h3", title), of_values(title, moved)]
    return section("Listing texts", *(parts or [element("p", "None has changed.")]), id_="listings")


def _numbers(told: Summary) -> Html:
    parts: list[Html] = []
    for name, title, _ in (*_COUNTED, ("score", "Scores", "")):
        most = told.most.get(name)
        if most is None:
            continue
        said = f"{words.of(most.apps, 'app')}; those that moved most:"
        show = _stars if name == "score" else words.count
        parts += [
            element("h3", title),
            element("p", said, class_="soft"),
            of_values(title, most.moved, show, number=True),
        ]
    return section("Installs and ratings", *(parts or [element("p", "None has changed.")]), id_="numbers")


def _time(told: Summary) -> Html:
    points = told.points
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        return section(
            "Over time", without_chart("Nothing to draw", "One crawl has ended so far."), id_="over-time"
        )
    start = points[0].at
    size, unit = axis_unit((points[-1].at - start).total_seconds())
    across = f"{unit} since {words.moment(start.isoformat())}"
    rows: list[dict[str, Any]] = [
        {
            "x": round((point.at - start).total_seconds() / size, 4),
            "at": words.moment(point.at.isoformat()),
            "available": point.available,
            **point.totals,
        }
        for point in points
    ]
    country, lang = told.place
    note = f"Over the apps that the first of these crawls asked for, in {country} ({lang})."
    figures = []
    for name, title, colour in (("available", "Available apps", "var(--ink)"), *_COUNTED):
        first, last = rows[0][name], rows[-1][name]
        if first is None:
            figures.append(without_chart(title, "No app has a number."))
            continue
        said = f"{words.count(first)} at first, {words.count(last)} now. {note}"
        line = Line(name, title.lower(), colour, pattern=",")
        picked = [{column: row[column] for column in ("x", "at", name)} for row in rows]
        figures.append(
            figure(
                title,
                over_time(picked, [line], said, across=across, up=title.lower(), steps=False),
                note=said,
            )
        )
    columns = [Column("crawl"), *(Column(name, number=True) for name in ("available", "installs", "ratings"))]
    told_rows = [
        [
            words.moment(p.at.isoformat()),
            words.count(p.available),
            *(words.count(p.totals[name]) for name, *_ in _COUNTED),
        ]
        for p in points
    ]
    return section(
        "Over time",
        figures[0],
        element("div", *figures[1:], class_="pair"),
        folded("The same as a table", table("The crawls over time", columns, told_rows)),
        id_="over-time",
    )


def _amount(value: float | None) -> str:
    return words.NOTHING if value is None else f"{value:,.2f}"


def _stars(value: float | None) -> str:
    return words.NOTHING if value is None else f"{value:.3f}"

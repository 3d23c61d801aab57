"""What a database's last crawl found changed, gathered for a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from playfast.items import App
from playfast.play.verdict import Status
from playfast.storage.findings import LISTING, Moved, Point, Run, Summary
from playfast.storage.history import History, same_key
from playfast.storage.schema import TABLES, changes

_APPS = TABLES[App]
_RUNS = 26
"""Crawls that are shown over time: half a year of weekly ones."""
_OVER_TIME = ("exact_installs", "ratings")


def summary(history: History) -> Summary:
    """Of the last crawl."""
    connection = history.connection
    last, *earlier = history.runs(_RUNS)
    counts = connection.execute(
        select(changes.c.field, func.count()).where(changes.c.run_id == last.number).group_by(changes.c.field)
    )
    records = connection.execute(select(_APPS.c.status, func.count()).group_by(_APPS.c.status))
    query = (
        select(changes, _APPS.c.title, _APPS.c.currency, _APPS.c.chart)
        .join(_APPS, same_key(), isouter=True)
        .where(
            changes.c.run_id == last.number,
            changes.c.field.in_(("status", "version", "price", "chart_rank", "score", *_OVER_TIME, *LISTING)),
        )
        .order_by(changes.c.app_id, changes.c.country, changes.c.lang)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    first = sum(row["field"] == "status" and row["before"] is None for row in found)
    place = _largest(history)
    return Summary(
        run=last,
        before=earlier[0] if earlier else None,
        records=dict(map(tuple, records)),
        counts=dict(map(tuple, counts)),
        moved=_grouped(row for row in found if not (row["field"] == "status" and row["before"] is None)),
        first_seen=first,
        place=place,
        points=_points(history, [last, *earlier], place),
    )


def _largest(history: History) -> tuple[str, str]:
    """The storefront with the most records."""
    storefront = (_APPS.c.country, _APPS.c.lang)
    query = select(*storefront).group_by(*storefront).order_by(func.count().desc(), *storefront).limit(1)
    country, lang = history.connection.execute(query).one()
    return country, lang


def _grouped(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Moved]]:
    """Changes by field, those that are alike in several storefronts as one."""
    rows = list(rows)
    several = len({row["lang"] for row in rows}) > 1
    places: dict[tuple[Any, ...], list[str]] = {}
    for row in rows:
        unit = {"price": row["currency"], "chart_rank": row["chart"]}.get(row["field"])
        key = (row["field"], row["app_id"], row["title"], repr(row["before"]), repr(row["after"]), unit)
        place = f"{row['country']} ({row['lang']})" if several else row["country"]
        places.setdefault(key, []).append(place)
    values = {(row["field"], row["app_id"], repr(row["before"]), repr(row["after"])): row for row in rows}
    found: dict[str, list[Moved]] = {}
    for (name, app_id, title, before, after, unit), where in places.items():
        row = values[name, app_id, before, after]
        found.setdefault(name, []).append(
            Moved(app_id, title, tuple(where), row["before"], row["after"], unit)
        )
    return found


def _points(history: History, shown: Sequence[Run], place: tuple[str, str]) -> list[Point]:
    """The crawls over time in one storefront: from what is kept now, back by what each found."""
    connection = history.connection
    ended = [run for run in shown if run.ended_at is not None]
    if not ended:
        return []
    country, lang = place
    in_place = (_APPS.c.country == country) & (_APPS.c.lang == lang)
    cohort = in_place & (_APPS.c.first_seen_at <= ended[-1].ended_at)
    totals: dict[str, int | None] = {
        name: connection.execute(select(func.sum(_APPS.c[name])).where(cohort)).scalar_one()
        for name in _OVER_TIME
    }
    totals = {name: None if total is None else int(total) for name, total in totals.items()}
    available = connection.execute(
        select(func.count()).select_from(_APPS).where(cohort, _APPS.c.status == Status.AVAILABLE.value)
    ).scalar_one()
    query = (
        select(changes.c.run_id, changes.c.field, changes.c.before, changes.c.after)
        .join(_APPS, same_key())
        .where(cohort, changes.c.field.in_(("status", *_OVER_TIME)), changes.c.run_id > ended[-1].number)
    )
    gains: dict[tuple[int, str], int] = {}
    for number, name, before, after in connection.execution_options(yield_per=1_000).execute(query):
        if name == "status":
            before, after = (value == Status.AVAILABLE.value for value in (before, after))  # noqa: PLW2901 - as numbers
        gains[number, name] = gains.get((number, name), 0) + (after or 0) - (before or 0)
    found = []
    for position, run in enumerate(ended):
        found.append(Point(run.started_at, available, dict(totals)))
        # Runs that did not end have found changes, too.
        least = ended[position + 1].number if position + 1 < len(ended) else run.number
        for (number, name), gain in gains.items():
            if least < number <= run.number:
                if name == "status":
                    available -= gain
                elif totals[name] is not None:
                    totals[name] = (totals[name] or 0) - gain
    return found[::-1]

"""What a database's last crawl of apps found changed, gathered for a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import func, select

from playfast.items import App
from playfast.play.verdict import Status
from playfast.storage.findings import LISTING, MEASURED, Most, Moved, Point, Run, Summary
from playfast.storage.history import History, same_key
from playfast.storage.schema import TABLES, changes

_APPS = TABLES[App]
_RUNS = 26
"""Crawls that are shown over time: half a year of weekly ones."""
_OVER_TIME = ("exact_installs", "ratings")
_TOLD = ("status", "version", "price", "chart_rank", *LISTING)
_UNITS = {"price": "currency", "chart_rank": "chart"}
"""Fields whose values have a unit, and the field that it stands in."""
_TOP = 25
_AT_ONCE = 1_000


def summary(history: History) -> Summary:
    """Of the last crawl of apps.

    Raises:
        DatabaseError: there is none.
    """
    connection = history.connection
    last, *earlier = history.runs(_RUNS, App)
    of_last = (changes.c.run_id == last.number) & (changes.c.item == _APPS.name)
    counts = connection.execute(
        select(changes.c.field, func.count()).where(of_last).group_by(changes.c.field)
    )
    records = connection.execute(select(_APPS.c.status, func.count()).group_by(_APPS.c.status))
    several = connection.execute(select(func.count(_APPS.c.lang.distinct()))).scalar_one() > 1
    query = (
        select(changes, _APPS.c.title, _APPS.c.currency, _APPS.c.chart)
        .join(_APPS, same_key(_APPS), isouter=True)
        .where(of_last, changes.c.field.in_((*_TOLD, *MEASURED)))
        .order_by(changes.c.app_id, changes.c.country, changes.c.lang)
    )
    gathered = _Gathered(several=several)
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(query).mappings()
    for _, of_app in groupby(rows, itemgetter("app_id")):
        gathered.add([dict(row) for row in of_app])
    place = _largest(history)
    return Summary(
        run=last,
        before=earlier[0] if earlier else None,
        records=dict(map(tuple, records)),
        counts=dict(map(tuple, counts)),
        moved=gathered.moved,
        most={name: top.sorted() for name, top in gathered.most.items()},
        first_seen=gathered.first_seen,
        place=place,
        points=_points(history, [last, *earlier], place),
    )


class _Top:
    """Those of many values that moved most, and how many apps there were."""

    def __init__(self) -> None:
        self.apps = 0
        self._heap: list[tuple[float, int, Moved]] = []
        self._count = 0

    def add(self, moved: Sequence[Moved]) -> None:
        """Those of one app."""
        self.apps += 1
        for one in moved:
            self._count += 1
            heappush(self._heap, (abs(one.gain), -self._count, one))
            if len(self._heap) > _TOP:
                heappop(self._heap)

    def sorted(self) -> Most:
        return Most(self.apps, [one for _, _, one in sorted(self._heap, key=itemgetter(0, 1), reverse=True)])


class _Gathered:
    """What a page tells of a crawl's changes, taken app by app, so that it never has to hold all of them."""

    def __init__(self, *, several: bool) -> None:
        self.moved: dict[str, list[Moved]] = {}
        self.most: dict[str, _Top] = {}
        self.first_seen = 0
        self._several = several

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The changes of one app; those that are alike in several storefronts become one."""
        places: dict[tuple[Any, ...], tuple[Mapping[str, Any], list[str]]] = {}
        for row in rows:
            if row["field"] == "status" and row["before"] is None:
                self.first_seen += 1
                continue
            unit = row[_UNITS[row["field"]]] if row["field"] in _UNITS else None
            alike = (row["field"], row["title"], repr(row["before"]), repr(row["after"]), unit)
            place = f"{row['country']} ({row['lang']})" if self._several else row["country"]
            places.setdefault(alike, (row, []))[1].append(place)
        found: dict[str, list[Moved]] = {}
        for (name, title, _, _, unit), (row, where) in places.items():
            one = Moved(row["app_id"], title, tuple(where), row["before"], row["after"], unit)
            found.setdefault(name, []).append(one)
        for name, moved in found.items():
            if name not in MEASURED:
                self.moved.setdefault(name, []).extend(moved)
            elif both := [one for one in moved if one.before is not None and one.after is not None]:
                self.most.setdefault(name, _Top()).add(both)


def _largest(history: History) -> tuple[str, str]:
    """The storefront with the most records."""
    storefront = (_APPS.c.country, _APPS.c.lang)
    query = select(*storefront).group_by(*storefront).order_by(func.count().desc(), *storefront).limit(1)
    country, lang = history.connection.execute(query).one()
    return country, lang


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
        .join(_APPS, same_key(_APPS))
        .where(cohort, changes.c.field.in_(("status", *_OVER_TIME)), changes.c.run_id > ended[-1].number)
    )
    gains: dict[tuple[int, str], int] = {}
    for number, name, before, after in connection.execution_options(yield_per=_AT_ONCE).execute(query):
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

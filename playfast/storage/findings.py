"""What is looked for and found in a database, as plain values: no SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playfast.items import App
from playfast.play.verdict import Status
from playfast.storage.differences import WITH_VALUES

LISTING = ("title", "summary", "description")
"""The fields with the texts of a listing."""
MEASURED = ("exact_installs", "ratings", "score")
"""The fields that change for nearly every app, of which those are told that moved most."""


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl that a database knows."""

    number: int
    spider: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for; None is all.

    Attributes:
        kind: of records of this class.
        since: found at this moment or later.
        run: found by this crawl.
    """

    kind: type[Any] = App
    since: datetime | None = None
    run: int | None = None
    fields: Sequence[str] | None = None
    countries: Sequence[str] | None = None
    langs: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A value of an app that changed alike in some storefronts."""

    app_id: str
    title: str | None
    places: tuple[str, ...]
    before: Any
    after: Any
    unit: str | None = None
    """The currency of a price, the chart of a rank."""

    @property
    def gain(self) -> float:
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Most:
    """How many apps have a value that moved, and those that moved most."""

    apps: int
    moved: Sequence[Moved]


@dataclass(frozen=True, slots=True)
class Point:
    """All apps that were known at the first point, as they were after a crawl; a total is None where no app has a number."""

    at: datetime
    available: int
    totals: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the crawl of apps `run` found, beside the one before it (None for the first).

    Attributes:
        records: how many keys the database has, by status.
        counts: changes by field.
        moved: those of a field; `status` is all but first records.
        most: of the fields `MEASURED`, those that moved most.
        first_seen: first records.
        place: the storefront with the most records, whose counts are shown over time: installs and ratings are the same in all.
        points: the last crawls, the oldest first.
    """

    run: Run
    before: Run | None
    records: Mapping[str, int]
    counts: Mapping[str, int]
    moved: Mapping[str, Sequence[Moved]] = field(repr=False)
    most: Mapping[str, Most] = field(repr=False)
    first_seen: int
    place: tuple[str, str]
    points: Sequence[Point] = field(repr=False)

    @property
    def new(self) -> list[Moved]:
        """Apps that were not there, and are."""
        return [one for one in self._statuses if one.before not in WITH_VALUES and one.after in WITH_VALUES]

    @property
    def gone(self) -> list[Moved]:
        """Apps that were there, and are not."""
        return [
            one for one in self._statuses if one.before in WITH_VALUES and one.after == Status.NOT_FOUND.value
        ]

    @property
    def elsewise(self) -> list[Moved]:
        """Other moves of a status."""
        known = {id(one) for one in (*self.new, *self.gone)}
        return [one for one in self._statuses if id(one) not in known]

    @property
    def _statuses(self) -> Sequence[Moved]:
        return self.moved.get("status", ())

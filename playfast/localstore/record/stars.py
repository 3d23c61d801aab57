"""Fields for ratings: the block of scores, and scores by kind of device."""

from __future__ import annotations

from typing import Any

from playfast.localstore.ratings import Ratings

from .fields import field
from .view import View


def block(view: View, found: Ratings, reviews: int, tail: list[Any]) -> list[Any]:
    """A block of ratings: score, histogram (behind a null), number of ratings and of written reviews."""
    count = view.lang.count
    histogram = [None, *([count(number), number] for number in found.histogram)]
    head = [view.lang.decimal(found.score), found.score]
    return [head, histogram, [count(found.number), found.number], [count(reviews), reviews], None, tail]


def zeros(view: View) -> list[Any]:
    """How some unrated apps are written: everything 0, no histogram."""
    return [[view.lang.decimal(0), 0], None, ["0", 0], ["0", 0], None, [[]]]


@field(52)
def ratings(view: View) -> Any:
    """Ratings on all devices."""
    found, reviews = view.app.ratings, view.app.reviews(view.country.code)
    if found is None or reviews is None:
        return zeros(view) if view.app.unrated_as_zeros and view.app.installs is not None else None
    return block(view, found, reviews, [None, []])


def phone_ratings(view: View) -> Any:
    """Ratings on phones only, which the page asks for in a second call: field 52 of an answer for phones."""
    found, reviews = view.app.phone_ratings, view.app.reviews(view.country.code)
    if found is None or reviews is None:
        return ratings(view)
    return block(view, found, reviews * 4 // 5, [None, [], []])


@field(151)
def by_device(view: View) -> Any:
    """Scores by kind of device."""
    found = view.app.ratings
    if found is None:
        return None
    return [
        [device for device, _ in found.by_device],
        [[device, [None, score]] for device, score in found.by_device],
    ]

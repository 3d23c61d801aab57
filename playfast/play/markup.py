"""What a page's JSON-LD and meta tags say of an app: a second witness for some fields of the record.

Both are made for search engines from the same data as the record, so they fill what a record lacks, and a difference between the two is
a sign that a field's place has moved.
"""

from __future__ import annotations

import math
from typing import Any

from playfast.play.page import Page

_SCORE_TOLERANCE = 1e-5  # the record rounds to single precision, JSON-LD writes it out in double


def described(page: Page) -> dict[str, Any]:
    """The values that the markup gives, by the name of the item's field; fields it does not give are left out."""
    about = page.json_ld
    meta = page.meta
    author = _dict(about.get("author"))
    rating = _dict(about.get("aggregateRating"))
    offers = about.get("offers")
    offer = _dict(offers[0]) if isinstance(offers, list) and offers else {}
    shown_price = meta.get("itemprop:price")
    given = {
        "title": _text(about.get("name")),
        "summary": _text(about.get("description")) or meta.get("og:description"),
        "icon": _text(about.get("image")) or meta.get("og:image"),
        "genre_id": _text(about.get("applicationCategory")),
        "content_rating": _text(about.get("contentRating")),
        "developer": _text(author.get("name")),
        "developer_website": _text(author.get("url")) or meta.get("appstore:developer_url"),
        "score": _read(float, rating.get("ratingValue")),
        "ratings": _read(int, rating.get("ratingCount")),
        "price": _read(float, offer.get("price")),
        "currency": _text(offer.get("priceCurrency")),
        "price_text": shown_price if shown_price != "0" else None,
    }
    return {name: value for name, value in given.items() if value is not None and value != ""}


def same(record: Any, markup: Any) -> bool:
    """Whether record and markup say the same, but for the number of digits a score is written with."""
    if isinstance(record, float) and isinstance(markup, float):
        return math.isclose(record, markup, rel_tol=_SCORE_TOLERANCE)
    return bool(record == markup)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _read(kind: type[int | float], value: Any) -> Any:
    """JSON-LD writes numbers as texts."""
    if not isinstance(value, str | int | float):
        return None
    try:
        read = kind(value)
        return read if math.isfinite(read) else None
    except (ValueError, OverflowError):
        return None

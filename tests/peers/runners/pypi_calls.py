"""Calls google-play-scraper of PyPI."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import google_play_scraper
from google_play_scraper import Sort
from google_play_scraper.constants.request import PLAY_STORE_BASE_URL, Formats


def point_at(address: str) -> None:
    """Put another address in the place of its own, in each of the addresses that it has made of it."""
    for asked in (Formats.Detail, Formats.Reviews, Formats.Permissions, Formats.Searchresults):
        for name in ("URL_FORMAT", "FALLBACK_URL_FORMAT"):
            if hasattr(asked, name):
                setattr(type(asked), name, getattr(asked, name).replace(PLAY_STORE_BASE_URL, address))


def pages_of_reviews(app_id: str, sort: int, pages: int, **options: Any) -> dict[str, Any]:
    """Page by page, each with the token of the one before, until there is none."""
    rows: list[dict[str, Any]] = []
    counts: list[int] = []
    token = None
    while len(counts) < pages and (token is None or token.token is not None):
        page, token = google_play_scraper.reviews(
            app_id, sort=Sort(sort), continuation_token=token, **options
        )
        rows += page
        counts.append(len(page))
    return {"rows": rows, "pages": counts}


METHODS = {
    "app": google_play_scraper.app,
    "permissions": google_play_scraper.permissions,
    "reviews": pages_of_reviews,
    "search": google_play_scraper.search,
}


def answer(method: str, options: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"value": METHODS[method](**options)}
    except Exception as error:  # noqa: BLE001 - whatever it raises is its answer
        return {"error": f"{type(error).__name__}: {error}"}


def written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON: {value!r}")


def main() -> None:
    task = json.load(sys.stdin)
    point_at(task["address"])
    json.dump([answer(**call) for call in task["calls"]], sys.stdout, default=written)


main()

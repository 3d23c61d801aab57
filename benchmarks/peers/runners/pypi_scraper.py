"""Runs google-play-scraper of PyPI: one page after the other, or threads, since it has no way of its own to ask for several."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from google_play_scraper import app
from google_play_scraper.constants.request import PLAY_STORE_BASE_URL, Formats


def point_at(address: str) -> None:
    detail = Formats.Detail
    for name in ("URL_FORMAT", "FALLBACK_URL_FORMAT"):
        setattr(type(detail), name, getattr(detail, name).replace(PLAY_STORE_BASE_URL, address))


def fetch(app_id: str) -> dict[str, Any] | None:
    try:
        return app(app_id, lang="en", country="us")
    except Exception:  # noqa: BLE001 - whatever it raises, there is no record of this app
        return None


def told(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "app_id": found["appId"],
        "title": found["title"],
        "developer": found["developer"],
        "score": found["score"],
        "ratings": found["ratings"],
        "min_installs": found["minInstalls"],
        "exact_installs": found["realInstalls"],
        "price": found["price"],
        "currency": found["currency"],
        "icon": found["icon"],
    }


def main() -> None:
    task = json.load(sys.stdin)
    point_at(task["address"])
    started, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(task["at_once"]) as pool:
        found = list(pool.map(fetch, task["ids"]))
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    records = [told(one) for one in found if one is not None]
    json.dump({"seconds": seconds, "cpu_seconds": cpu, "records": records}, sys.stdout)


main()

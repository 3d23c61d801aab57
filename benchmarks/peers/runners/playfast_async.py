"""Runs playfast 0.5.10's AsyncClient: pages, so many at once. The clock starts with the client, imports before it."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time

from playfast.models import AppInfo

from playfast import AsyncClient


async def fetch(ids: list[str], at_once: int) -> list[AppInfo]:
    # Without `async with` it fetches nothing, and says nothing of it.
    async with AsyncClient(max_concurrent=at_once, timeout=600) as client:
        return (await client.get_apps_parallel(ids))["us"]


def told(app: AppInfo) -> dict[str, object]:
    return {
        "app_id": app.app_id,
        "title": app.title,
        "developer": app.developer,
        "score": app.score,
        "ratings": app.ratings,
        "min_installs": int(re.sub(r"\D", "", app.installs or "") or 0),
        "price": app.price,
        "currency": app.currency,
        "icon": str(app.icon),
    }


def main() -> None:
    task = json.load(sys.stdin)
    AsyncClient.BASE_URL = task["address"]
    started, used = time.perf_counter(), time.process_time()
    apps = asyncio.run(fetch(task["ids"], task["at_once"]))
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    json.dump({"seconds": seconds, "cpu_seconds": cpu, "records": [told(app) for app in apps]}, sys.stdout)


main()

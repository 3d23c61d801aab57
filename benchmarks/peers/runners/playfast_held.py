"""Holds playfast 0.5.10's AppInfo objects in a list."""

from __future__ import annotations

import asyncio
import json
import sys

from holding import measured
from playfast.models import AppInfo

from playfast import AsyncClient


async def fetch(ids: list[str]) -> list[AppInfo]:
    # One at a time: get_apps_parallel would keep the pages of all until the last is read.
    async with AsyncClient(max_concurrent=1, timeout=600) as client:
        return [await client.get_app(app_id) for app_id in ids]


def main() -> None:
    task = json.load(sys.stdin)
    AsyncClient.BASE_URL = task["address"]
    json.dump(measured(lambda: asyncio.run(fetch(task["ids"]))), sys.stdout)


main()

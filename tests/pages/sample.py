"""Run reports for the tests: those of a made-up crawl of any size."""

from __future__ import annotations

import dataclasses
import json
import random
from typing import Any

from playfast.items import App
from tests.conftest import ROOT

SCHEMA = json.loads((ROOT / "playfast" / "runs" / "report.schema.json").read_text(encoding="utf-8"))
KEY = {"app_id", "country", "lang", "status", "error", "fetched_at", "via", "url"}
FIELDS = [field.name for field in dataclasses.fields(App) if field.name not in KEY]
YES_OR_NO = {field.name for field in dataclasses.fields(App) if str(field.type).startswith("bool")}
_MIB = 1024 * 1024


def report(
    *, ids: int = 10_000, countries: tuple[str, ...] = ("us", "kr", "de"), spans: int = 120, seed: int = 0,
    fields: list[str] | None = None, **changes: Any,
) -> dict[str, Any]:  # fmt: skip
    """A run report; `changes` replace whole keys of it."""
    chance = random.Random(seed)
    by_country = {
        country: {
            "available": int(ids * chance.uniform(0.86, 0.94)),
            "preregister": ids // 200,
            "not_in_region": int(ids * chance.uniform(0.01, 0.04)),
            "invalid_id": ids // 1000,
            "error": chance.choice([0, 2, 3]) if ids else 0,
        }
        for country in countries
    }
    for counts in by_country.values():
        counts["not_found"] = ids - sum(counts.values())
    by_status = {
        status: sum(counts[status] for counts in by_country.values())
        for status in ("available", "preregister", "not_in_region", "not_found", "invalid_id", "error")
    }
    filled = by_status["available"]
    total = ids * len(countries)
    packs = -(-total // 32)
    span = 2.5
    memory = [int((92 + 14 * (1 - 0.97**n) + chance.uniform(-1, 1)) * _MIB) for n in range(spans)]
    p50 = [chance.uniform(0.18, 0.24) for _ in range(spans)]
    made: dict[str, Any] = {
        "schema": 1,
        "spider": "apps",
        "item": "App",
        "arguments": {
            "ids": "ids.txt",
            "countries": ",".join(countries),
            "langs": "",
            "fields": "",
            "via": "rpc",
            "batch": "32",
        },
        "state": "ended",
        "reason": "finished",
        "outcome": {
            "exit_code": 0,
            "line": f"{by_status['error']} of {total} records are errors; the last: no answer after all tries",
        },
        "started_at": "2026-11-23T12:04:51.120000+00:00",
        "written_at": "2026-11-23T12:09:51.870000+00:00",
        "elapsed_seconds": spans * span,
        "versions": {
            "playfast-scrapy": "0.1.0",
            "python": "3.11.7",
            "scrapy": "2.19.0",
            "platform": "Linux-6.1-x86_64",
        },
        "settings": {
            "CONCURRENT_REQUESTS": 8,
            "DOWNLOAD_DELAY": 0,
            "RETRY_TIMES": 2,
            "PLAYFAST_URL": "http://127.0.0.1:8080",
        },
        "asked": {"ids": ids, "duplicates": 12, "storefronts": len(countries), "records": total},
        "records": {
            "total": total,
            "filled": filled,
            "dropped": 0,
            "lost": 0,
            "by_status": by_status,
            "by_country": by_country,
        },
        "rates": {
            "apps_per_second": total / (spans * span) if spans else 0.0,
            "requests_per_second": packs / (spans * span) if spans else 0.0,
            "bytes_per_app": 5231.4,
        },
        "latency_seconds": {"count": packs, "p50": 0.212, "p95": 0.431, "p99": 0.874, "max": 2.31},
        "memory_bytes": {
            "now": memory[-1] if memory else 90 * _MIB,
            "peak": max(memory, default=90 * _MIB) + _MIB,
        },
        "requests": {
            "rpc": packs,
            "page": 41,
            "failed": 7,
            "retried": 23,
            "by_http_status": {"200": packs, "429": 9, "503": 14},
        },
        "answers": {"absent": 312, "error": 44, "unusable": 9},
        "fields": {
            name: _field(name, number, filled, chance)
            for number, name in enumerate(fields if fields is not None else FIELDS)
        },
        "drift": {"mode": "warn", "against": None, "findings": []},
        "feeds": [{"uri": "file:///data/apps.jsonl", "format": "jsonlines"}],
        "series": {
            "seconds": [round((n + 1) * span, 3) for n in range(spans)],
            "records": [int(chance.gauss(total / spans, total / spans / 9)) for _ in range(spans)],
            "requests": [packs // spans for _ in range(spans)],
            "errors": [chance.choice([0, 0, 0, 0, 1, 2, 7 if n % 31 == 3 else 1]) for n in range(spans)],
            "latency_p50": p50,
            "latency_p95": [value * chance.uniform(1.5, 2.2) for value in p50],
            "latency_p99": [value * chance.uniform(2.2, 5) for value in p50],
            "memory_bytes": memory,
        },
        "stats": {
            "downloader/response_count": packs,
            "finish_reason": "finished",
            "item_scraped_count": total,
            "playfast/latency/p95": 0.431,
            "start_time": "2026-11-23T12:04:51.120000+00:00",
        },
    }
    made.update(changes)
    return made


def _field(name: str, number: int, filled: int, chance: random.Random) -> dict[str, Any]:
    """Every fifth field is always filled and every seventh has a floor; of these `genre` is below it."""
    share = 1.0 if number % 5 == 0 else chance.random() ** 0.5 if number % 3 else chance.random() ** 4
    count = int(filled * share)
    coverage = count / filled if filled else None
    floor = None
    if number % 7 == 0 and coverage is not None:
        floor = round(max(0.0, coverage - 0.05), 2)
    if name == "genre":
        floor = 0.99
        count, coverage = int(filled * 0.912), int(filled * 0.912) / filled if filled else None
    invalid = 37 if name == "price" else 0
    yes = count // 3 if name in YES_OR_NO else None
    return {
        "filled": count,
        "coverage": coverage,
        "invalid": invalid,
        "invalid_rate": invalid / filled if filled else None,
        "yes": yes,
        "floor": floor if yes is None else 0.01 if yes > filled / 50 else None,
    }


def empty(**changes: Any) -> dict[str, Any]:
    """The report of a crawl that ended before anything came."""
    nothing = report(ids=0, countries=(), spans=0, fields=[])
    nothing["records"] |= {"by_status": {}, "by_country": {}, "total": 0, "filled": 0}
    nothing["requests"] = {"rpc": 0, "page": 0, "failed": 0, "retried": 0, "by_http_status": {}}
    nothing["answers"] = {"absent": 0, "error": 0, "unusable": 0}
    nothing["latency_seconds"] = {"count": 0, "p50": None, "p95": None, "p99": None, "max": None}
    nothing["asked"]["records"] = None
    nothing["outcome"] = {"exit_code": 3, "line": "nothing to fetch: the list is empty"}
    nothing["arguments"], nothing["feeds"], nothing["stats"] = {}, [], {}
    nothing["rates"] = {"apps_per_second": 0.0, "requests_per_second": 0.0, "bytes_per_app": 0.0}
    nothing.update(changes)
    return nothing

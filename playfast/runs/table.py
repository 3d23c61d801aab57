"""The short table at the end of a crawl."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_STATUSES = ("available", "preregister", "not_in_region", "not_found", "invalid_id", "error")
_MIB = 1024 * 1024


def of_crawl(stats: Mapping[str, Any]) -> str:
    """A few aligned lines: what came, how fast, at what cost, what went wrong."""
    get = stats.get
    rows = [("records", f"{get('item_scraped_count', 0):,}")]
    rows += [
        (f"  {status}", f"{count:,}")
        for status in _STATUSES
        if (count := get(f"playfast/records/{status}", 0))
    ]
    rows += [
        (
            "answers",
            f"{get('downloader/response_count', 0):,} in {get('playfast/elapsed_seconds', 0.0):.1f} s",
        ),
        ("apps/s", f"{get('playfast/apps_per_second', 0.0):,.1f}"),
        ("requests/s", f"{get('playfast/requests_per_second', 0.0):,.1f}"),
        ("bytes per app", f"{get('playfast/bytes_per_app', 0.0):,.0f} (compressed, as received)"),
    ]
    if "playfast/latency/p50" in stats:
        parts = [
            f"{name} {get(f'playfast/latency/{name}', 0.0) * 1000:,.0f} ms"
            for name in ("p50", "p95", "p99", "max")
        ]
        rows.append(("latency", ", ".join(parts)))
    rows.append(
        (
            "memory",
            f"{get('playfast/memory/now', 0) / _MIB:.0f} MiB now, {get('playfast/memory/peak', 0) / _MIB:.0f} MiB at most",
        )
    )
    troubles = {
        "retried by Scrapy": get("retry/count", 0),
        "answers missing": get("playfast/answers/absent", 0),
        "answers with an error": get("playfast/answers/error", 0),
        "answers not usable": get("playfast/answers/unusable", 0),
        "requests failed": get("playfast/requests/rpc/failed", 0) + get("playfast/requests/page/failed", 0),
        "invalid values": sum(
            value
            for name, value in stats.items()
            if name.startswith("playfast/field/") and name.endswith("/invalid")
        ),
        "differences page/markup": sum(
            value
            for name, value in stats.items()
            if name.startswith("playfast/markup/") and name.endswith("/differs")
        ),
    }
    rows += [(name, f"{count:,}") for name, count in troubles.items() if count]
    width = max(len(name) for name, _ in rows)
    return "\n".join(["The crawl in numbers:", *(f"  {name:<{width}}  {value}" for name, value in rows)])

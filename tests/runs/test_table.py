from __future__ import annotations

import pytest

from playfast.runs import table

STATS = {
    "item_scraped_count": 12_345,
    "playfast/records/available": 12_000,
    "playfast/records/not_found": 345,
    "downloader/response_count": 400,
    "playfast/elapsed_seconds": 61.24,
    "playfast/apps_per_second": 1201.56,
    "playfast/requests_per_second": 6.53,
    "playfast/bytes_per_app": 5_432.1,
    "playfast/latency/p50": 0.5,
    "playfast/latency/p95": 1.25,
    "playfast/latency/p99": 2.0,
    "playfast/latency/max": 3.5,
    "playfast/memory/now": 100 * 1024 * 1024,
    "playfast/memory/peak": 150 * 1024 * 1024,
}


def rows(stats):
    """The table's rows by their first words."""
    lines = [line.strip().split("  ", 1) for line in table.of_crawl(stats).splitlines()[1:]]
    return {line[0].strip(): line[1].strip() if len(line) > 1 else "" for line in lines}


def test_it_tells_what_came_how_fast_and_at_what_cost():
    assert rows(STATS) == {
        "records": "12,345",
        "available": "12,000",
        "not_found": "345",
        "answers": "400 in 61.2 s",
        "apps/s": "1,201.6",
        "requests/s": "6.5",
        "bytes per app": "5,432 (compressed, as received)",
        "latency": "p50 500 ms, p95 1,250 ms, p99 2,000 ms, max 3,500 ms",
        "memory": "100 MiB now, 150 MiB at most",
    }


@pytest.mark.parametrize(
    ("stats", "row", "count"),
    [
        ({"retry/count": 3}, "retried by Scrapy", "3"),
        ({"playfast/answers/absent": 2}, "answers missing", "2"),
        ({"playfast/answers/error": 2}, "answers with an error", "2"),
        ({"playfast/answers/unusable": 2}, "answers not usable", "2"),
        ({"playfast/requests/rpc/failed": 2, "playfast/requests/page/failed": 1_000}, "requests failed", "1,002"),
        ({"playfast/field/title/invalid": 2, "playfast/field/score/invalid": 3, "playfast/field/title/filled": 50}, "invalid values", "5"),
        ({"playfast/markup/title/differs": 2, "playfast/markup/icon/filled": 50}, "differences page/markup", "2"),
    ],
)  # fmt: skip
def test_troubles_are_told_only_where_there_were_any(stats, row, count):
    assert row not in rows(STATS)
    assert rows({**STATS, **stats})[row] == count


def test_a_crawl_of_nothing_has_a_table_too():
    found = rows({})
    assert found["records"] == "0"
    assert "latency" not in found


def test_the_numbers_stand_under_each_other():
    lines = table.of_crawl({**STATS, "retry/count": 3}).splitlines()[1:]
    width = len("  ") + max(len(name) for name in ("retried by Scrapy", "bytes per app")) + len("  ")
    assert {line[width - 1] for line in lines} == {" "}
    assert all(line[width] != " " for line in lines)

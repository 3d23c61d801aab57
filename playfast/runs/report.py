"""The run report: one crawl in one JSON file, whose format is `report.schema.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from playfast.errors import ReportError
from playfast.play.verdict import Status
from playfast.runs import files
from playfast.runs.drift import Counts, Finding
from playfast.runs.histogram import Histogram
from playfast.runs.printable import printable

SCHEMA = 1
FILLED = (Status.AVAILABLE, Status.PREREGISTER, Status.NOT_IN_REGION)
"""The statuses of records that Play filled."""
_SHOWN = 20
_LEAST_TIME = 1e-6  # less is no time to have done anything in


@dataclass(slots=True, kw_only=True)
class Run:
    """What is known of a crawl beside its statistics."""

    spider: str
    item: str
    arguments: Mapping[str, str]
    storefronts: int
    grouped_by: str = "country"
    names: tuple[str, ...]
    floors: Mapping[str, float]
    versions: Mapping[str, str]
    settings: Mapping[str, Any]
    started_at: datetime
    feeds: list[dict[str, str]] = field(default_factory=list)
    drift: str = "off"
    against: str | None = None
    findings: list[Finding] = field(default_factory=list)


def build(
    run: Run,
    stats: Mapping[str, Any],
    *,
    elapsed: float,
    latency: Histogram,
    series: Mapping[str, list[Any]],
    memory: Mapping[str, int],
    due: int | None,
    outcome: tuple[int, str] | None = None,
) -> dict[str, Any]:
    """The report of a crawl; one that goes on as long as there is no outcome."""
    get = stats.get
    by_status = _by_status(stats, "playfast/records/")
    made = sum(by_status.values())
    total = get("item_scraped_count", 0)
    available = get("playfast/records/filled", 0)
    filled = max(available, sum(by_status.get(status, 0) for status in FILLED))
    rows = get("playfast/rows", 0) - get("playfast/rows/dropped", 0)
    requests = get("downloader/response_count", 0)
    return {
        "schema": SCHEMA,
        "spider": run.spider,
        "item": run.item,
        "arguments": dict(run.arguments),
        "state": "running" if outcome is None else "ended",
        "reason": None if outcome is None else get("finish_reason"),
        "outcome": None if outcome is None else {"exit_code": int(outcome[0]), "line": outcome[1]},
        "started_at": run.started_at.isoformat(),
        "written_at": datetime.now(UTC).isoformat(),
        "elapsed_seconds": elapsed,
        "versions": dict(run.versions),
        "settings": dict(run.settings),
        "asked": {
            "ids": get("playfast/ids/read", 0),
            "duplicates": get("playfast/ids/duplicates", 0),
            "storefronts": run.storefronts,
            "records": due,
        },
        "records": {
            "total": total,
            "filled": available,
            "dropped": get("playfast/records/dropped", 0),
            "lost": max(0, made + rows - total) if outcome is not None else 0,
            "by_status": by_status,
            "grouped_by": run.grouped_by,
            "by_country": _by_country(stats),
        },
        "rates": {
            "apps_per_second": total / elapsed if elapsed > _LEAST_TIME else 0.0,
            "requests_per_second": requests / elapsed if elapsed > _LEAST_TIME else 0.0,
            "bytes_per_app": get("downloader/response_bytes", 0) / total if total else 0.0,
        },
        "latency_seconds": {
            "count": latency.count,
            **{f"p{percent}": latency.percentile(percent) for percent in (50, 95, 99)},
            "max": latency.most if latency.count else None,
        },
        "memory_bytes": dict(memory),
        "requests": {
            "rpc": get("playfast/requests/rpc", 0),
            "page": get("playfast/requests/page", 0),
            "failed": failed(stats),
            "retried": get("retry/count", 0),
            "by_http_status": {
                name.rpartition("/")[2]: count
                for name, count in stats.items()
                if name.startswith("downloader/response_status_count/")
            },
        },
        "answers": {kind: get(f"playfast/answers/{kind}", 0) for kind in ("absent", "error", "unusable")},
        "fields": {name: _field(name, stats, available, filled, run.floors.get(name)) for name in run.names},
        "drift": {
            "mode": run.drift,
            "against": run.against,
            "findings": [{"field": finding.field, "problem": finding.problem} for finding in run.findings],
        },
        "feeds": run.feeds,
        "series": dict(series),
        "stats": {name: _plain(value) for name, value in stats.items()},
    }


def failed(stats: Mapping[str, Any]) -> int:
    """Requests that brought no answer after all retries."""
    return int(stats.get("playfast/requests/rpc/failed", 0) + stats.get("playfast/requests/page/failed", 0))


def errors(stats: Mapping[str, Any]) -> int:
    """Everything that had to be asked again, or was given up."""
    kinds = ("absent", "error", "unusable")
    return int(
        failed(stats)
        + stats.get("retry/count", 0)
        + sum(stats.get(f"playfast/answers/{kind}", 0) for kind in kinds)
    )


def from_markup(name: str) -> str:
    """The statistic of a field's values that the record lacked, and a page's markup had: they must not hide a field that has moved."""
    return f"playfast/markup/{name}/filled"


def counts(report: Mapping[str, Any]) -> Counts:
    """What a report tells the drift check of its fields."""
    fields, stats = report["fields"], report["stats"]
    return Counts(
        report["records"]["filled"],
        {
            name: (told["filled"] if told["yes"] is None else told["yes"])
            - _number(stats.get(from_markup(name)))
            for name, told in fields.items()
        },
        sum(report["records"]["by_status"].get(status, 0) for status in FILLED),
        {name: told["invalid"] for name, told in fields.items()},
        max(1, report["asked"]["storefronts"]),
    )


def write(path: Path, report: Mapping[str, Any]) -> None:
    """Write a report in one step, so that a reader or a crash never meets half of one.

    Raises:
        OSError: it cannot be written; what stood there stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # File names may hold what is no UTF-8; the escape of this error handler is JSON's own.
    files.replace(
        path, json.dumps(report, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"
    )


def read(path: Path) -> dict[str, Any]:
    """A report from its file.

    Raises:
        ReportError: it cannot be read, is none, or is of another version; every mistake is told with its place.
    """
    try:
        report = json.loads(path.read_bytes())
    except OSError as error:
        raise ReportError([f"{path}: {error.strerror or error}"]) from error
    except (ValueError, RecursionError) as error:
        raise ReportError([f"{path}: no JSON ({error})"]) from error
    version = report.get("schema") if isinstance(report, dict) else None
    if version != SCHEMA:
        raise ReportError(
            [
                f"{path}: no run report"
                if version is None
                else f"{path}: a run report of version {version!r}; this playfast reads version {SCHEMA}"[
                    :200
                ]
            ]
        )
    import jsonschema  # noqa: PLC0415 - takes a twentieth of a second, and few crawls read a report

    schema = json.loads(
        resources.files("playfast.runs").joinpath("report.schema.json").read_text(encoding="utf-8")
    )
    problems = [
        printable(
            f"{path}: {'.'.join(map(str, problem.absolute_path)) or 'the whole'}: {problem.message[:200]}"
        )
        for problem in jsonschema.Draft202012Validator(schema).iter_errors(report)
    ]
    if problems:
        raise ReportError(
            problems[:_SHOWN]
            + ([f"{path}: and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else [])
        )
    return dict(report)


def _by_status(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {status.value: count for status in Status if (count := stats.get(f"{prefix}{status}", 0))}


def _by_country(stats: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    countries = {name.split("/")[2]: True for name in stats if name.startswith("playfast/country/")}
    return {country: _by_status(stats, f"playfast/country/{country}/") for country in countries}


def _field(
    name: str, stats: Mapping[str, Any], available: int, answered: int, floor: float | None
) -> dict[str, Any]:
    filled = stats.get(f"playfast/field/{name}/filled", 0)
    invalid = stats.get(f"playfast/field/{name}/invalid", 0)
    return {
        "filled": filled,
        "coverage": filled / available if available else None,
        "invalid": invalid,
        "invalid_rate": invalid / answered if answered else None,
        "yes": stats.get(f"playfast/field/{name}/yes"),
        "floor": floor,
    }


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no word for it
    return value if isinstance(value, str | int | float | bool | None) else str(value)

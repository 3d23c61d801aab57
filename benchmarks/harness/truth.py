"""Values that were read, against what the store knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from benchmarks.errors import BenchmarkError
from benchmarks.harness.store import LocalStore

Known = Mapping[str, Any]
SAMPLE = 40
"""How many records of a crawl are looked at."""
_NEAR = 1e-6


def _price(known: Known) -> float | None:
    micros = known["price_micros"]
    return None if micros is None else micros / 1_000_000


def _ratings(known: Known) -> int | None:
    return 0 if known["unrated_as_zeros"] else known["ratings"]


DUE: dict[str, Callable[[Known], Any]] = {
    "title": lambda known: known["title"],
    "developer": lambda known: known["developer_name"],
    "score": lambda known: known["score"],
    "ratings": _ratings,
    "min_installs": lambda known: known["min_installs"],
    "exact_installs": lambda known: known["installs"],
    "price": _price,
    "currency": lambda known: known["currency"],
    "icon": lambda known: known["icon_url"],
    "version": lambda known: known["version"],
    "developer_email": lambda known: known["developer_email"],
}
"""The fields that are looked at, by our names, and what each has to be."""


def check(store: LocalStore, records: Iterable[Mapping[str, Any]], fields: Iterable[str] = tuple(DUE)) -> int:
    """Look at these records; how many there were.

    Raises:
        BenchmarkError: a value differs; all that do are told.
    """
    looked_at = 0
    problems = []
    names = list(fields)
    for record in records:
        looked_at += 1
        known = store.truth(record["app_id"])
        if record.get("status", known["status"]) != known["status"]:
            problems.append(f"{record['app_id']}: status is {record['status']!r}, not {known['status']!r}")
        elif known["status"] != "not_found":
            problems += [
                f"{record['app_id']}: {name} is {record[name]!r}, not {due!r}"
                for name in names
                if not _same(record[name], due := DUE[name](known))
            ]
    if problems:
        raise BenchmarkError("values differ from the store's:\n" + "\n".join(problems[:20]))
    if not looked_at:
        raise BenchmarkError("there was no record to look at")
    return looked_at


def sampled(count: int) -> int:
    """Every how-manieth of so many records is looked at."""
    return max(1, count // SAMPLE)


def _same(told: Any, due: Any) -> bool:
    if isinstance(told, float) and isinstance(due, float):
        return abs(told - due) < _NEAR * max(1.0, abs(due))  # a score may have gone through 32 bits
    return bool(told == due)

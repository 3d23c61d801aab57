"""The other spiders through the same trouble: one row each for every kind of it, looked at record by record."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playfast.localstore import corpus, makers, shelves
from playfast.localstore.catalogue import App
from playfast.localstore.page.comments import row
from playfast.localstore.sitemaps import Generation
from tests.conftest import ROOT, UNPACED, local_store
from tests.faults import finding
from tests.faults.finding import once
from tests.faults.matrix import FAULTS, ONLY_PACKS, SLOWING

SHARE = 0.2
SPIDERS = (
    "permissions",
    "datasafety",
    "digest",
    "availability",
    "reviews",
    "similar",
    "developer",
    "catalog",
    *finding.WRONG,
)
SWEPT = ("reviews", "similar", "developer", "catalog", *finding.SWEPT)
"""Spiders whose closing records stand in a feed of their own."""
_FEW, _MANY = 6, 30
_LANGS = ("en", "es")
_OF_REVIEWS = ("page=100", f"langs={','.join(_LANGS)}")


@dataclass(frozen=True)
class Cell:
    """One spider through one trouble."""

    spider: str
    fault: str

    @property
    def ids(self) -> int:
        return _FEW if self.fault in SLOWING or self.spider in SWEPT else _MANY


@dataclass
class Result:
    """What came of a cell; `wrong` is what must not be."""

    cell: Cell
    statuses: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    requests: int = 0
    faults: int = 0
    exit_code: int = 0
    wrong: list[str] = field(default_factory=list)


def cells(spiders: Iterable[str] = SPIDERS, faults: Iterable[str] = tuple(FAULTS)) -> list[Cell]:
    """All cells that make sense, the troubles of one spider together: a sitemap holds no calls."""
    return [
        Cell(spider, fault)
        for spider in spiders
        for fault in faults
        if spider != "catalog" or fault not in {*ONLY_PACKS, "another app's record"}
    ]


def run(wanted: Iterable[Cell], workers: int = 2) -> Iterable[Result]:
    """The results of cells, in order; so many crawls at a time."""
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(through, wanted)


def through(cell: Cell) -> Result:
    """Crawl through a cell."""
    options = [str(SHARE) if word == "SHARE" else word for word in FAULTS[cell.fault]]
    with local_store(*options, "--fault-seed", "11") as store, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ids = store.get(f"/_localstore/ids.txt?count={cell.ids}").decode().split()
        entries, given = _asked(cell.spider, ids)
        (folder / "asked.txt").write_text("\n".join(entries))
        word = {"developer": "developers", **finding.ARGUMENTS}.get(cell.spider, "ids")
        command = [sys.executable, "-m", "scrapy", "crawl", cell.spider, "-O", str(folder / "main.jsonl")]
        # Categories are no file.
        named = ",".join(entries) if word == "categories" else str(folder / "asked.txt")
        listed = () if cell.spider == "catalog" else (f"{word}={named}",)
        beside = {"availability": "summary", **dict.fromkeys(SWEPT, "sweeps")}.get(cell.spider)
        if beside is not None:
            given = (*given, f"{beside}={folder / 'beside.jsonl'}")
        for argument in (*listed, *given):
            command += ["-a", argument]
        done = subprocess.run(
            [*command, "-s", "PLAYFAST_BLOCK_PAUSE=0", *UNPACED],
            cwd=ROOT,
            env={**os.environ, "PLAYFAST_URL": store.address},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        report = store.report()
        main, others = (_read(folder / f"{kind}.jsonl") for kind in ("main", "beside"))
    records = others if cell.spider in SWEPT else main
    result = Result(
        cell,
        Counter(record["status"] for record in records),
        len(main) if records is others else len(others),
        report["requests_total"],
        sum(report["faults"].values()),
        done.returncode,
    )
    result.wrong += _WRONG[cell.spider](entries, main, others)
    result.wrong += [
        f"an error without a reason: {one}"
        for one in records
        if one["status"] == "error" and not one["error"]
    ]
    if done.returncode not in (0, 3):
        result.wrong.append(f"exit code {done.returncode}: {done.stderr[-300:]}")
    return result


def _asked(spider: str, ids: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """What is asked, and the arguments: packs are small, so that there are many of them."""
    if spider == "reviews":
        return [f"example.app{number}.reviews600.app" for number in range(len(ids) // 2)], (
            *_OF_REVIEWS,
            "batch=2",
        )
    if spider == "developer":
        return list(dict.fromkeys(App(app_id).developer.page_id for app_id in ids)), ("batch=2", "first=10")
    if spider in finding.WRONG:
        return finding.asked(spider, len(ids))
    if spider == "catalog":
        return [f"{number:05}-of-00020" for number in range(len(ids))], (f"shards=0-{len(ids) - 1}",)
    if spider == "similar":
        return ids, ("batch=2",)
    return ids, ("batch=4", "countries=us,de") if spider == "availability" else ("batch=4",)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().split("\n") if line] if path.exists() else []


def _wrong_records(entries: list[str], main: list[dict[str, Any]], _: list[dict[str, Any]]) -> list[str]:
    found = once(Counter(record["app_id"] for record in main), set(entries), "records")
    for record in main:
        app = App(record["app_id"])
        if record["status"] == "error":
            continue
        if record["status"] != app.status(record["country"]):
            found.append(f"{app.app_id}: {record['status']}, true is {app.status(record['country'])}")
        elif record["status"] == "available":
            if "genre_id" in record and record["genre_id"] != app.category.key:
                found.append(f"{app.app_id}: {record['genre_id']}, true is {app.category.key}")
            if "title" in record and record["title"] != app.title:
                found.append(f"{app.app_id}: {record['title']!r}, true is {app.title!r}")
            if "collected" in record and record["stated"] != (app.data_safety is not None):
                found.append(f"{app.app_id}: stated is {record['stated']}")
    return found


def _wrong_matrix(entries: list[str], main: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[str]:
    due = {(app_id, country) for app_id in entries for country in ("us", "de")}
    found = once(Counter((one["app_id"], one["country"]) for one in main), due, "cells")
    found += [
        f"{one['app_id']} in {one['country']}: {one['status']}"
        for one in main
        if one["status"] not in ("error", App(one["app_id"]).status(one["country"]))
    ]
    found += once(Counter(one["app_id"] for one in others), set(entries), "summaries")
    for one in others:
        there = any(App(one["app_id"]).status(country) != "not_found" for country in ("us", "de"))
        if one["gone_everywhere"] is not None and one["gone_everywhere"] == there:
            found.append(f"{one['app_id']}: gone_everywhere is {one['gone_everywhere']}")
    return found


def _wrong_reviews(entries: list[str], main: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[str]:
    true: dict[tuple[str, str], dict[str, int]] = {}
    for app_id in entries:
        for lang in _LANGS:
            rows = [
                row(App(app_id), number, lang, words=True)
                for number in corpus.order(App(app_id), lang, corpus.NEWEST)
            ]
            true[app_id, lang] = {one[0]: one[2] for one in rows}
    found = once(Counter((one["app_id"], one["lang"]) for one in others), set(true), "sweeps")
    rows_of = Counter((one["app_id"], one["lang"], one["review_id"]) for one in main)
    found += [f"twice: {key}" for key, count in rows_of.items() if count > 1]
    found += [
        f"{one['review_id']}: no such review, or with other stars"
        for one in main
        if true[one["app_id"], one["lang"]].get(one["review_id"]) != one["stars"]
    ]
    for one in others:
        came = sum(1 for key in rows_of if key[:2] == (one["app_id"], one["lang"]))
        if one["reviews"] != came:
            found.append(f"{one['app_id']} {one['lang']}: {one['reviews']} are told, {came} came")
        if one["stopped"] == "end" and came != len(true[one["app_id"], one["lang"]]):
            found.append(f"{one['app_id']} {one['lang']}: not all came")
    return found


def _wrong_lists(
    entries: list[str], main: list[dict[str, Any]], others: list[dict[str, Any]], name: str
) -> list[str]:
    found = once(Counter(one["asked"] for one in others), set(entries), "sweeps")
    rows_of = Counter((one["asked"], one["list"], one["app_id"]) for one in main)
    found += [f"twice: {key}" for key, count in rows_of.items() if count > 1]
    for one in others:
        came = [row["app_id"] for row in main if row["asked"] == one["asked"] and row["list"] == name]
        true = _true_list(one["asked"], name)
        stopped = one["stopped"] if isinstance(one["stopped"], str | None) else one["stopped"].get(name)
        if set(came) - set(true):
            found.append(f"{one['asked']}: rows that the list does not have")
        if stopped == "end" and one["status"] != "error" and sorted(came) != sorted(true):
            found.append(f"{one['asked']}: {len(came)} rows of {len(true)}")
    return found


def _true_list(asked: str, name: str) -> list[str]:
    if name == "similar":
        return shelves.similar(App(asked), "US") if shelves.has_similar(App(asked)) else []
    key = makers.by_number(asked)
    key = makers.by_name(asked) if key is None else key
    assert key is not None
    return shelves.by_developer(key, 0, 0, "US")


def _wrong_catalog(entries: list[str], main: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[str]:
    found = once(Counter(one["shard"] for one in others), set(entries), "sitemaps")
    generation = Generation(0, 20, 840)
    unread = {one["shard"] for one in others if one["status"] == "error"}
    due = {
        (name, app_id)
        for number, name in enumerate(entries)
        if name not in unread
        for app_id in generation.of_shard(number)
    }
    return found + once(Counter((one["shard"], one["app_id"]) for one in main), due, "rows")


_WRONG = {
    **dict.fromkeys(("permissions", "datasafety", "digest"), _wrong_records),
    "availability": _wrong_matrix,
    "reviews": _wrong_reviews,
    "catalog": _wrong_catalog,
    **finding.WRONG,
    "similar": lambda entries, main, others: _wrong_lists(entries, main, others, "similar"),
    "developer": lambda entries, main, others: _wrong_lists(entries, main, others, "developer"),
}

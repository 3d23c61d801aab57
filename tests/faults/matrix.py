"""The matrix: which trouble, on which way, in which share of the answers; and a crawl through one of its cells, looked at record by record."""

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

from playfast.localstore.truth import truth
from tests.conftest import ROOT, UNPACED, local_store

FAULTS: dict[str, tuple[str, ...]] = {
    "call without answer": ("--absent", "SHARE"),
    "error frame": ("--error-frames", "SHARE"),
    "another app's record": ("--other-app", "SHARE"),
    "cut answer": ("--truncated", "SHARE"),
    "closed connection": ("--dropped", "SHARE"),
    "status 503": ("--status-503", "SHARE", "--retry-after", "0"),
    "status 429": ("--status-429", "SHARE", "--retry-after", "0"),
    "captcha page": ("--wall", "sorry-page", "--wall-share", "SHARE"),
    "captcha, 429": ("--wall", "sorry-429", "--wall-share", "SHARE"),
    "captcha, redirect": ("--wall", "sorry-redirect", "--wall-share", "SHARE"),
    "cookies, page": ("--wall", "consent-page", "--wall-share", "SHARE"),
    "cookies, redirect": ("--wall", "consent-redirect", "--wall-share", "SHARE"),
    "cookies, no way out": ("--wall", "consent-click", "--wall-share", "SHARE"),
    "page of another kind": ("--wall", "html", "--wall-share", "SHARE"),
    "page without data": ("--wall", "empty-page", "--wall-share", "SHARE"),
}
ONLY_PACKS = {"call without answer", "error frame"}
REFUSALS = {"status 503", "status 429"}
SLOWING = {*REFUSALS, "captcha page", "captcha, 429", "captcha, redirect"}
"""The pace takes these for a limit, so that half of the answers refused means a request in ten seconds: few are asked then."""
WAYS = ("rpc", "page")
SHARES = (0.05, 0.5)
_FEW = 4
_HALF = 0.5
_COMPARED = ("title", "developer_email", "min_installs", "contains_ads")


@dataclass(frozen=True)
class Cell:
    """One trouble on one way in one share of the answers."""

    fault: str
    way: str
    share: float
    ids: int

    @property
    def asked(self) -> int:
        slow = self.fault in SLOWING and self.share >= _HALF
        return min(_FEW, self.ids) if slow else self.ids


@dataclass
class Result:
    """What came of a cell; `wrong` is what must not be."""

    cell: Cell
    statuses: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    faults: int = 0
    exit_code: int = 0
    wrong: list[str] = field(default_factory=list)


def cells(ids: int, shares: Iterable[float] = SHARES) -> list[Cell]:
    """All cells that make sense: a page is one call, so calls fail within packs alone."""
    return [
        Cell(fault, way, share, ids)
        for fault in FAULTS
        for way in WAYS
        for share in shares
        if way == "rpc" or fault not in ONLY_PACKS
    ]


def run(wanted: Iterable[Cell], workers: int = 2) -> Iterable[Result]:
    """The results of cells, in order; so many crawls at a time."""
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(through, wanted)


def through(cell: Cell) -> Result:
    """Crawl through a cell."""
    options = [str(cell.share) if word == "SHARE" else word for word in FAULTS[cell.fault]]
    with local_store(*options, "--fault-seed", "7") as store, tempfile.TemporaryDirectory() as folder:
        ids = store.get(f"/_localstore/ids.txt?count={cell.asked}").decode().split()
        feed = Path(folder) / "apps.jsonl"
        listed = Path(folder) / "ids.txt"
        listed.write_text("\n".join(ids))
        pause = ("-s", "PLAYFAST_BLOCK_PAUSE=0")
        command = [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            "apps",
            "-a",
            f"ids={listed}",
            "-a",
            f"via={cell.way}",
        ]
        done = subprocess.run(
            [*command, "-a", "batch=8", "-O", str(feed), *pause, *UNPACED],
            cwd=ROOT,
            env={**os.environ, "PLAYFAST_URL": store.address},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        report = store.report()
        records = [json.loads(line) for line in feed.read_text().split("\n") if line] if feed.exists() else []
    result = Result(
        cell,
        Counter(record["status"] for record in records),
        report["requests_total"],
        sum(report["faults"].values()),
        done.returncode,
    )
    result.wrong += _wrong(records, ids)
    if not result.faults and cell.share >= _HALF:
        result.wrong.append("the store made no trouble")
    if done.returncode not in (0, 3):
        result.wrong.append(f"exit code {done.returncode}: {done.stderr[-300:]}")
    return result


def _wrong(records: list[dict[str, Any]], ids: list[str]) -> list[str]:
    """Ids without a record or with more than one, and records that say something else than the store's own list."""
    found = []
    counts = Counter(record["app_id"] for record in records)
    if counts != Counter(ids):
        found.append(
            f"{len(set(ids) - set(counts))} ids without a record, {sum(counts.values()) - len(ids):+} records"
        )
    for record in records:
        if record["status"] == "error":
            if not record["error"]:
                found.append(f"{record['app_id']}: an error without a reason")
            continue
        true = truth(record["app_id"], "us", "en", 0)
        names = ("status", *_COMPARED) if record["status"] == "available" else ("status",)
        found += [
            f"{record['app_id']}: {name} is {record[name]!r}, true is {true[name]!r}"
            for name in names
            if record[name] != true[name]
        ]
    return found

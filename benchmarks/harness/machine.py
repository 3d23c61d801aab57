"""What a run was made on, and of."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from benchmarks.harness import ROOT
from benchmarks.results import Commit, Machine

_PACKAGES = ("playfast-scrapy", "scrapy", "twisted", "orjson", "parsel", "lxml", "itemadapter", "psutil")
_UNKNOWN = "0" * 40


def name() -> str:
    """The machine's name: PLAYFAST_MACHINE, for machines whose own changes from day to day, or its own."""
    return os.environ.get("PLAYFAST_MACHINE") or platform.node() or "machine"


def machine() -> Machine:
    """The machine under us."""
    return Machine(
        name=name(),
        cpu=_cpu(),
        cores=os.cpu_count() or 1,
        memory_bytes=psutil.virtual_memory().total,
        system=f"{platform.system()} {platform.release()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
    )


def versions() -> dict[str, str]:
    """Of what a crawl runs on."""
    return dict(_installed(_PACKAGES))


def load() -> float:
    """The load of the last minute."""
    return round(psutil.getloadavg()[0], 2)


def now() -> str:
    """The time, as results have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def commit() -> Commit:
    """What is checked out; the results themselves do not count as a change."""
    told = _git("log", "-1", "--format=%H%n%cI%n%s")
    if told is None:
        return Commit(hash=_UNKNOWN, time=now(), subject="no commit: not in a repository", uncommitted=True)
    digest, time, subject = told.split("\n")[:3]
    changed = _git("status", "--porcelain", "--", ".", ":!benchmarks/results")
    return Commit(hash=digest, time=time, subject=subject, uncommitted=bool(changed))


def _installed(packages: Iterable[str]) -> Iterable[tuple[str, str]]:
    for package in packages:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "not installed"


def _git(*words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError:  # there is no git
        return None
    return None if done.returncode else done.stdout.strip()


def _cpu() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

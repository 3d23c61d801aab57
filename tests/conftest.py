"""What the tests share: a local store in a process of its own, and whole crawls against it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# The same examples in every run, so that a change is judged by what it changes; PLAYFAST_EXPLORE=1 looks for new ones.
settings.register_profile("fixed", derandomize=True)
if not os.environ.get("PLAYFAST_EXPLORE"):
    settings.load_profile("fixed")

ROOT = Path(__file__).parent.parent
UNPACED = ("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS=8")


@dataclass
class Store:
    """A running local store."""

    address: str
    pid: int = 0

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return answer.read()

    def report(self) -> dict[str, Any]:
        """What it has seen so far."""
        return json.loads(self.get("/_localstore/report"))

    def truth(self, app_id: str, country: str = "us", lang: str = "en") -> dict[str, Any]:
        return json.loads(self.get(f"/_localstore/truth?id={app_id}&gl={country}&hl={lang}"))


@contextmanager
def local_store(*options: str) -> Iterator[Store]:
    port = () if "--port" in options else ("--port", "0")
    command = [sys.executable, "-m", "playfast.localstore", *port, "--until-stdin-closes", *options]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        line = process.stdout.readline()
        assert line.startswith("listening on "), line
        yield Store(line.removeprefix("listening on ").strip(), process.pid)
        process.stdin.close()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """A store without faults, shared by all tests; none may depend on what another asked of it."""
    with local_store() as running:
        yield running


@dataclass
class Crawl:
    """A finished crawl."""

    exit_code: int
    log: str
    stats: dict[str, Any] = field(repr=False)
    feed: Path = field(repr=False)

    @property
    def records(self) -> list[dict[str, Any]]:
        return list(self.each())

    def each(self) -> Iterator[dict[str, Any]]:
        """The records one by one, for crawls of more than fit into memory."""
        if self.feed.exists():
            with self.feed.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)


@pytest.fixture
def crawl(tmp_path: Path):
    """Run `scrapy crawl` in a process of its own, as a user would; returns what it left behind."""

    def run(
        *arguments: str, store: Store | None = None, feed: str = "apps.jsonl", pace: tuple[str, ...] = UNPACED,
        stdin: str | None = None, spider: str = "apps", env: dict[str, str] | None = None, timeout: float = 300,
    ) -> Crawl:  # fmt: skip
        output = tmp_path / feed
        stats = tmp_path / "stats.json"
        command = [sys.executable, "-W", "error", "-m", "scrapy", "crawl", spider, *arguments, *pace]
        if feed:
            command += ["-O", str(output)]
        environment = {**os.environ, "PLAYFAST_TEST_STATS": str(stats), **(env or {})}
        environment.pop("PLAYFAST_URL", None)
        if store is not None:
            environment["PLAYFAST_URL"] = store.address
        command += ["-s", "STATS_CLASS=tests.stats_file.StatsToFile"]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        collected = json.loads(stats.read_text()) if stats.exists() else {}
        return Crawl(done.returncode, done.stderr, collected, output)

    return run

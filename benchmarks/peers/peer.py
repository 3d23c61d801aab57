"""Running a peer on some apps, and checking what it read."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.errors import BenchmarkError
from benchmarks.harness import truth
from benchmarks.harness.crawl import check_seen
from benchmarks.harness.store import LocalStore
from benchmarks.peers.environments import Environment

_RUNNERS = Path(__file__).with_name("runners")
_SAID = 2_000
_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another tool: what it is called in tables, where it comes from, the script that runs it, and what it is known to read wrongly."""

    name: str
    title: str
    environment: Environment
    runner: str
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a peer did, by its own clock."""

    records: int
    seconds: float
    cpu_seconds: float

    @property
    def requests(self) -> int:
        """Each app is a page."""
        return self.records

    @property
    def apps_per_second(self) -> float:
        return self.records / self.seconds

    @property
    def cpu_per_app(self) -> float:
        """Seconds."""
        return self.cpu_seconds / self.records


@dataclass(frozen=True, slots=True)
class Ready:
    """A peer in its environment."""

    peer: Peer
    folder: Path

    def fetch(self, store: LocalStore, ids: Sequence[str], at_once: int, *, full: bool = False) -> Fetched:
        """Let it fetch apps, page by page, so many at once. `full`: as many as allowed were in flight at some time.

        Raises:
            BenchmarkError: it failed, missed one, or read a value wrongly that it is not known for.
        """
        store.reset()
        told = self._fetched(store, ids, at_once)
        records = told["records"]
        if len(records) != len(ids):
            raise BenchmarkError(f"{self.peer.title}: {len(ids)} apps were asked for, {len(records)} came")
        check_seen(store, len(ids), pages=True, most=at_once, full=full)
        read = set(records[0]) - {"app_id"} - set(self.peer.wrong)
        truth.check(store, records[:: truth.sampled(len(records))], sorted(read))
        return Fetched(records=len(records), seconds=told["seconds"], cpu_seconds=told["cpu_seconds"])

    def readable(self, store: LocalStore, ids: Sequence[str]) -> list[str]:
        """Those of the apps whose pages it can read: each peer knows the block of one build of the page only."""
        read = {
            record["app_id"] for record in self._fetched(store, ids, _AT_ONCE)["records"] if record["title"]
        }
        return [app_id for app_id in ids if app_id in read]

    def _fetched(self, store: LocalStore, ids: Sequence[str], at_once: int) -> dict[str, Any]:
        task = {"address": store.address, "ids": list(ids), "at_once": at_once}
        return self.told(self.peer.runner, task)

    def told(self, runner: str, task: Mapping[str, Any]) -> dict[str, Any]:
        """Run one of the scripts in the environment; what it printed.

        Raises:
            BenchmarkError: it failed.
        """
        command = [self.peer.environment.interpreter(self.folder), str(_RUNNERS / runner)]
        done = subprocess.run(
            command, cwd=self.folder, input=json.dumps(task), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BenchmarkError(
                f"{self.peer.title}: exit code {done.returncode}\n{done.stderr.strip()[-_SAID:]}"
            )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

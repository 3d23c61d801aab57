"""The two scrapers, at fixed versions in environments of their own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import known
from benchmarks.peers.environments import Environment

_RUNNERS = Path(__file__).with_name("runners")
_SAID = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One of them: its name here and in tables, where it comes from, and the script that calls it."""

    name: str
    title: str
    environment: Environment
    runner: str
    package: str
    """Where its sources lie in its environment, as a pattern."""
    app_id: str
    """What it calls the id of an app."""

    def ask(
        self, folder: Path, address: str, method: str, options: Iterable[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        """Call one of its methods with each of these options; a value or an error for each."""
        calls = [{"method": method, "options": dict(given)} for given in options]
        command = [self.environment.interpreter(folder), str(_RUNNERS / self.runner)]
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "TZ": "UTC"},  # one of them tells times in the zone of the machine
            input=json.dumps({"address": address, "calls": calls}),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{self.title}: exit code {done.returncode}\n{done.stderr.strip()[-_SAID:]}")
        answers: list[dict[str, Any]] = json.loads(done.stdout)
        return answers

    def source(self, folder: Path, file: str) -> str:
        """One of its files."""
        (package,) = folder.glob(self.package)
        return (package / file).read_text(encoding="utf-8")


NPM = Peer(
    name="npm",
    title=known.NPM.title,
    environment=known.NPM.environment,
    runner="npm_calls.mjs",
    package="node_modules/google-play-scraper",
    app_id="appId",
)
PYPI = Peer(
    name="pypi",
    title="google-play-scraper 1.2.7 (PyPI)",
    environment=known.PYPI.environment,
    runner="pypi_calls.py",
    package="lib/**/google_play_scraper",
    app_id="app_id",
)
ALL = (NPM, PYPI)

"""A real Scrapyd in a process of its own, with the project's scrapyd.conf, and what it is asked."""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.conftest import ROOT
from tests.waiting import until

TAKEN = ("scrapyd.conf", "scrapy.cfg", "setup.py", "pyproject.toml", "README.md", "LICENSE")


@dataclass
class Scrapyd:
    address: str
    user: str
    password: str
    folder: Path
    environment: dict[str, str]

    def request(self, path: str, *, password: str | None = None, **given: Any) -> bytes:
        """The body of an answer; with arguments it is a POST."""
        word = self.password if password is None else password
        token = base64.b64encode(f"{self.user}:{word}".encode()).decode()
        asked = urllib.request.Request(
            f"{self.address}/{path}",
            data=urlencode(given, doseq=True).encode() if given else None,
            headers={"Authorization": f"Basic {token}"} if word else {},
        )
        with urllib.request.urlopen(asked, timeout=90) as answer:
            return answer.read()

    def ask(self, path: str, **given: Any) -> dict[str, Any]:
        return json.loads(self.request(path, **given))

    def schedule(self, **given: Any) -> str:
        """The id of a job that was taken."""
        told = self.ask("schedule.json", **{"project": "default", "spider": "apps", **given})
        assert told["status"] == "ok", told
        return told["jobid"]

    def refused(self, **given: Any) -> str:
        """Why a job was not taken."""
        told = self.ask("schedule.json", **{"project": "default", "spider": "apps", **given})
        assert told["status"] == "error", told
        return told["message"]

    def jobs(self, state: str, project: str = "default") -> dict[str, dict[str, Any]]:
        return {job["id"]: job for job in self.ask(f"listjobs.json?project={project}")[state]}

    def wait(self, job: str, state: str = "finished", project: str = "default") -> dict[str, Any]:
        until(lambda: job in self.jobs(state, project))
        return self.jobs(state, project)[job]

    def feed(self, job: dict[str, Any]) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.request(job["items_url"].lstrip("/")).splitlines()]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@contextmanager
def scrapyd(folder: Path, store: str, **environment: str) -> Iterator[Scrapyd]:
    """Scrapyd in a copy of what it needs of the project."""
    folder.mkdir()
    for name in TAKEN:
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "playfast", folder / "playfast", ignore=shutil.ignore_patterns("__pycache__"))
    port, password = free_port(), secrets.token_urlsafe(16)
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PLAYFAST_", "SCRAPY"))},
        "HOME": str(folder),
        "PLAYFAST_URL": store,
        "SCRAPYD_USERNAME": "tester",
        "SCRAPYD_PASSWORD": password,
        "SCRAPYD_HTTP_PORT": str(port),
        **environment,
    }
    server = Scrapyd(f"http://127.0.0.1:{port}", "tester", password, folder, env)
    log = folder / "scrapyd.log"
    with log.open("wb") as written, subprocess.Popen(
        [sys.executable, "-m", "scrapyd"], cwd=folder, env=env, stdout=written, stderr=written
    ) as process:  # fmt: skip
        try:
            until(lambda: process.poll() is not None or _answers(server))
            assert process.poll() is None, log.read_text()
            yield server
            for job in server.jobs("running"):
                server.ask("cancel.json", project="default", job=job)
            until(lambda: not server.jobs("running"))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _answers(server: Scrapyd) -> bool:
    try:
        return server.ask("daemonstatus.json")["status"] == "ok"
    except urllib.error.URLError:
        return False

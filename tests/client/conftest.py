"""Programs that use a client, each in a process of its own: a reactor is started once in a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from textwrap import dedent
from typing import Any

import pytest

from tests.conftest import ROOT, Store


def run_program(
    text: str, *, store: Store | None = None, env: dict[str, str] | None = None, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run a program as a user would, with every warning an error and no limit to the pace."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLAYFAST_PACE": "unpaced", **(env or {})}
    environment["PLAYFAST_URL"] = "http://127.0.0.1:9" if store is None else store.address
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", dedent(text)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture
def program():
    """Run a program that prints one line of JSON, and nothing to standard error; returns what it printed."""

    def run(text: str, **how: Any) -> Any:
        done = run_program(text, **how)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        return json.loads(done.stdout)

    return run

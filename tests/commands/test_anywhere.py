"""The commands that need no project: in any folder, once the package is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest


@pytest.mark.skipif(
    "report" not in entry_points(group="scrapy.commands").names,
    reason="the package is not installed (make setup does that)",
)
@pytest.mark.parametrize("command", ["report", "localstore"])
def test_a_command_is_known_outside_of_a_project(tmp_path, command):
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", command, "--help"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "usage" in done.stdout.casefold()


def test_a_list_that_nobody_reads_to_its_end_ends_without_a_word():
    command = f"{sys.executable} -m playfast.localstore varieties | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert not done.stderr

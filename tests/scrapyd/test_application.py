"""Scrapyd does not start open."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(find_spec("scrapyd") is None, reason="the extra scrapyd is not installed")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "SCRAPYD_USERNAME and SCRAPYD_PASSWORD"),
        ({"SCRAPYD_USERNAME": "a", "SCRAPYD_PASSWORD": ""}, "SCRAPYD_PASSWORD"),
        ({"SCRAPYD_PASSWORD": "a"}, "SCRAPYD_USERNAME"),
    ],
)
def test_without_user_and_password_it_ends_at_once(given, missing, tmp_path):
    (tmp_path / "scrapyd.conf").write_text((ROOT / "scrapyd.conf").read_text())
    bare = {name: value for name, value in os.environ.items() if not name.startswith("SCRAPYD_")}
    done = subprocess.run(
        [sys.executable, "-m", "scrapyd"],
        cwd=tmp_path,
        env={**bare, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), **given},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert f"scrapyd: {missing} must be set in the environment" in done.stderr + done.stdout

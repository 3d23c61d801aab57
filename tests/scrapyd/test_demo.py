"""The demo of the docs runs to its end."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.skipif(find_spec("scrapyd") is None, reason="the extra scrapyd is not installed"),
]


def test_it_ends_with_the_feeds_of_its_jobs():
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / "scrapyd_demo.py"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "did you mean gb?" in done.stdout
    assert "401 Unauthorized" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith('  {"app_id":')

"""Our own spiders, run as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, UNPACED, Store

_SAID = 2_000


def crawled(store: Store, spider: str, **arguments: str) -> list[dict[str, Any]]:
    """The records of a crawl, in the order in which it wrote them. A list of several lines is given as a file."""
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "records.jsonl"
        command = [sys.executable, "-m", "scrapy", "crawl", spider, *UNPACED, "-O", str(feed)]
        for name, value in arguments.items():
            if "\n" in value:
                listed = Path(folder) / f"{name}.txt"
                listed.write_text(value, encoding="utf-8")
                command += ["-a", f"{name}={listed}"]
            else:
                command += ["-a", f"{name}={value}"]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PLAYFAST_URL": store.address},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-_SAID:]}")
        with feed.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

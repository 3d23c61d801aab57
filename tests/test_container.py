"""The Containerfile: linted by `make lint`; here, that it takes what there is. No test builds it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
LINT = shutil.which("hadolint", path=str(Path(sys.executable).parent))


@pytest.mark.skipif(LINT is None, reason="hadolint is not installed (requirements-dev.txt)")
def test_the_lint_finds_nothing_and_would_find_something():
    assert subprocess.run([LINT, ROOT / "Containerfile"], capture_output=True, check=False).returncode == 0
    done = subprocess.run(
        [LINT, "-"], input=TEXT.replace("/data\n", "data\n"), capture_output=True, text=True, check=False
    )
    assert done.returncode


def test_what_is_copied_is_there_and_passes_the_ignore_files():
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", TEXT, re.MULTILINE)
        for name in line.split()[:-1]
    }
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8")
    assert copied == {line[1:] for line in ignored.splitlines() if line.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8") == ignored


def test_it_does_not_run_as_root_and_its_command_is_scrapy_crawl():
    lines = TEXT.splitlines()
    assert lines.index("USER 10001") < lines.index('ENTRYPOINT ["scrapy", "crawl"]')
    assert not re.search(r"index-url|https?://", TEXT)


def test_the_extras_that_it_installs_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'", TEXT)
    assert set(extras.split(",")) <= set(project["optional-dependencies"])

"""The examples of a weekly run: systemd takes them, and their commands exist."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from benchmarks.commands import main
from tests.conftest import ROOT

SCHEDULE = ROOT / "examples" / "schedule"
FOLDER = "/srv/playfast"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path):
    units = []
    for unit in sorted(SCHEDULE.glob("playfast-benchmarks.*")):
        text = unit.read_text(encoding="utf-8").replace(f"{FOLDER}/.venv/bin/python", sys.executable)
        units.append(tmp_path / unit.name)
        units[-1].write_text(
            text.replace(FOLDER, str(ROOT)).replace("User=playfast", "User=root"), encoding="utf-8"
        )
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if "playfast" in line]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_timer_is_of_every_week():
    (line,) = [
        line
        for line in (SCHEDULE / "playfast-benchmarks.timer").read_text().splitlines()
        if "OnCalendar" in line
    ]
    done = subprocess.run(
        ["systemd-analyze", "calendar", line.partition("=")[2]], capture_output=True, text=True, check=False
    )
    assert "Normalized form: Sun *-*-* 03:00:00" in done.stdout


@pytest.mark.parametrize("file", ["crontab", "playfast-benchmarks.service"])
def test_the_commands_of_the_schedule_exist(file, capsys):
    text = (SCHEDULE / file).read_text(encoding="utf-8")
    for words in (["run", "--check"], ["report", "-o", "benchmarks.html"]):
        assert f"-m benchmarks {' '.join(words)}" in text
        with pytest.raises(SystemExit) as ended:
            main([*words, "--help"])
        assert ended.value.code == 0
    assert "--results" in capsys.readouterr().out


def test_the_crontab_has_one_line_that_runs_on_sundays():
    lines = (SCHEDULE / "crontab").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#")]
    assert line.split(maxsplit=5)[:5] == ["0", "3", "*", "*", "0"]
    assert line.split(maxsplit=5)[5].startswith(f"cd {FOLDER} && ")

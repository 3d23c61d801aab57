"""The examples of a weekly run: systemd takes them, and their commands exist."""

from __future__ import annotations

import configparser
import gzip
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.commands import main
from tests.conftest import ROOT

SCHEDULE = ROOT / "examples" / "schedule"
FOLDER = "/srv/playfast"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path):
    units = []
    found = sorted(SCHEDULE.glob("playfast-*.*"))
    assert len(found) == 4
    for unit in found:
        text = unit.read_text(encoding="utf-8").replace(
            f"{FOLDER}/.venv/bin", str(Path(sys.executable).parent)
        )
        units.append(tmp_path / unit.name)
        units[-1].write_text(
            text.replace(FOLDER, str(ROOT)).replace("User=playfast", "User=root"), encoding="utf-8"
        )
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if "playfast" in line]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize(
    ("timer", "when"),
    [("benchmarks", "Sun *-*-* 03:00:00"), ("weekly", "Mon *-*-* 03:00:00")],
)
def test_the_timer_is_of_every_week(timer, when):
    (line,) = [
        line
        for line in (SCHEDULE / f"playfast-{timer}.timer").read_text().splitlines()
        if "OnCalendar" in line
    ]
    done = subprocess.run(
        ["systemd-analyze", "calendar", line.partition("=")[2]], capture_output=True, text=True, check=False
    )
    assert f"Normalized form: {when}" in done.stdout


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


# The weekly crawl: in each place the same, and it runs.

JOB = "crawl apps -a ids=ids.txt -s PLAYFAST_RUNS=runs -s PLAYFAST_KEEP=8"


def command_of_the_crontab() -> str:
    lines = (SCHEDULE / "crontab-weekly").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line[:1].isdigit()]
    assert line.split(maxsplit=5)[:5] == ["0", "3", "*", "*", "1"]
    assert "%" not in line  # cron makes line breaks of them
    return line.split(maxsplit=5)[5]


def test_all_schedules_name_the_same_job():
    assert f"scrapy {JOB} " in command_of_the_crontab()
    service = (SCHEDULE / "playfast-weekly.service").read_text(encoding="utf-8").splitlines()
    assert f"ExecStart={FOLDER}/.venv/bin/scrapy {JOB}" in service
    config = configparser.ConfigParser()
    config.read(SCHEDULE / "scrapyduler.conf")
    job = config["scheduler.weekly"]
    words = ["crawl", job["spider"]]
    words += [word for pair in job["args"].split() for word in ("-a", pair)]
    words += [word for pair in job["settings"].split() for word in ("-s", pair)]
    assert words == shlex.split(JOB)


@pytest.mark.crawl
def test_the_line_of_the_crontab_runs_and_says_what_went_wrong(store, tmp_path):
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    ids = tmp_path / "ids.txt"
    line = command_of_the_crontab().replace(FOLDER, str(tmp_path))

    def run():
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
        return subprocess.run(
            ["sh", "-c", line],
            env={**environment, "PLAYFAST_URL": store.address},
            capture_output=True,
            text=True,
            check=False,
        )

    ids.write_text("com.example.one\n")
    fine = run()
    assert (fine.returncode, fine.stdout) == (0, ""), fine.stdout
    ids.write_text("# nothing\n")
    failed = run()
    assert failed.returncode == 3
    assert failed.stdout == "scrapy crawl apps: nothing to fetch: the list is empty\n"
    runs = sorted((tmp_path / "runs").iterdir())
    codes = [json.loads((each / "run.json").read_text())["outcome"]["exit_code"] for each in runs]
    assert codes == [0, 3]
    assert b"com.example.one" in gzip.decompress((runs[0] / "apps.jsonl.gz").read_bytes())

"""The examples of a weekly run: systemd takes them, and their commands exist."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.commands import main
from playfast.spiders.apps import AppsSpider
from tests.conftest import ROOT

SCHEDULE = ROOT / "examples" / "schedule"
FOLDER = "/srv/playfast"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("job", ["benchmarks", "weekly"])
def test_systemd_takes_the_units(job, tmp_path):
    units = []
    for unit in sorted(SCHEDULE.glob(f"playfast-{job}.*")):
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
@pytest.mark.parametrize(("job", "day"), [("benchmarks", "Sun"), ("weekly", "Mon")])
def test_the_timer_is_of_every_week(job, day):
    (line,) = [
        line for line in (SCHEDULE / f"playfast-{job}.timer").read_text().splitlines() if "OnCalendar" in line
    ]
    done = subprocess.run(
        ["systemd-analyze", "calendar", line.partition("=")[2]], capture_output=True, text=True, check=False
    )
    assert f"Normalized form: {day} *-*-* 03:00:00" in done.stdout


@pytest.mark.parametrize("file", ["crontab", "playfast-benchmarks.service"])
def test_the_commands_of_the_schedule_exist(file, capsys):
    text = (SCHEDULE / file).read_text(encoding="utf-8")
    for words in (["run", "--check"], ["report", "-o", "benchmarks.html"]):
        assert f"-m benchmarks {' '.join(words)}" in text
        with pytest.raises(SystemExit) as ended:
            main([*words, "--help"])
        assert ended.value.code == 0
    assert "--results" in capsys.readouterr().out


@pytest.mark.parametrize(("file", "day"), [("crontab", "0"), ("crontab-weekly", "1")])
def test_the_crontab_has_one_line_that_runs_once_a_week(file, day):
    assert _line(file).split(maxsplit=5)[:5] == ["0", "3", "*", "*", day]
    assert _line(file).split(maxsplit=5)[5].startswith(f"cd {FOLDER} && ")


def _line(file):
    lines = (SCHEDULE / file).read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#")]
    return line


@pytest.fixture
def at_home(tmp_path):
    """Runs a line of a shell where the project would be, against a store."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = playfast.settings\n", encoding="utf-8")
    (tmp_path / "ids.txt").write_text("com.example.one\n", encoding="utf-8")

    def run(line, store, **more):
        environment = {**os.environ, "PLAYFAST_URL": store, "PYTHONPATH": str(ROOT), **more}
        done = subprocess.run(
            ["sh", "-c", line.replace(FOLDER, str(tmp_path))],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done, sorted(path.name for path in tmp_path.glob("runs/*/*"))

    return run


@pytest.mark.crawl
def test_the_weekly_line_of_cron_makes_a_run_and_tells_one_that_failed(at_home, store):
    command = _line("crontab-weekly").split(maxsplit=5)[5]
    done, files = at_home(command, store.address)
    assert (done.returncode, done.stdout) == (0, "")
    assert files == ["apps.jsonl.gz", "report.html", "run.json"]
    done, _ = at_home(command, "http://127.0.0.1:9", RETRY_TIMES="0")
    assert "scrapy crawl apps: nothing could be fetched" in done.stdout


@pytest.mark.crawl
def test_the_weekly_unit_makes_a_run_and_fails_as_the_crawl_does(at_home, store):
    unit = (SCHEDULE / "playfast-weekly.service").read_text(encoding="utf-8")
    told = dict(
        line.partition("=")[::2] for line in unit.splitlines() if "=" in line and not line.startswith("#")
    )
    settings = dict(pair.split("=") for pair in told["Environment"].split())
    assert settings.keys() == {"PLAYFAST_RUNS", "PLAYFAST_KEEP", "PLAYFAST_PROGRESS"}
    done, files = at_home(told["ExecStart"], store.address, **settings)
    assert done.returncode == 0, done.stderr
    assert files == ["apps.jsonl.gz", "report.html", "run.json"]
    done, _ = at_home(told["ExecStart"], "http://127.0.0.1:9", **settings)
    assert done.returncode == 3


def test_scrapyduler_is_given_a_cron_line_and_arguments_without_blanks():
    config = configparser.ConfigParser()
    config.read(SCHEDULE / "scrapyduler.conf")
    told = config["scheduler.1"]
    assert told["cron"] == "0 3 * * mon"
    arguments = dict(pair.split("=", 1) for pair in told["args"].split())
    assert arguments.keys() <= set(AppsSpider.arguments.declared)
    settings = dict(pair.split("=", 1) for pair in told["settings"].split())
    assert settings.keys() == {"PLAYFAST_RUNS", "PLAYFAST_KEEP"}

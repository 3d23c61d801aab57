"""The real Scrapyd with the project's configuration, against the local store."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.error
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from tests.conftest import ROOT
from tests.scrapyd.server import TAKEN, scrapyd

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.skipif(find_spec("scrapyd") is None, reason="the extra scrapyd is not installed"),
]
SETTINGS = Settings()
SETTINGS.setmodule("playfast.settings")
SPIDERS = SpiderLoader(SETTINGS).list()
IDS = [f"com.example.app{number:03}" for number in range(40)]
SLOW = {"setting": ["DOWNLOAD_DELAY=0.5", "CONCURRENT_REQUESTS=1"]}
QUICK = {"setting": ["DOWNLOAD_DELAY=0", "PLAYFAST_PROGRESS=0"]}


@pytest.fixture(scope="module")
def server(store, tmp_path_factory):
    with scrapyd(tmp_path_factory.mktemp("scrapyd") / "project", store.address) as running:
        yield running


def keys(records):
    return [(record["app_id"], record["country"]) for record in records]


def test_nobody_gets_in_without_the_password(server):
    for word in ("", "wrong"):
        for path in ("daemonstatus.json", "logs/", "items/"):
            with pytest.raises(urllib.error.HTTPError) as caught:
                server.request(path, password=word)
            caught.value.close()
            assert caught.value.code == 401


def test_the_project_is_there_without_an_egg(server):
    assert "default" in server.ask("listprojects.json")["projects"]
    assert server.ask("listspiders.json?project=default")["spiders"] == sorted(SPIDERS)


def test_of_three_jobs_one_is_cancelled_and_the_others_have_every_id_once(server):
    many = server.folder / "many.txt"
    many.write_text("".join(f"com.example.slow{number:05}\n" for number in range(20_000)))
    listed = server.folder / "ids.txt"
    listed.write_text("\n".join(IDS))
    # A name of a file is meant from Scrapyd's folder, for the check as for the job.
    jobs = {
        "slow": server.schedule(ids="many.txt", **SLOW),
        "inline": server.schedule(ids=",".join(IDS), countries="us,kr", **QUICK),
        "file": server.schedule(ids="ids.txt", **QUICK),
    }
    server.wait(jobs["slow"], "running")
    assert server.ask("cancel.json", project="default", job=jobs["slow"])["prevstate"] == "running"
    inline = server.feed(server.wait(jobs["inline"]))
    assert sorted(keys(inline)) == sorted((name, country) for name in IDS for country in ("us", "kr"))
    assert sorted(keys(server.feed(server.wait(jobs["file"])))) == [(name, "us") for name in IDS]
    server.wait(jobs["slow"])


def test_each_job_may_have_a_folder_whose_report_tells_how_it_went(server):
    job = server.schedule(
        ids="com.example.one", setting=[*QUICK["setting"], "PLAYFAST_RUNS=runs", "PLAYFAST_KEEP=2"]
    )
    server.wait(job)
    (run,) = (server.folder / "runs").iterdir()
    assert json.loads((run / "run.json").read_text())["outcome"]["exit_code"] == 0
    assert (run / "apps.jsonl.gz").stat().st_size
    assert (run / "report.html").stat().st_size


def test_a_job_that_fails_looks_finished_and_only_the_report_and_scrapyds_log_say_more(server):
    (server.folder / "empty.txt").write_text("# nothing\n")
    job = server.schedule(ids="empty.txt", setting=[*QUICK["setting"], "PLAYFAST_RUNS=failing"])
    assert "exit" not in json.dumps(server.wait(job))
    (run,) = (server.folder / "failing").iterdir()
    assert json.loads((run / "run.json").read_text())["outcome"]["exit_code"] == 3
    log = (server.folder / "scrapyd.log").read_text()
    assert any("exitstatus=3" in line and job in line for line in log.splitlines())


# What is refused, before anything is queued.


def test_a_list_that_is_too_long_is_refused_with_what_to_do(server):
    told = server.refused(ids="x" * 131_068)
    assert told == (
        "ids has 131,072 bytes with its name, and the system takes 131,071 in one argument; "
        "give a list of ids as a file or as an address instead, ids=/srv/ids.txt or ids=https://..."
    )
    assert "MINE has 140,005 bytes" in server.refused(ids="com.a.b", setting=f"MINE={'é' * 70_000}")


def test_the_longest_list_runs(server):
    ids = ",".join(f"com.example.long{number:05}" for number in range(6_000))[:131_067].rpartition(",")[0]
    ids += "," + "c" * (131_067 - len(ids) - 1)
    assert len(f"ids={ids}") == 131_071
    job = server.schedule(ids=ids, limit="5", fields="title", **QUICK)
    assert len(server.feed(server.wait(job))) == 5


def test_all_mistakes_in_arguments_and_settings_are_told_at_once(server):
    told = server.refused(
        ids="missing.txt", countries="uk", feilds="title", setting=["PLAYFAST_DRIFT=maybe", "PLAYFAST_KEEP=0"]
    )
    assert "unknown argument feilds: did you mean fields?" in told
    assert "countries='uk': 'uk' is no country code (ISO 3166-1, two letters), did you mean gb?" in told
    assert "PLAYFAST_DRIFT='maybe': one of off, warn, stop is due" in told
    assert "PLAYFAST_KEEP='0': a number of runs is due, 1 or more" in told
    assert len(told.splitlines()) == 5
    assert not server.jobs("pending")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ids": "-"}, "ids='-': a job of Scrapyd has no standard input"),
        ({"ids": "com.a.b", "setting": "FEEDS={}"}, "setting=FEEDS: Scrapyd would put its own in its place"),
        ({"ids": "com.a.b", "setting": "DOWNLOAD_DELAY"}, "setting='DOWNLOAD_DELAY': NAME=value is due"),
        ({"ids": ["com.a.b", "com.a.c"]}, "ids is given 2 times"),
        ({"ids": "com.a.b", "spider": "aps"}, "there is no spider 'aps': did you mean apps?"),
        ({"ids": "com.a.b", "project": "others"}, "project 'others' not found"),
        ({"ids": "a\0b"}, "ids: its value holds a zero byte"),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_refused(server, given, told):
    assert told in server.refused(**given)
    assert not server.jobs("pending")


# The egg.


def test_an_egg_is_deployed_and_runs(server):
    deploy = Path(sys.executable).with_name("scrapyd-deploy")
    config = server.folder / "scrapy.cfg"
    before = config.read_text()
    config.write_text(before.replace("http://127.0.0.1:6800", server.address))
    command = [sys.executable, deploy, "--version", "one"]
    done = subprocess.run(
        command, cwd=server.folder, env=server.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    config.write_text(before)
    assert '"status": "ok"' in done.stdout
    assert f'"spiders": {len(SPIDERS)}' in done.stdout
    assert server.ask("listversions.json?project=playfast")["versions"] == ["one"]
    assert "countries='uk'" in server.refused(project="playfast", ids="com.a.b", countries="uk")
    job = server.schedule(project="playfast", ids=",".join(IDS), **QUICK)
    assert len(server.feed(server.wait(job, project="playfast"))) == len(IDS)


def test_an_egg_holds_the_package_its_data_and_its_settings_and_no_tests(tmp_path):
    for name in (*TAKEN, "playfast"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    deploy = Path(sys.executable).with_name("scrapyd-deploy")
    subprocess.run(
        [sys.executable, deploy, "--build-egg", "p.egg"], cwd=tmp_path, check=True, capture_output=True
    )
    with zipfile.ZipFile(tmp_path / "p.egg") as egg:
        names = set(egg.namelist())
        assert "settings = playfast.settings" in egg.read("EGG-INFO/entry_points.txt").decode()
    sources = {str(path.relative_to(ROOT)) for path in (ROOT / "playfast").rglob("*.py")}
    data = {"playfast/runs/report.schema.json", "playfast/pages/page.html", "playfast/pages/page.css"}
    assert sources | data <= names
    assert not [name for name in names if name.startswith(("tests", "benchmarks"))]

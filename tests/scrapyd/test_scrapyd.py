"""The real Scrapyd, with a password, against the local store."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("scrapyd", reason="needs Scrapyd: pip install 'playfast-scrapy[scrapyd]'")
requests = pytest.importorskip("requests", reason="needs requests, which scrapyd-client brings")

from examples.scrapyd.demo import Scrapyd, scrapyd  # noqa: E402
from playfast.scrapyd.schedule import LONGEST, mistakes, too_long  # noqa: E402
from tests.conftest import ROOT, local_store  # noqa: E402
from tests.waiting import until  # noqa: E402

BIN = Path(sys.executable).parent


def project(folder: Path) -> Path:
    """A folder with what Scrapyd reads of the project."""
    for name in ("scrapy.cfg", "scrapyd.conf"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def slow_store():
    with local_store("--latency", "0.2") as running:
        yield running


@pytest.fixture(scope="module")
def service(slow_store, tmp_path_factory):
    folder = project(tmp_path_factory.mktemp("scrapyd"))
    (folder / "ids.txt").write_text(
        "".join(f"com.example.a{number}\n" for number in range(100)), encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with scrapyd(slow_store.address, folder) as running:
            yield running


@pytest.mark.crawl
def test_three_jobs_one_cancelled_and_every_id_once_in_the_feeds_of_the_others(service, slow_store):
    jobs = [
        service.schedule(ids="com.example.one,com.example.two", countries="us,kr", jobid="inline"),
        service.schedule(
            ids=f"{slow_store.address}/_localstore/ids.txt?count=100000", batch="4", jobid="long"
        ),
        service.schedule(ids="ids.txt", fields="title", jobid="file"),
    ]
    assert jobs == ["inline", "long", "file"]
    until(lambda: service.feed("long"))
    answer = service.post("/cancel.json", {"project": "playfast", "job": "long"})
    assert answer["prevstate"] == "running"
    for job in jobs:
        until(lambda job=job: service.state(job) == "finished")
    assert 0 < len(service.feed("long")) < 100_000
    assert sorted((record["app_id"], record["country"]) for record in service.feed("inline")) == [
        ("com.example.one", "kr"), ("com.example.one", "us"), ("com.example.two", "kr"), ("com.example.two", "us"),
    ]  # fmt: skip
    assert sorted(record["app_id"] for record in service.feed("file")) == sorted(
        f"com.example.a{number}" for number in range(100)
    )
    assert "The crawl in numbers" in service.get("/logs/playfast/apps/file.log").text


@pytest.mark.crawl
def test_nobody_gets_in_without_the_password(service):
    for path in ("/", "/listjobs.json?project=playfast", "/logs/", "/items/"):
        assert requests.get(service.address + path, timeout=30).status_code == 401
    stranger = Scrapyd(service.address, "demo", "guess")
    assert (
        stranger.session.post(
            service.address + "/schedule.json", data={"project": "playfast"}, timeout=30
        ).status_code
        == 401
    )


def test_it_does_not_start_without_one(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCRAPYD_")}
    environment |= {"PYTHONPATH": str(ROOT), "SCRAPYD_HTTP_PORT": "0", "SCRAPYD_USERNAME": "me"}
    done = subprocess.run(
        [BIN / "scrapyd", "--pidfile="],
        cwd=project(tmp_path),
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Give it a user and a password: SCRAPYD_USERNAME and SCRAPYD_PASSWORD" in done.stdout + done.stderr


@pytest.mark.crawl
@pytest.mark.parametrize(
    ("given", "due"),
    [
        ({"ids": "com.example.app," * 9_000}, "ids has 144,004 bytes, and a job can be given 131,071"),
        ({"ids": "a.b", "setting": "USER_AGENT=" + "x" * 140_000}, "USER_AGENT has 140,011 bytes"),
        ({"ids": "a.b", "countries": "uk", "idz": "x"}, "'uk' is no country code"),
        ({"ids": "a.b", "setting": "PLAYFAST_DRIFT=maybe"}, "one of off, warn, stop is due"),
        ({"ids": "no/such/file.txt"}, "no/such/file.txt"),
        ({"ids": "-"}, "a job has no standard input"),
        ({}, "ids is missing"),
    ],
)
def test_what_could_not_run_is_refused_in_the_answer_and_leaves_no_job(service, given, due):
    answer = service.post(
        "/schedule.json", {"project": "playfast", "spider": "apps", "jobid": "refused", **given}
    )
    assert answer["status"] == "error"
    assert due in answer["message"]
    assert service.state("refused") == "unknown"


def test_the_longest_argument_is_what_the_system_takes():
    subprocess.run(["true", "x" * LONGEST], check=True)
    with pytest.raises(OSError, match="too long"):
        subprocess.run(["true", "x" * (LONGEST + 1)], check=False)
    assert not too_long({b"ids": [b"x" * (LONGEST - 4)], b"project": [b"y" * 10**6]})
    assert too_long({b"ids": [b"x" * (LONGEST - 3)]})


def test_jobs_of_other_projects_spiders_and_versions_are_left_to_themselves():
    wrong = {b"ids": [b"a.b"], b"countries": [b"uk"], b"spider": [b"apps"], b"project": [b"playfast"]}
    before = dict(os.environ)
    assert mistakes(wrong)
    assert dict(os.environ) == before  # jobs of other projects inherit it
    assert not mistakes({**wrong, b"project": [b"mine"]})
    assert not mistakes({**wrong, b"spider": [b"mine"]})
    assert not mistakes({**wrong, b"_version": [b"1"]})


@pytest.mark.crawl
def test_an_egg_holds_the_whole_project_and_runs(slow_store, tmp_path):
    source, home = tmp_path / "source", tmp_path / "home"
    home.mkdir()
    shutil.copytree(ROOT / "playfast", source / "playfast", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "scrapy.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    egg = tmp_path / "playfast.egg"
    subprocess.run(
        [BIN / "scrapyd-deploy", f"--build-egg={egg}"], cwd=source, check=True, capture_output=True
    )
    held = set(zipfile.ZipFile(egg).namelist())
    ours = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "playfast").rglob("*")
        if path.suffix in {".py", ".css", ".js", ".html", ".json", ".typed"}
    }
    assert ours <= held
    # A Scrapyd that knows nothing of the project but its egg, and nothing of our schedule.json.
    (home / "scrapyd.conf").write_text(
        "[scrapyd]\nitems_dir = items\npoll_interval = 0.5\n", encoding="utf-8"
    )
    with scrapyd(slow_store.address, home) as service:
        with egg.open("rb") as file:
            answer = service.post("/addversion.json", {"project": "egg", "version": "1"}, egg=file)
        assert (answer["status"], answer["spiders"]) == ("ok", 1)
        job = service.schedule("egg", ids="com.example.one", jobid="one")
        until(lambda: service.state(job, "egg") == "finished")
        assert [record["app_id"] for record in service.feed(job, "egg")] == ["com.example.one"]

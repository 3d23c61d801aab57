"""Jobs over HTTP, from beginning to end: the local store and Scrapyd are started, asked and stopped. `make scrapyd-demo` runs it.

Whatever does not go as it should ends it with an error, and everything it has started with it.
"""

from __future__ import annotations

import base64
import functools
import http.server
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
USER, PASSWORD = "demo", secrets.token_urlsafe(24)
PATIENCE = 90  # seconds, for any one step
QUICK = ["DOWNLOAD_DELAY=0"]  # the pace is for Google; here the local store is asked


def main() -> None:
    with ExitStack() as started:
        folder = Path(started.enter_context(tempfile.TemporaryDirectory(prefix="scrapyd-demo-")))
        ids = (PROJECT / "examples" / "ids.txt").read_text(encoding="utf-8")
        (folder / "ids.txt").write_text(ids, encoding="utf-8")
        (folder / "many.txt").write_text(
            "".join(f"com.example.app{n:05}\n" for n in range(20_000)), encoding="utf-8"
        )

        store = started.enter_context(local_store())
        lists = started.enter_context(web_server(folder))
        ask = started.enter_context(scrapyd(folder, store))
        step(
            f"Scrapyd runs, with a password. It has the spiders {ask('listspiders.json?project=default')['spiders']}"
        )

        step("Without the password:")
        print(f"  {status_without_password(ask)}")

        step("A job that would be refused is told so, and not queued:")
        refused = ask("schedule.json", ids="ids.txt", countries="uk")
        due(refused["status"] == "error", refused)
        print(f"  {refused['message']}")
        refused = ask("schedule.json", ids="x" * 200_000)
        due(refused["status"] == "error", refused)
        print(f"  {refused['message']}")

        step("A long job, to be cancelled, and three lists: in the request, a file, an address.")
        long = schedule(
            ask, ids=str(folder / "many.txt"), setting=["DOWNLOAD_DELAY=1", "CONCURRENT_REQUESTS=1"]
        )
        wait_for(ask, "running", long)
        cancelled = ask("cancel.json", job=long)
        due(cancelled.get("prevstate") == "running", cancelled)
        jobs = {
            "in the request": schedule(ask, ids="com.example.one,com.example.two", setting=QUICK),
            "a file": schedule(ask, ids=str(folder / "ids.txt"), setting=QUICK),
            "an address": schedule(ask, ids=f"{lists}/ids.txt", setting=QUICK),
        }
        ended = {name: wait_for(ask, "finished", job) for name, job in jobs.items()}
        wait_for(ask, "finished", long)
        print("  all have ended")

        step("Their feeds:")
        for name, job in ended.items():
            show(name, ask.body(job["items_url"]))

        step("The same, deployed as an egg, for a Scrapyd that has no folder of the project:")
        print(f"  {deploy(folder / 'deployed', ask)}")
        job = schedule(ask, project="playfast", ids="com.example.one", setting=QUICK)
        show("from the egg", ask.body(wait_for(ask, "finished", job, "playfast")["items_url"]))


def show(name: str, feed: bytes) -> None:
    """The end of a feed in JSON Lines; a text may hold other line breaks than the one that ends a record."""
    records = feed.decode().split("\n")[:-1]
    due(records, f"the feed of {name} is empty")
    print(f"  {name}: {len(records)} records; the last begins:\n  {records[-1][:100]} ...")


def deploy(folder: Path, ask: Ask) -> str:
    """Send the project to Scrapyd as an egg, as `scrapyd-deploy` does in the project's folder; what Scrapyd answers."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "playfast", folder / "playfast", ignore=ignored)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, folder / name)
    config = (
        (PROJECT / "scrapy.cfg").read_text(encoding="utf-8").replace("http://127.0.0.1:6800", ask.address)
    )
    (folder / "scrapy.cfg").write_text(config, encoding="utf-8")
    command = [Path(sys.executable).with_name("scrapyd-deploy"), "--version", "demo"]
    environment = {**os.environ, "SCRAPYD_USERNAME": USER, "SCRAPYD_PASSWORD": PASSWORD}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    due(done.returncode == 0 and '"status": "ok"' in done.stdout, done.stdout + done.stderr)
    return done.stdout.strip().split("\n")[-1]


def step(text: str) -> None:
    print(f"\n{text}", flush=True)


def due(true: object, told: object) -> None:
    if not true:
        raise SystemExit(f"scrapyd-demo: this was not to come: {told}")


class Ask:
    """Asks Scrapyd; with arguments, for something to be done."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    def body(self, path: str, data: bytes | None = None) -> bytes:
        headers = {"Authorization": f"Basic {self.token}"}
        request = urllib.request.Request(f"{self.address}/{path.lstrip('/')}", data, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def __call__(self, path: str, **given: Any) -> dict[str, Any]:
        if not given:
            return dict(json.loads(self.body(path)))
        form = {"project": "default", "spider": "apps", **given}
        return dict(json.loads(self.body(path, urlencode(form, doseq=True).encode())))


def schedule(ask: Ask, **given: Any) -> str:
    told = ask("schedule.json", **given)
    due(told["status"] == "ok", told)
    return str(told["jobid"])


def wait_for(ask: Ask, state: str, job: str, project: str = "default") -> dict[str, Any]:
    """The job, as listjobs.json has it once it is in that state."""

    def found() -> dict[str, Any] | None:
        jobs = ask(f"listjobs.json?project={project}")[state]
        return next((entry for entry in jobs if entry["id"] == job), None)

    return dict(until(found, f"job {job} is not {state}"))


def until(look: Callable[[], Any], told: str) -> Any:
    """Look again and again, since Scrapyd tells nobody how far a job is."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        due(time.monotonic() < end, told)
        time.sleep(0.1)
    return found


def status_without_password(ask: Ask) -> str:
    try:
        with urllib.request.urlopen(f"{ask.address}/daemonstatus.json", timeout=PATIENCE):
            raise SystemExit("scrapyd-demo: Scrapyd let somebody in without the password")
    except urllib.error.HTTPError as refused:
        with refused:
            due(refused.code == 401, refused)
            return f"{refused.code} {refused.reason}"


@contextmanager
def local_store() -> Iterator[str]:
    command = [sys.executable, "-m", "playfast.localstore", "--port", "0", "--until-stdin-closes"]
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        line = process.stdout.readline()
        due(line.startswith("listening on "), line or "the local store did not start")
        try:
            yield line.removeprefix("listening on ").strip()
        finally:
            process.stdin.close()


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """Something that has a list of ids under an address."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """No line for each request."""


@contextmanager
def scrapyd(folder: Path, store: str) -> Iterator[Ask]:
    """Scrapyd with the project's scrapy.cfg and scrapyd.conf; what it writes goes to a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("scrapy.cfg", "scrapyd.conf"):
        (folder / name).write_bytes((PROJECT / name).read_bytes())
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "PLAYFAST_URL": store,
        "SCRAPYD_USERNAME": USER,
        "SCRAPYD_PASSWORD": PASSWORD,
        "SCRAPYD_HTTP_PORT": str(port),
    }
    log = folder / "scrapyd.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapyd"], cwd=folder, env=environment, stdout=written, stderr=written
        )
    ask = Ask(f"http://127.0.0.1:{port}")
    try:
        until(lambda: process.poll() is not None or answers(ask), "Scrapyd does not answer")
        due(process.poll() is None, log.read_text(encoding="utf-8"))
        yield ask
    finally:
        if process.poll() is None:
            stop_jobs(ask)
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)


def answers(ask: Ask) -> bool:
    try:
        return bool(ask("daemonstatus.json")["status"] == "ok")
    except urllib.error.URLError:
        return False


def stop_jobs(ask: Ask) -> None:
    """End what still runs: Scrapyd would leave its jobs behind."""
    for state in ("pending", "running"):
        for job in ask("listjobs.json?project=default")[state]:
            ask("cancel.json", job=job["id"])
    until(lambda: not ask("listjobs.json?project=default")["running"], "a job does not end")


if __name__ == "__main__":
    main()

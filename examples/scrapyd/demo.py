"""Scrapyd from its start to a job's feed, beside a local store: `make scrapyd-demo`.

Both servers listen on 127.0.0.1, at free ports, and end with this program. What Scrapyd keeps is in .scrapyd/.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
KEPT = PROJECT / ".scrapyd"
PATIENCE = 60.0


class Scrapyd:
    """The service as a client sees it."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.auth = (user, password)

    def get(self, path: str, **parameters: str) -> Any:
        return self.session.get(self.address + path, params=parameters, timeout=30)

    def post(self, path: str, data: Any, **files: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.session.post(
            self.address + path, data=data, files=files or None, timeout=60
        ).json()
        return answer

    def schedule(self, project: str = "playfast", **arguments: str) -> str:
        """Have the apps spider run; the job's id."""
        answer = self.post("/schedule.json", {"project": project, "spider": "apps", **arguments})
        if answer["status"] != "ok":
            raise SystemExit(f"schedule.json: {answer['message']}")
        return str(answer["jobid"])

    def state(self, job: str, project: str = "playfast") -> str:
        """pending, running or finished."""
        jobs = self.get("/listjobs.json", project=project).json()
        return next(
            (
                state
                for state in ("pending", "running", "finished")
                if any(one["id"] == job for one in jobs[state])
            ),
            "unknown",
        )

    def until(self, state: str, job: str, project: str = "playfast") -> None:
        """Follow a job until it has got there."""
        end = time.monotonic() + PATIENCE
        while (now := self.state(job, project)) != state:
            if time.monotonic() > end or now == "finished":
                raise SystemExit(
                    f"job {job} is {now}, and not {state}:\n{self.get(f'/logs/{project}/apps/{job}.log').text[-2000:]}"
                )
            time.sleep(0.2)

    def feed(self, job: str, project: str = "playfast") -> list[dict[str, Any]]:
        """The records of a job so far."""
        answer = self.get(f"/items/{project}/apps/{job}.jl")
        if answer.status_code == requests.codes.not_found:
            return []
        lines = answer.content.split(b"\n")[:-1]  # what stands behind the last line feed is being written
        return [json.loads(line) for line in lines]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def local_store(*options: str) -> Iterator[str]:
    """A local store; its address."""
    command = [sys.executable, "-m", "playfast.localstore", "--until-stdin-closes", *options]
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().removeprefix("listening on ").strip()
        assert process.stdin is not None
        process.stdin.close()


@contextmanager
def scrapyd(store: str, folder: Path = PROJECT) -> Iterator[Scrapyd]:
    """Scrapyd as the folder's scrapyd.conf has it, at a free port, with a password that nobody else knows; its jobs ask this store."""
    port, password = free_port(), secrets.token_urlsafe()
    environment = {
        **os.environ,
        "SCRAPYD_HTTP_PORT": str(port),
        "SCRAPYD_USERNAME": "demo",
        "SCRAPYD_PASSWORD": password,
        "PLAYFAST_URL": store,
        "PLAYFAST_PACE": "unpaced",
    }
    told = folder / ".scrapyd" / "scrapyd.log"
    told.parent.mkdir(exist_ok=True)
    with told.open("wb") as log:
        command = [BIN / "scrapyd", "--pidfile="]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    service = Scrapyd(f"http://127.0.0.1:{port}", "demo", password)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                service.get("/daemonstatus.json").raise_for_status()
                break
            except requests.ConnectionError:
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(told.read_text()) from None
                time.sleep(0.1)
        yield service
    finally:
        process.terminate()
        process.wait()


def tell(text: str) -> None:
    print(f"\n{text}", flush=True)


def show(records: list[dict[str, Any]]) -> None:
    for record in records[-3:]:
        print("  ", json.dumps(record, ensure_ascii=False)[:110], "...")


def main() -> None:
    """All steps; exits with 1 where one does not do what it says."""
    ids = PROJECT / "examples" / "ids.txt"
    with local_store("--latency", "0.2") as store, scrapyd(store) as service:
        tell(
            f"Scrapyd runs at {service.address}; without the password it answers {requests.get(service.address, timeout=9).status_code}."
        )
        print("  ", service.get("/listspiders.json", project="playfast").text.strip())

        tell("Three jobs: ids in the command, in a file, behind an address.")
        jobs = [
            service.schedule(ids="com.example.one,com.example.two", countries="us,kr"),
            service.schedule(ids=str(ids)),
            service.schedule(ids=f"{store}/_localstore/ids.txt?count=300"),
        ]
        for job in jobs:
            service.until("finished", job)
            records = service.feed(job)
            print(f"   job {job}: {len(records)} records")
            if not records:
                raise SystemExit("a feed is empty")

        tell("A job that cannot run is refused, and so is a list that is too long for a process.")
        for wrong in ({"ids": "com.example.one", "countries": "uk"}, {"ids": "com.example.app," * 9_000}):
            answer = service.post("/schedule.json", {"project": "playfast", "spider": "apps", **wrong})
            if answer["status"] != "error":
                raise SystemExit(f"it was taken: {answer}")
            print("  ", answer["message"][:150])

        tell("A long job is cancelled: what it had asked for stays in its feed.")
        long = service.schedule(ids=f"{store}/_localstore/ids.txt?count=200000", batch="8")
        service.until("running", long)
        while not service.feed(long):
            time.sleep(0.2)
        service.post("/cancel.json", {"project": "playfast", "job": long})
        service.until("finished", long)
        print(f"   job {long}: {len(service.feed(long))} of 200,000 records")

        tell("The same project as an egg.")
        egg = KEPT / "playfast.egg"
        subprocess.run(
            [BIN / "scrapyd-deploy", f"--build-egg={egg}"], cwd=PROJECT, check=True, capture_output=True
        )
        with egg.open("rb") as file:
            print("  ", service.post("/addversion.json", {"project": "egg", "version": "1"}, egg=file))
        job = service.schedule("egg", ids="com.example.one")
        service.until("finished", job, "egg")
        if len(service.feed(job, "egg")) != 1:
            raise SystemExit("the egg's feed is not whole")

        tell(
            f"The end of the feed of {ids.name}, as {service.address}/items/playfast/apps/{jobs[1]}.jl gave it:"
        )
        show(service.feed(jobs[1]))
    shutil.rmtree(PROJECT / "build", ignore_errors=True)


if __name__ == "__main__":
    main()

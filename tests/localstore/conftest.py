"""A store in a process of its own, a client that knows nothing but HTTP, and the recorded answers where they are to be had."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

ROOT = Path(__file__).parents[2]
RECORDED = Path(os.environ.get("PLAYFAST_RECORDED") or ROOT.parent / "shared" / "recorded")


@dataclass
class Answer:
    """One answer over HTTP."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.raw) if self.headers.get("content-encoding") == "gzip" else self.raw

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Asks a store, one connection per question."""

    def __init__(self, port: int, process: subprocess.Popen[str]) -> None:
        self.port, self.process = port, process

    def ask(
        self, method: str, path: str, body: bytes | None = None, *, zipped: bool = False, cookie: str = ""
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Accept-Encoding": "gzip", "User-Agent": "tests"} if zipped else {"User-Agent": "tests"}
        if cookie:
            headers["Cookie"] = cookie
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **how: Any) -> Answer:
        return self.ask("GET", path, **how)

    def page(self, app_id: str, gl: str = "us", hl: str = "en", **how: Any) -> Answer:
        return self.get(f"/store/apps/details?id={app_id}&hl={hl}&gl={gl}", **how)

    def post(self, calls: list[Any], query: str = "hl=en&gl=us", **how: Any) -> Answer:
        body = "f.req=" + quote(json.dumps([calls]), safe="")
        return self.ask("POST", f"/_/PlayStoreUi/data/batchexecute?{query}", body.encode(), **how)

    def report(self) -> dict[str, Any]:
        return self.get("/_localstore/report").json()

    def change(self, **options: Any) -> Answer:
        return self.ask("POST", "/_localstore/options", json.dumps(options).encode())


def call(app_id: str, *fields: int, tag: Any = None, context: Any = None) -> list[Any]:
    """A call for some fields of an app; its tag is the id unless another is given."""
    arguments = json.dumps([None, None, [list(fields)], context, None, [[app_id, 7]]])
    return ["Ws7gDc", arguments, None, app_id if tag is None else tag]


def frames(text: str) -> dict[Any, list[Any]]:
    """The answers of a body, by tag, in either framing."""
    assert text.startswith(")]}'\n\n")
    found = {}
    for line in text[6:].split("\n"):
        if line.startswith("["):
            for frame in json.loads(line):
                if frame[0] == "wrb.fr":
                    assert frame[6] not in found
                    found[frame[6]] = frame
    return found


def record(frame: list[Any]) -> list[Any]:
    """The record within an answer."""
    return json.loads(frame[2])[1][2]


def at(record: list[Any], *path: int) -> Any:
    """A value by its path, wherever the object at an array's end begins; None when it is not there."""
    node: Any = record
    for index in path:
        if not isinstance(node, list):
            return None
        tail = node[-1] if node and isinstance(node[-1], dict) else {}
        if str(index + 1) in tail:
            node = tail[str(index + 1)]
        elif index < len(node) and node[index] is not tail:
            node = node[index]
        else:
            return None
    return node


@contextmanager
def running(*options: str) -> Iterator[Client]:
    command = [sys.executable, "-W", "error", "-m", "playfast.localstore", "--until-stdin-closes", *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        yield Client(int(line.rpartition(":")[2]), process)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 0
        assert errors == ""


@pytest.fixture(scope="session")
def server() -> Iterator[Client]:
    """A store without faults. Tests that look at its counts start one of their own."""
    with running() as client:
        yield client


def recorded(path: str) -> str:
    """A recorded answer; the test is left out where there are none."""
    if not (RECORDED / path).exists():
        pytest.skip(f"no {path} at {RECORDED}; set PLAYFAST_RECORDED")
    return gzip.decompress((RECORDED / path).read_bytes()).decode()


def blocks(page: str) -> dict[str, Any]:
    """The data of a page's blocks, by the RPC that each is of; of two with the same, the first."""
    decoder = json.JSONDecoder()
    data = {
        found[1]: decoder.raw_decode(page, found.end())[0]
        for found in re.finditer(r"AF_initDataCallback\(\{key: '(ds:\d+)', [^[]*data:", page)
    }
    return {rpc: data[key] for key, rpc, _ in reversed(routing(page)) if key in data}


def routing(page: str) -> list[tuple[str, str, str]]:
    """What a page says of its blocks: key, RPC, and what was asked (with the number that stands before some)."""
    table = re.search(r"AF_dataServiceRequests = (\{.*?\}); var AF_initDataChunkQueue", page)
    assert table
    return re.findall(r"'(ds:\d+)' : \{id:'(\w+)',((?:ext: [\d.E]+ ,)?request:.*?)\}(?=,'ds:|\}$)", table[1])


def answer(server: Client, rpc: str, arguments: Any, query: str = "hl=en&gl=us") -> tuple[Any, Any]:
    """The payload and the error of one call."""
    (frame,) = frames(server.post([[rpc, json.dumps(arguments), None, "1"]], query).text).values()
    return None if frame[2] is None else json.loads(frame[2]), frame[5]


def shape(value: Any) -> str:
    """The shape of a value; neighbouring arrays of one shape count once, and true and 1 are alike, as in pages and answers they are."""
    if isinstance(value, list):
        parts: list[str] = []
        for part in map(shape, value):
            if part[0] != "[" or parts[-1:] != [part]:
                parts.append(part)
        return f"[{','.join(parts)}]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{shape(part)}" for key, part in value.items()) + "}"
    return "-" if value is None else "t" if isinstance(value, str) else "n"


@pytest.fixture(scope="session")
def recorded_pages() -> dict[str, str]:
    """The recorded pages of apps in today's layout, by name."""
    if not RECORDED.is_dir():
        pytest.skip(f"no recorded answers at {RECORDED}; set PLAYFAST_RECORDED")
    return {
        path.name.partition(".")[0]: gzip.decompress(path.read_bytes()).decode()
        for path in sorted(RECORDED.glob("details*/*.html.gz"))
        if "2022" not in path.name
    }

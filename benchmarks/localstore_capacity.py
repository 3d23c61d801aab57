"""How much the local store can serve, so that no other benchmark mistakes its limit for a crawler's.

    python benchmarks/localstore_capacity.py [--seconds 5] [--connections 4]

Starts the store in a process of its own, makes answers ready, and drives it from this process with raw sockets: a client that
reads bytes, and unpacks and checks one answer in fifty. Prints answers per second, and per second of the store's own processor time, which
depends less on what else the machine does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
FULL_MASK = [
    1, 9, 10, 11, 13, 14, 19, 20, 38, 43, 47, 49, 52, 58, 59, 63, 69, 70, 73, 74, 75, 78, 79, 80, 91, 92, 95, 96, 97, 100, 101, 103, 106,
    112, 119, 129, 137, 140, 139, 141, 145, 146, 149, 151, 155, 169, 183, 187, 193,
]  # fmt: skip
CHECK_ONE_IN = 50
TARGETS = {
    "records, prepared": 8_000,
    "records, cold": 2_000,
    "one field, prepared": 60_000,
    "pages, prepared": 400,
}


@dataclass
class Work:
    """One kind of load: requests to repeat, how many answers each brings, and how to check a body."""

    name: str
    requests: list[bytes]
    answers: int
    check: Callable[[bytes, bytes], None]
    repeat: bool = True


class Server:
    """The store in its process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "playfast.localstore", "--until-stdin-closes", "--cache-mb", "1500"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", line)
        assert found, line
        self.port = int(found[1])

    def connect(self) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def ask(self, request: bytes) -> bytes:
        with self.connect() as connection:
            connection.sendall(request)
            return read_body(connection, bytearray(1 << 20))

    def report(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = json.loads(
            self.ask(http("GET", "/_localstore/report", zipped=False))
        )
        return found

    def processor_seconds(self) -> float:
        """The processor time that the store has used; 0.0 where the system does not tell."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return 0.0
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.communicate(timeout=10)
        assert self.process.returncode == 0, self.process.returncode


def http(method: str, path: str, body: bytes = b"", *, zipped: bool = True) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "User-Agent: capacity"]
    if zipped:
        lines.append("Accept-Encoding: gzip")
    if body:
        lines += [
            "Content-Type: application/x-www-form-urlencoded;charset=UTF-8",
            f"Content-Length: {len(body)}",
        ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def read_body(connection: socket.socket, buffer: bytearray) -> bytes:
    """Read one answer; give its body. Everything is read, nothing is copied but the body."""
    view = memoryview(buffer)
    have, end = 0, -1
    while end < 0:
        got = connection.recv_into(view[have:])
        assert got, "the store closed the connection"
        have += got
        end = buffer.find(b"\r\n\r\n", 0, have)
    head = bytes(view[:end]).lower()
    assert head.startswith(b"http/1.1 200"), head
    length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
    total = end + 4 + length
    while have < total:
        got = connection.recv_into(view[have:])
        assert got, "the store closed the connection"
        have += got
    return bytes(view[end + 4 : total])


def pack(ids: list[str], mask: list[int]) -> bytes:
    """A POST that asks for these fields of these apps."""
    calls = []
    for app_id in ids:
        arguments = json.dumps([None, None, [mask], None, None, [[app_id, 7]]], separators=(",", ":"))
        calls.append(["Ws7gDc", arguments, None, app_id])
    body = "f.req=" + quote(json.dumps([calls], separators=(",", ":")), safe="")
    return http("POST", "/_/PlayStoreUi/data/batchexecute?rpcids=Ws7gDc&hl=en&gl=us", body.encode())


def check_pack(request: bytes, body: bytes) -> None:
    """Every call of the request is answered under its tag, with the id or with nothing."""
    text = gzip.decompress(body).decode()
    assert text.startswith(")]}'\n\n")
    asked = set(re.findall(r"%5B%5B%5C%22([\w.]+)%5C%22%2C7", request.decode()))
    frames = {frame[6]: frame for frame in json.loads(text[5:]) if frame[0] == "wrb.fr"}
    assert set(frames) == asked, (len(frames), len(asked))
    for tag, frame in frames.items():
        assert frame[2] is None or json.loads(frame[2])[1][3:4] == [] or f'"{tag}"' in frame[2]


def check_page(request: bytes, body: bytes) -> None:
    """The page is whole, and of the app that was asked for."""
    text = gzip.decompress(body).decode()
    found = re.search(rb"id=([\w.]+)", request)
    assert found
    assert text.endswith("</html>")
    assert f'<meta name="appstore:store_id" content="{found[1].decode()}">' in text
    assert text.count("AF_initDataCallback({key:") >= 10, text.count("AF_initDataCallback({key:")


def drive(server: Server, work: Work, seconds: float, connections: int) -> tuple[float, float, int, float]:
    """Keep that many requests under way for that long; give answers per second, per processor second, requests, MB/s."""
    sockets = [server.connect() for _ in range(connections)]
    buffer = bytearray(4 << 20)
    stream: Iterator[bytes] = cycle(work.requests) if work.repeat else iter(work.requests)
    waiting: list[tuple[socket.socket, bytes]] = []
    used, started = server.processor_seconds(), time.perf_counter()
    for connection, request in zip(sockets, islice(stream, connections), strict=False):
        connection.sendall(request)
        waiting.append((connection, request))
    done = size = 0
    while waiting:
        connection, request = waiting.pop(0)
        body = read_body(connection, buffer)
        done += 1
        size += len(body)
        following = next(stream, None) if time.perf_counter() - started < seconds else None
        if following is not None:
            connection.sendall(following)
            waiting.append((connection, following))
        if done % CHECK_ONE_IN == 1:
            work.check(request, body)
    elapsed = time.perf_counter() - started
    used = server.processor_seconds() - used
    for connection in sockets:
        connection.close()
    answers = done * work.answers
    return answers / elapsed, answers / used if used else 0.0, done, size / elapsed / 1e6


def available(server: Server, count: int, start: int) -> list[str]:
    with server.connect() as connection:
        request = http("GET", f"/_localstore/ids.txt?count={count}&start={start}", zipped=False)
        connection.sendall(request.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nConnection: close\r\n"))
        raw = b""
        while block := connection.recv(1 << 20):
            raw += block
    return re.findall(
        r"^[a-z]+\.[\w.]+$", raw.decode().partition("\r\n\r\n")[2].replace("\r\n", "\n"), re.MULTILINE
    )[:count]


def prepare(server: Server, ids: list[str], **wish: object) -> None:
    for k in range(0, len(ids), 100):
        server.ask(
            http(
                "POST",
                "/_localstore/prepare",
                json.dumps({"ids": ids[k : k + 100], **wish}).encode(),
                zipped=False,
            )
        )


def in_packs(ids: list[str], size: int, mask: list[int]) -> list[bytes]:
    return [pack(ids[k : k + size], mask) for k in range(0, len(ids) - size + 1, size)]


def works(server: Server) -> Iterator[Work]:
    """The loads, each made ready when its turn comes."""
    records = available(server, 3_200, 0)
    prepare(server, records)
    yield Work("records, prepared", in_packs(records, 32, FULL_MASK), 32, check_pack)
    fresh = available(server, 64_000, 100_000)
    yield Work("records, cold", in_packs(fresh, 32, FULL_MASK), 32, check_pack, repeat=False)
    many = available(server, 20_000, 200_000)
    prepare(server, many, mask=[80])
    yield Work("one field, prepared", in_packs(many, 1_000, [80]), 1_000, check_pack)
    yield Work(
        "one field, cold",
        in_packs(available(server, 400_000, 300_000), 1_000, [80]),
        1_000,
        check_pack,
        repeat=False,
    )
    paged = [f"example.maker{k}.app1" for k in range(300)]
    prepare(server, paged, pages=True)
    pages = [http("GET", f"/store/apps/details?id={app_id}&hl=en&gl=us") for app_id in paged]
    yield Work("pages, prepared", pages, 1, check_page)
    yield Work("pages, cold", [r.replace(b"app1", b"app2") for r in pages] * 1, 1, check_page, repeat=False)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each load lasts (default 4)")
    parser.add_argument("--connections", type=int, default=4, help="requests under way at once (default 4)")
    given = parser.parse_args()
    server = Server()
    try:
        before = 0
        print(f"{'load':22}{'answers/s':>12}{'per cpu s':>12}{'target':>10}{'MB/s':>8}")
        for work in works(server):
            rate, per_cpu, requests, megabytes = drive(server, work, given.seconds, given.connections)
            seen = sum(server.report()["requests"].values())
            assert seen - before == requests, f"{requests} requests were sent, the store saw {seen - before}"
            before = seen
            target = TARGETS.get(work.name)
            print(
                f"{work.name:22}{rate:12,.0f}{per_cpu:12,.0f}{f'{target:,}' if target else '':>10}{megabytes:8.1f}"
            )
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

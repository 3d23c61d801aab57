"""How much the local store can serve, so that no other benchmark mistakes its limit for a crawler's.

    python benchmarks/localstore_capacity.py [--seconds 4] [--connections 4]

Drives a store from this process with raw sockets: a client that reads bytes, and unpacks and checks one answer in fifty. Prints answers per
second, and per second of the store's own processor time, which depends less on what else the machine does.
"""

from __future__ import annotations

import argparse
import gzip
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from rich.console import Console
from rich.table import Table

sys.path[0] = str(Path(__file__).resolve().parents[1])  # the project's folder in the place of this one

from benchmarks import scripts
from benchmarks.commands import options as shared
from benchmarks.errors import BenchmarkError
from benchmarks.harness.store import PACK, LocalStore, local_store, whole_records
from benchmarks.scenarios.base import Context
from playfast.play import calls, envelope

CHECK_ONE_IN = 50


@dataclass
class Work:
    """One kind of load: requests to repeat, how many answers each brings, and how to check a body."""

    name: str
    requests: list[bytes]
    answers: int
    check: Callable[[bytes, bytes], None]
    repeat: bool = True


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


def pack(ids: list[str], mask: tuple[int, ...]) -> bytes:
    """A POST that asks for these fields of these apps."""
    body = envelope.pack(calls.details(app_id, mask, app_id) for app_id in ids)
    return http("POST", envelope.address("", [calls.DETAILS], "en", "us"), body)


def check_pack(request: bytes, body: bytes) -> None:
    """Every call of the request is answered under its tag, with the id or with nothing."""
    asked = set(re.findall(r"%5B%5B%5C%22([\w.]+)%5C%22%2C7", request.decode()))
    answers = envelope.unpack(gzip.decompress(body))
    if set(answers) != asked:
        raise BenchmarkError(f"{len(asked)} answers were due, {len(answers)} came")
    for app_id, answer in answers.items():
        payload = answer.decoded()
        if payload is not None and app_id.encode() not in orjson.dumps(payload):
            raise BenchmarkError(f"the answer for {app_id} is of another app")


def check_page(request: bytes, body: bytes) -> None:
    """The page is whole, and of the app that was asked for."""
    text = gzip.decompress(body).decode()
    found = re.search(rb"id=([\w.]+)", request)
    store_id = f'<meta name="appstore:store_id" content="{found[1].decode() if found else ""}">'
    if not text.endswith("</html>") or store_id not in text:
        raise BenchmarkError(f"no whole page came for {request!r}")


def drive(store: LocalStore, work: Work, seconds: float, connections: int) -> tuple[float, float, int, float]:
    """Keep that many requests under way for that long; give answers per second, per processor second, requests, MB/s."""
    sockets = [connect(store) for _ in range(connections)]
    buffer = bytearray(4 << 20)
    stream: Iterator[bytes] = cycle(work.requests) if work.repeat else iter(work.requests)
    waiting: list[tuple[socket.socket, bytes]] = []
    used, started = store.cpu_seconds(), time.perf_counter()
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
    used = store.cpu_seconds() - used
    for connection in sockets:
        connection.close()
    answers = done * work.answers
    return answers / elapsed, answers / used if used else 0.0, done, size / elapsed / 1e6


def connect(store: LocalStore) -> socket.socket:
    """A connection to the store."""
    connection = socket.create_connection(("127.0.0.1", urlsplit(store.address).port or 0))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def in_packs(ids: list[str], size: int, mask: tuple[int, ...]) -> list[bytes]:
    """Requests for whole packs."""
    return [pack(ids[k : k + size], mask) for k in range(0, len(ids) - size + 1, size)]


def works(store: LocalStore) -> Iterator[Work]:
    """The loads, each made ready when its turn comes."""
    whole = whole_records().mask
    records = store.ids(3_200)
    store.prepare(records)
    yield Work("records, prepared", in_packs(records, PACK, whole), PACK, check_pack)
    fresh = store.ids(64_000, 100_000)
    yield Work("records, cold", in_packs(fresh, PACK, whole), PACK, check_pack, repeat=False)
    many = store.ids(20_000, 200_000)
    store.prepare(many, mask=(calls.PACKAGE_ID,))
    yield Work("one field, prepared", in_packs(many, 1_000, (calls.PACKAGE_ID,)), 1_000, check_pack)
    cold = store.ids(400_000, 300_000)
    yield Work("one field, cold", in_packs(cold, 1_000, (calls.PACKAGE_ID,)), 1_000, check_pack, repeat=False)
    paged = [f"example.maker{k}.app1" for k in range(300)]
    store.prepare(paged, pages=True)
    pages = [http("GET", f"/store/apps/details?id={app_id}&hl=en&gl=us") for app_id in paged]
    yield Work("pages, prepared", pages, 1, check_page)
    yield Work("pages, cold", [page.replace(b"app1", b"app2") for page in pages], 1, check_page, repeat=False)


def capacity(options: argparse.Namespace, context: Context, console: Console) -> None:
    """Drive it with each load."""
    table = Table()
    table.add_column("load")
    for name in ("answers/s", "per CPU second", "MB/s"):
        table.add_column(name, justify="right")
    with local_store(records=30_000, pages=1_200) as store:
        for work in works(store):
            context.tell(work.name)
            store.reset()
            rate, per_cpu, requests, megabytes = drive(store, work, options.seconds, options.connections)
            seen = store.seen()["requests"]
            if seen.get("rpc", 0) + seen.get("page", 0) != requests:
                raise BenchmarkError(f"{requests} requests were sent, the store saw {seen}")
            table.add_row(work.name, f"{rate:,.0f}", f"{per_cpu:,.0f}", f"{megabytes:.1f}")
    console.print(table)


def main() -> int:
    """Read the options."""
    parser = scripts.parser(__doc__ or "")
    parser.add_argument(
        "--seconds", type=shared.amount, default=4.0, help="how long each load lasts (default 4)"
    )
    parser.add_argument(
        "--connections", type=shared.positive, default=4, help="requests under way at once (default 4)"
    )
    return scripts.main(capacity, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())

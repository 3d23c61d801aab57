"""Crawls that meet somebody hostile: an answer that is a bomb, a text that is none, an argument that leads elsewhere."""

from __future__ import annotations

import csv
import gzip
import json
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree as ET

import brotli
import pytest
from scrapy.settings import Settings

from playfast.errors import ArgumentError
from playfast.localstore.server.options import Options
from playfast.localstore.server.store import Store as LocalStore
from playfast.localstore.wire.prepared import plain_body
from playfast.spiders.apps import AppsSpider
from tests.conftest import Store

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = pytest.mark.crawl

IDS = "com.example.one,com.example.two"
ZEROS = bytes(200_000_000)
DEEP = b'[["wrb.fr","Ws7gDc","' + b"[" * 500_000 + b'",null,null,null,"0"]]'
BOMBS = {
    "gzip": (gzip.compress(ZEROS, 1), "gzip"),
    "brotli": (brotli.compress(ZEROS, quality=3), "br"),
    "zstandard": (zstd.compress(ZEROS), "zstd"),
    "deflate": (zlib.compress(ZEROS, 1), "deflate"),
    "100 MB": (ZEROS[:100_000_000], None),
    "deep": (b")]}'\n\n" + b"[" * 5_000_000, None),
    "deep within": (b")]}'\n\n" + DEEP, None),
    "deep block": (
        b"<html><script>AF_initDataCallback({key: 'ds:5', data:" + b"[" * 2_000_000 + b"</script></html>",
        None,
    ),
    "numbers that are none": (
        b")]}'\n\n" + b'[["wrb.fr","Ws7gDc","[NaN,Infinity,1e999]",null,null,null,"0"]]',
        None,
    ),
    "half a character": (b")]}'\n\n" + rb'[["wrb.fr","Ws7gDc","[\"\ud800\"]",null,null,null,"0"]]', None),
    "nothing": (b"", None),
}


@contextmanager
def answering(body: bytes, encoding: str | None) -> Iterator[Store]:
    """A store that gives the same answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response_only(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if encoding:
                self.send_header("Content-Encoding", encoding)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # it had enough

        do_POST = do_GET  # noqa: N815 - the server's name for it

        def log_message(self, *_: object) -> None:
            """No log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield Store(f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("bomb", BOMBS)
def test_it_costs_its_records_and_no_more(crawl, tmp_path, bomb):
    with answering(*BOMBS[bomb]) as store:
        done = crawl(
            "-a", f"ids={IDS}", "-s", "RETRY_TIMES=0", "-s", f"PLAYFAST_REPORT={tmp_path / 'run.json'}", store=store, timeout=120
        )  # fmt: skip
    assert done.exit_code == 3, done.log[-1_000:]
    assert {(record["app_id"], record["status"]) for record in done.records} == {
        (app_id, "error") for app_id in IDS.split(",")
    }
    assert all(record["error"] for record in done.records)
    assert "playfast/faults" not in done.stats
    memory = json.loads((tmp_path / "run.json").read_text())["memory_bytes"]["peak"]
    assert memory < 300_000_000


HOSTILE = "\x00\x01\x1b[31m\u202egpj.exe\u2028<b>&amp;</title>]]>\r\n,\";=cmd|' /C calc'!A0\ufffe\U0001f600"


def test_hostile_texts_come_through_every_format(crawl, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    app_id = "com.example.one"
    made = LocalStore(Options()).answer("GET", "/store/apps/details", {"id": app_id}, b"")
    page = plain_body(made.parts).decode()
    with answering(page.encode(), None) as store:
        plain = crawl("-a", f"ids={app_id}", "-a", "via=page", store=store)
    title = plain.records[0]["title"]
    written = json.dumps(title, ensure_ascii=False)
    assert page.count(written) >= 1
    spoilt = page.replace(written, json.dumps(HOSTILE))
    feeds = [tmp_path / f"apps.{form}" for form in ("json", "csv", "xml", "parquet", "jsonl.gz")]
    outputs = [part for path in feeds for part in ("-O", str(path))]
    with answering(spoilt.encode(), None) as store:
        done = crawl("-a", f"ids={app_id}", "-a", "via=page", *outputs, store=store)
    assert done.exit_code == 0, done.log[-1_000:]
    told = done.records[0]["title"]
    assert told.startswith("\x00\x01\x1b[31m\u202e")
    assert json.loads(feeds[0].read_text())[0]["title"] == told
    with feeds[1].open(newline="", encoding="utf-8") as file:
        assert len(list(csv.reader(line.replace("\0", "") for line in file))) == 2
    (found,) = ET.parse(feeds[2]).getroot()
    assert found.findtext("app_id") == app_id
    assert pq.read_table(feeds[3]).column("title")[0].as_py() == told
    assert json.loads(gzip.decompress(feeds[4].read_bytes()))["title"] == told


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("-a", "countries=us\r\nX-Injected: 1"), "country code"),
        (("-a", "langs=en\nHost: evil"), "language"),
        (("-a", "fields=title\r\nX: y"), "field of App"),
        (("-s", "PLAYFAST_URL=http://127.0.0.1:9/\r\nX: y"), "PLAYFAST_URL"),
        (("-s", "USER_AGENT=me\r\nX-Injected: 1"), "USER_AGENT"),
        (("-a", "ledger=a\0b"), "null"),
        (("-a", "screenshots=a\0b"), "null"),
    ],
)
def test_nothing_is_injected_through_an_argument(crawl_in_process, arguments, word):
    assert word in crawl_in_process(*arguments)


@pytest.fixture
def crawl_in_process():
    """The mistakes that a crawl's arguments and settings have; null characters cannot be given on a command line."""

    def run(*words):
        settings, given = Settings(), {"ids": "com.example.one"}
        for kind, text in zip(words[::2], words[1::2], strict=True):
            name, _, value = text.partition("=")
            if kind == "-a":
                given[name] = value
            else:
                settings.set(name, value, "cmdline")
        with pytest.raises(ArgumentError) as error:
            AppsSpider.check(settings, given)
        return str(error.value)

    return run


def test_ids_that_would_be_paths_headers_or_very_long_are_no_ids(crawl, store, tmp_path):
    entries = [
        "../../etc/passwd",
        "com.example.one%0d%0aX: y",
        "a." + "b" * 10_000,
        "com..example",
        "com.example.one/../two",
    ]
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(entries))
    done = crawl("-a", f"ids={path}", store=store)
    assert done.exit_code == 3
    assert [record["status"] for record in done.records] == ["invalid_id"] * 5
    assert done.stats.get("downloader/request_count", 0) == 0


def test_arguments_name_no_file_outside_the_folder_that_is_theirs(crawl, store, tmp_path):
    folder, secret = tmp_path / "theirs", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text("com.example.one\n")
    (folder / "link.txt").symlink_to(secret)
    (folder / "ids.txt").write_text("com.example.one\n")
    only = ("-s", f"PLAYFAST_FOLDER={folder}")
    for given in (secret, folder / ".." / "secret.txt", folder / "link.txt"):
        done = crawl("-a", f"ids={given}", "-a", f"ledger={tmp_path / 'run.db'}", *only, store=store)
        assert done.exit_code == 2
        assert done.log.count("PLAYFAST_FOLDER allows no other files") == 2
        assert not (tmp_path / "run.db").exists()
    done = crawl("-a", f"ids={folder / 'ids.txt'}", "-a", f"ledger={folder / 'run.db'}", *only, store=store)
    assert done.exit_code == 0

"""`scrapy record`: what it keeps is what came, without people, and serves a crawl as the store did."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from playfast.errors import RecordingError
from playfast.recording.case import Case
from tests.conftest import ROOT, Store, local_store

pytestmark = pytest.mark.crawl

APP = "shop.variety.ordinary"


def record(address, *words, folder):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", "record", *words, "-o", str(folder), "-s", "DOWNLOAD_DELAY=0"],
        cwd=ROOT, env={**os.environ, "PLAYFAST_URL": address}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def cases(folder):
    """Every case of a folder: its description, and its body."""
    found = []
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text())
        found.append((told, gzip.decompress((folder / told["body"]["file"]).read_bytes())))
    return found


@contextmanager
def serving(folder):
    """The cases of a folder, each for the very request that it came of."""
    answers = {}
    for told, body in cases(folder):
        address = urlsplit(told["request"]["address"])
        key = (told["request"]["method"], f"{address.path}?{address.query}", told["request"]["body"] or "")
        answers[key] = (told["response"]["status"], told["response"]["headers"]["Content-Type"], body)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, kind, body = answers.get((self.command, self.path, asked), (404, "text/plain", b""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_):
            """Nothing: the crawl's own log tells."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Store(f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()


def test_a_page_is_kept_and_serves_a_crawl(store, tmp_path, crawl):
    folder = tmp_path / "kept"
    done = record(store.address, f"/store/apps/details?id={APP}&hl=en&gl=us", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    ((told, body),) = cases(folder)
    assert told["kind"] == "page"
    assert told["request"] == {
        "method": "GET", "address": f"{store.address}/store/apps/details?id={APP}&hl=en&gl=us", "body": None,
    }  # fmt: skip
    assert told["response"]["status"] == 200
    assert told["response"]["headers"]["Content-Type"] == "text/html; charset=utf-8"
    assert "Set-Cookie" not in json.dumps(told)
    assert told["storefront"] == {"asked": {"country": "us", "lang": "en"}, "served": "us"}
    assert told["body"] == {
        "file": f"apps-details_{APP}_en_us.html.gz", "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest(),
    }  # fmt: skip
    assert set(told["replaced"]) - {"mention"} == {"account", "name", "picture"}
    with serving(folder) as kept:
        again = crawl("-a", f"ids={APP}", "-a", "via=page", store=kept)
    first = crawl("-a", f"ids={APP}", "-a", "via=page", store=store, feed="first.jsonl")
    (was,), (now) = first.records, again.records[0]
    differing = {name for name in was if was[name] != now[name]}
    assert differing <= {"fetched_at", "url"}


def test_a_call_is_kept_by_its_kind_and_by_the_id_of_its_rpc(store, tmp_path):
    folder = tmp_path / "kept"
    request = json.dumps([None, [2, 2, [5], None, None], [APP, 7]], separators=(",", ":"))
    by_kind = record(store.address, "reviews", f"app={APP}", "rows=5", "lang=es", "country=mx", folder=folder)
    by_id = record(
        store.address, "oCPfdb", request, "lang=es", "country=mx", "--name", "by_id", folder=folder
    )
    assert (by_kind.returncode, by_id.returncode) == (0, 0)
    (one, first), (other, second) = cases(folder)
    assert one["request"] == other["request"]
    assert one["request"]["address"].endswith("/batchexecute?rpcids=oCPfdb&hl=es&gl=mx")
    assert one["replaced"] == other["replaced"] == {"account": 5, "name": 10, "picture": 15}
    assert len(first) == len(second)
    assert {one["body"]["file"], other["body"]["file"]} == {"by_id.txt.gz", f"reviews_{APP}_5_es_mx.txt.gz"}


KINDS = {
    "details": (f"app={APP}", "fields=title,score"), "related": (f"app={APP}",), "search": ("query=panda",), "suggestions": ("term=pan",),
    "chart": ("rows=5",), "home": (), "storefront": (), "developer": ("developer=Nobody at all",),
}  # fmt: skip


def test_every_kind_of_call_can_be_asked_for(store, tmp_path):
    for kind, words in KINDS.items():
        done = record(store.address, kind, *words, folder=tmp_path / "kept")
        assert done.returncode == 0, done.stderr
        assert done.stderr == (
            "scrapy record: the call is answered with nothing\n" if kind == "developer" else ""
        )
    assert len(cases(tmp_path / "kept")) == len(KINDS)


def test_a_page_that_is_not_there_is_a_case_too(store, tmp_path):
    assert record(store.address, "/store/apps/details?id=shop.variety.gone", folder=tmp_path).returncode == 0
    ((told, _),) = cases(tmp_path)
    assert told["response"]["status"] == 404


def test_mistakes_are_told_all_at_once(tmp_path):
    said = record(
        "http://127.0.0.1:9",
        "reviews",
        "rows=many",
        "rws=5",
        "country=xx",
        "lang",
        "--name",
        "a/b",
        folder=tmp_path,
    )
    assert said.returncode == 2
    for sentence in (
        "--name a/b: letters, digits",
        "app is missing",
        "rows='many': a number from 1 to 4,000 is due",
        "unknown argument rws: did you mean rows?",
        "country='xx': 'xx' is no country code",
        "'lang': name=value is due",
    ):
        assert sentence in said.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("revews", "app=a.b"), "'revews' is no address, no kind of call and no id of an RPC; did you mean reviews?"),
        (("https://play.google.com/store/apps",), "an address of the store is due, which is at http://127.0.0.1:9 (PLAYFAST_URL)"),
        (("/store/apps?hl=zz",), "lang='zz': 'zz' is no language of Play"),
        (("oCPfdb", "[1,"), "request='[1,': it is no JSON"),
        (("oCPfdb",), "request is missing: request=... is due"),
        (("oCPfdb", "[1,", "country=xx"), "country='xx': 'xx' is no country code"),
        (("storefront", "lnag=de"), "unknown argument lnag: did you mean lang?"),
        (("storefront", "app=a.b"), "unknown argument app: there are: country, lang"),
        (("storefront", "lang=en,de"), "lang='en,de': one language is due\n"),
        (("reviews", "app="), "app='': a text is due"),
        ((), "an address, or a kind of call, is due"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(words, why, tmp_path):
    done = record("http://127.0.0.1:9", *words, folder=tmp_path)
    assert done.returncode == 2
    assert why in done.stderr + done.stdout


def test_a_case_is_never_written_over(store, tmp_path):
    words = ("storefront",)
    assert record(store.address, *words, folder=tmp_path).returncode == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = record(store.address, *words, folder=tmp_path)
    assert done.returncode == 1
    assert "storefront_en_us.txt.gz is there already; give another name with --name" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_cannot_be_kept_is_not_asked_for(store, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "named.json").write_text("{}")
    before = store.report()["requests"]
    for folder, name, why in (
        (tmp_path / "file", "x", f"{tmp_path / 'file'} is no folder"),
        (tmp_path / "file" / "under", "x", f"{tmp_path / 'file'} is no folder"),
        (tmp_path, "named", "named.json is there already"),
    ):
        done = record(store.address, "storefront", "--name", name, folder=folder)
        assert done.returncode == 1
        assert why in done.stderr
    assert store.report()["requests"] == before


def test_half_a_case_is_not_left(tmp_path, monkeypatch):
    made = Case("x", "rpc", {}, 200, {}, {}, None, {}, b"body")

    def refuse(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Case, "described", refuse)
    with pytest.raises(RecordingError, match="No space left"):
        made.write(tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_front_of_the_store_has_a_name_too(store, tmp_path):
    assert record(store.address, "/", folder=tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"page.html.gz", "page.json"}


def test_a_page_that_is_none_of_the_store_is_kept_and_told(tmp_path):
    with local_store("--wall", "html") as walled:
        done = record(walled.address, f"/store/apps/details?id={APP}", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "scrapy record: the page holds no data of the store\n"


def test_without_an_answer_nothing_is_written(tmp_path):
    done = record("http://127.0.0.1:9", "storefront", folder=tmp_path / "none")
    assert done.returncode == 3
    assert "no answer: DownloadConnectionRefusedError" in done.stderr
    assert not (tmp_path / "none").exists()
    with local_store("--wall", "sorry-page") as walled:
        words = ("storefront", "-s", "PLAYFAST_PATIENCE=1", "-s", "PLAYFAST_BLOCK_PAUSE=0.2")
        done = record(walled.address, *words, folder=tmp_path / "none")
    assert (done.returncode, "captcha" in done.stderr) == (3, True)

"""An address leads to no private place, unless that is the one that was typed."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from playfast.errors import SourceError
from playfast.sources import fetching
from playfast.sources.fetching import fetch


@pytest.fixture
def leading():
    """A server whose answers lead on to where they are told; returns its port and the paths asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            to = self.path.partition("?to=")[2]
            self.send_response_only(302 if to else 200)
            if to:
                self.send_header("Location", to)
            body = b"" if to else b"com.example.one\n"
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """No log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()


def fetched(url):
    into = BytesIO()
    fetch(url, url, into)
    return into.getvalue()


def test_a_private_address_that_was_typed_is_fetched_and_may_move_on_its_host(leading):
    port, asked = leading
    assert fetched(f"http://127.0.0.1:{port}/a?to=/b") == b"com.example.one\n"
    assert asked == ["/a?to=/b", "/b"]


@pytest.mark.parametrize("name", ["127.0.0.1", "127.1", "0x7f000001"])
def test_an_address_that_leads_to_a_private_one_is_refused_before_it_is_asked(leading, name):
    port, asked = leading
    with pytest.raises(SourceError, match=r"leads on to .* no address of the public internet"):
        fetched(f"http://localhost:{port}/a?to=http://{name}:{port}/secret")
    assert len(asked) == 1


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_it_leads_to_no_other_scheme(leading, to):
    port, _ = leading
    with pytest.raises(SourceError, match="cannot fetch"):
        fetched(f"http://127.0.0.1:{port}/a?to={to}")


@pytest.mark.parametrize(
    "peer",
    [
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "127.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "0.0.0.0",
        "100.64.0.1",
    ],
)
def test_private_addresses_are_known(peer):
    with pytest.raises(fetching._PrivateError):
        fetching._refuse_private(peer, "host")


@pytest.mark.parametrize("peer", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_addresses_are_known(peer):
    fetching._refuse_private(peer, "host")

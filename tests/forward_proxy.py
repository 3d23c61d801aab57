"""A forward proxy for tests, in a thread: it asks for a password, counts, and fails when told to."""

from __future__ import annotations

import base64
import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "collector", "s3cr3t-w0rd"


class ForwardProxy:
    """Passes plain HTTP on to where its first line says.

    `limit` is how many requests it passes before it answers with 429, `dies_after` how many before it closes every connection.
    """

    def __init__(self) -> None:
        self.countries: Counter[str] = Counter()
        self.passed = self.refused = self.asked = 0
        self.limit: int | None = None
        self.dies_after: int | None = None
        self._lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                proxy.handle(self)

            do_POST = do_GET  # noqa: N815 - the server's name for it

            def log_message(self, *_: object) -> None:
                """No log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        with self._lock:
            self.asked += 1
            dead = self.dies_after is not None and self.asked > self.dies_after
            full = self.limit is not None and self.passed >= self.limit
        if dead:
            request.close_connection = True
            request.connection.close()
            return
        given = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if request.headers.get("Proxy-Authorization") != f"Basic {given}":
            self._answer(request, 407, [], b"")
        elif full:
            self.refused += 1
            self._answer(request, 429, [("Retry-After", "1")], b"")
        else:
            self._pass(request, body)

    def _pass(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        parts = urlsplit(request.path)
        with self._lock:
            self.passed += 1
            self.countries.update(parse_qs(parts.query).get("gl", []))
        there = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        headers = {
            name: value for name, value in request.headers.items() if not name.lower().startswith("proxy-")
        }
        there.request(request.command, f"{parts.path}?{parts.query}", body or None, headers)
        answer = there.getresponse()
        content = answer.read()
        kept = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in {"content-length", "connection"}
        ]
        self._answer(request, answer.status, kept, content)
        there.close()

    @staticmethod
    def _answer(
        request: BaseHTTPRequestHandler, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        request.send_response_only(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def forward_proxies(count: int) -> Iterator[list[ForwardProxy]]:
    proxies = [ForwardProxy() for _ in range(count)]
    try:
        yield proxies
    finally:
        for proxy in proxies:
            proxy.close()

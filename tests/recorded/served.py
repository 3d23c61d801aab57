"""The recorded answers, served as the store would: for whole crawls over what Google Play has really sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playfast.play import calls

from .recordings import DIRECTORY, WHOLE_PAGES, answer, app_id_of, file_of, payload, read, whole_page

APPS = {
    app_id_of(name): name
    for name in WHOLE_PAGES
    if name not in {"minecraft_en_us_2022", "translate_en_us_second_load"}
}
DEVELOPERS = {"5700313618786177705": "developer/google_numeric_id", "Mojang": "developer/mojang_by_name"}
SEARCHES = {"panda": "search/panda_en_us", "where am i": "search/where_am_i_en_us"}
CHART = ("topselling_free", "GAME")
HOME = "APPLICATION"
TERM = "pand"
REVIEWS = ("reviews_UsvDTd_page1", "reviews_UsvDTd_page2")


def answered(rpc: str, request: Any) -> Any:
    """The payload that is on record for a question; None, as Play says of what it does not know, where there is none."""
    match rpc, request:
        case calls.DETAILS, [*_, [[number, 8]]]:
            return _of_developer(number, rpc)
        case calls.DETAILS, [*_, [[app_id, 7]]]:
            return payload(APPS[app_id]) if app_id in APPS else None
        case calls.RELATED, [[_, [app_id, 7], *_], *_]:
            return whole_page(f"details/{APPS[app_id]}").block(rpc) if app_id in APPS else None
        case calls.NUMBERED_DEVELOPER, [_, _, [*_, [number, 8]], *_]:
            return _of_developer(number, rpc)
        case calls.ABOVE, [[_, [number, 8], _], _]:
            return _of_developer(number, rpc)
        case calls.NAMED_DEVELOPER, [[_, _, [query], _], _]:
            return _of_developer(query.removeprefix("pub:"), rpc)
        case calls.REVIEWS, [_, [_, 1, *_], [app_id, 7]]:
            # The most helpful, of which an app's page has the first.
            return whole_page(f"details/{APPS[app_id]}").block(rpc) if app_id in APPS else None
        case calls.REVIEWS, [_, [_, _, [_], *_], _]:
            return answer(REVIEWS[0])
        case calls.REVIEWS, [_, [_, _, [_, _, token], *_], _]:
            return answer(REVIEWS[1]) if token == answer(REVIEWS[0])[1][1] else None
        case calls.SEARCH, [[_, _, [query], *_], _] if query in SEARCHES:
            return whole_page(SEARCHES[query]).block(rpc)
        case calls.CHART, [[_, _, [2, *chart]]]:
            return answer("charts_vyAe2_rt_c") if tuple(chart) == CHART else None
        case calls.HOME, [[_, _, category, *_], _] if category == HOME:
            return whole_page("home/store_home").block(rpc)
        case calls.SUGGESTIONS, [[_, [term], *_]] if term == TERM:
            return answer("suggest_IJ4APc")
    return None


def _of_developer(asked: str, rpc: str) -> Any:
    return whole_page(DEVELOPERS[asked]).block(rpc) if asked in DEVELOPERS else None


def page_of(path: str, asked: str) -> bytes | None:
    if path == "/store/apps/details":
        return read(file_of(APPS[asked])) if asked in APPS else None
    if path in {"/store/apps/dev", "/store/apps/developer"}:
        return read(DIRECTORY / f"{DEVELOPERS[asked]}.html.gz") if asked in DEVELOPERS else None
    if path == "/store/search":
        return read(DIRECTORY / f"{SEARCHES[asked]}.html.gz") if asked in SEARCHES else None
    if path == "/store/apps":
        return read(DIRECTORY / "home" / "store_home.html.gz")
    return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        (asked,) = query.get("id") or query.get("q") or [""]
        self._send(page_of(address.path, asked), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        (frames,) = json.loads(parse_qs(body)["f.req"][0])
        answers = []
        for rpc, request, *rest in frames:
            tag = rest[-1] if rest else "generic"
            said = answered(rpc, json.loads(request))
            answers.append(["wrb.fr", rpc, None if said is None else json.dumps(said), None, None, None, tag])
        text = json.dumps([*answers, ["di", 1]])
        # In chunks, a line with its length stands before each.
        length = f"{len(text) + 2}\n" if "rt=c" in urlsplit(self.path).query else ""
        self._send(f")]}}'\n\n{length}{text}\n".encode(), "application/json; charset=utf-8")

    def _send(self, body: bytes | None, kind: str) -> None:
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: Any) -> None:
        """Nothing: the crawl's own log tells."""


@contextmanager
def recorded_store() -> Iterator[str]:
    """The address of a server of all these answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()

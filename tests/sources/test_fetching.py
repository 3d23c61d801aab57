"""A list that is fetched: where its address may lead, and how much may come of it."""

from __future__ import annotations

import io
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from playfast.errors import SourceError
from playfast.sources import fetching

LIST = b"com.example.one\ncom.example.two\n"
PUBLIC = "8.8.8.8"
ELSEWHERE = "9.9.9.9"


class _Site(BaseHTTPRequestHandler):
    """Gives the list at /list, and at /to leads to the address that the server was told."""

    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        if self.path.startswith("/to"):
            self.send_response(302)
            self.send_header("Location", self.server.leads)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        if self.path == "/endless":
            self.end_headers()
            try:
                while True:
                    self.wfile.write(LIST * 1_000)
            except OSError:
                return
        body = bytes(50_000) if self.path == "/long" else LIST
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object):
        """Quiet."""


@pytest.fixture
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        server.asked, server.leads = [], "/list"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def internet(site, monkeypatch):
    """Names as they are told here, one address after the other; behind every public address is the site."""
    names = {"lists.example": [[PUBLIC]], "other.example": [[ELSEWHERE]]}
    look_up, connect = socket.getaddrinfo, socket.create_connection

    def getaddrinfo(host, port, *args, **kwargs):
        if host not in names:
            return look_up(host, port, *args, **kwargs)
        places = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port)) for place in places]

    def create_connection(address, *args, **kwargs):
        public = address[0] in (PUBLIC, ELSEWHERE)
        return connect(site.server_address if public else address, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    monkeypatch.setattr("urllib.request.getproxies", dict)
    return names


def fetched(url: str, **limits: float) -> bytes:
    into = io.BytesIO()
    fetching.copy(url, url, into, **limits)
    return into.getvalue()


INSIDE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "[::1]", "[fd00::1]", "[fe80::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "2130706433", "0x7f.1", "localhost",
]  # fmt: skip


@pytest.mark.usefixtures("internet")
@pytest.mark.parametrize("host", INSIDE)
def test_a_redirect_from_outside_leads_nowhere_inside(site, host):
    site.leads = f"http://{host}:{site.server_port}/list"
    with pytest.raises(SourceError, match="no public address; name that address itself"):
        fetched("http://lists.example/to")
    assert [path for _, path in site.asked] == ["/to"]


@pytest.mark.parametrize("place", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1"])
def test_nor_does_a_name_that_means_an_address_inside(internet, site, place):
    internet["inside.example"] = [[PUBLIC, place]]
    site.leads = "http://inside.example/list"
    with pytest.raises(SourceError, match=r"inside\.example .*no public address"):
        fetched("http://lists.example/to")
    assert [path for _, path in site.asked] == ["/to"]


def test_nor_does_a_name_that_means_another_address_the_next_time(internet, site):
    internet["lists.example"] = [[PUBLIC], ["127.0.0.1"]]
    site.leads = f"http://lists.example:{site.server_port}/list"
    with pytest.raises(SourceError, match="no public address"):
        fetched("http://lists.example/to")
    # The second time it is looked up may be the one at which it is connected to.
    internet["lists.example"] = [[PUBLIC], [ELSEWHERE], ["127.0.0.1"]]
    with pytest.raises(SourceError, match="no public address"):
        fetched("http://lists.example/to")
    assert [path for _, path in site.asked] == ["/to", "/to"]


def test_nor_does_a_redirect_behind_a_redirect(internet, site):
    site.leads = "http://other.example/to2"
    internet["other.example"] = [[ELSEWHERE], [ELSEWHERE], ["127.0.0.1"]]
    with pytest.raises(SourceError, match="no public address"):
        fetched("http://lists.example/to")


@pytest.mark.usefixtures("internet")
def test_a_redirect_to_another_public_address_is_followed(site):
    site.leads = "http://other.example/list"
    assert fetched("http://lists.example/to") == LIST
    assert site.asked == [("lists.example", "/to"), ("other.example", "/list")]


def test_an_address_inside_may_be_named_and_lead_back_to_itself_and_out_but_not_elsewhere_inside(
    internet, site
):
    """Who names it has decided to; where it leads was decided by others."""
    own = f"http://127.0.0.1:{site.server_port}"
    assert fetched(f"{own}/list") == LIST
    for there in (
        "/list",
        f"{own}/list",
        f"http://localhost:{site.server_port}/list",
        "http://lists.example/list",
    ):
        internet["localhost"] = [["127.0.0.1"]]
        site.leads = there
        assert fetched(f"{own}/to") == LIST
    site.leads = f"http://127.0.0.2:{site.server_port}/list"
    with pytest.raises(SourceError, match=r"127\.0\.0\.2.*no public address"):
        fetched(f"{own}/to")


@pytest.mark.usefixtures("internet")
@pytest.mark.parametrize(
    "there", ["file:///etc/hostname", "ftp://127.0.0.1/list", "data:,a.b", "gopher://x", "mailto:a@b"]
)
def test_a_redirect_to_what_is_no_http_address_is_not_followed(site, there):
    site.leads = there
    with pytest.raises(SourceError, match="cannot fetch"):
        fetched("http://lists.example/to")
    assert [path for _, path in site.asked] == ["/to"]


@pytest.mark.usefixtures("internet")
def test_redirects_that_lead_in_a_circle_come_to_an_end(site):
    site.leads = "/to"
    with pytest.raises(SourceError, match="cannot fetch"):
        fetched("http://lists.example/to")
    assert len(site.asked) < 20


def test_a_list_that_never_ends_is_broken_off(site):
    address = f"http://127.0.0.1:{site.server_port}/endless"
    with pytest.raises(SourceError, match=r"larger than 1,000,000 bytes"):
        fetched(address, largest=1_000_000)
    with pytest.raises(SourceError, match=r"came in 0 seconds, and there is more"):
        fetched(address, longest=0)


def test_a_list_of_just_the_size_and_time_is_whole(site):
    address = f"http://127.0.0.1:{site.server_port}/long"
    assert len(fetched(address, largest=50_000)) == 50_000
    with pytest.raises(SourceError, match="larger than"):
        fetched(address, largest=49_999)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True),
        ("224.0.0.1", False), ("255.255.255.255", False), ("198.18.0.1", False), ("::", False), ("fe80::1%1", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_an_address_is_public_or_not(address, public):
    assert fetching.is_public(address) is public

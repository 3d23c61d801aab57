"""A list behind an http(s) address, copied to a file: bounded in size and time, and no way into the network it is fetched from.

Whoever runs a crawl may name any address, a private one too: the list may stand on the machine itself or on a server in the house. Where
that address leads is for its server to say, and nobody else's. A redirect from outside to 127.0.0.1 or 169.254.169.254 would read for a
stranger what only this machine can see; so a redirect leads to public addresses alone, or back to the address that was named.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit

from playfast.errors import SourceError

LARGEST = 64 * 2**30
"""Bytes that are copied at most: twice the feed of every app there is, which `retry=` may be given."""
LONGEST = 6 * 3600.0
"""Seconds that copying may take at most."""
_SILENCE = 60.0
_PIECE = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _PrivateAddressError(OSError):
    """A redirect into a network that the public has no way into."""


def is_public(address: str) -> bool:
    """Whether everybody on the internet may reach an IP address; one of IPv4 inside one of IPv6 counts as itself."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class _Way:
    """From the address that was named to where its redirects lead."""

    def __init__(self) -> None:
        self.redirected = False
        self._own: set[str] = set()

    def connect(self, address: tuple[str, int], timeout: Any = None, source: Any = None) -> socket.socket:
        """A socket connected to a host, of whose addresses none is forbidden.

        The address that was looked at is the one that is connected to: a name may say another one the next time it is asked.
        """
        failed: OSError | None = None
        for place in self.allowed(*address):
            try:
                connected = socket.create_connection((place, address[1]), timeout, source)
            except OSError as error:
                failed = error
                continue
            if not self.redirected:
                self._own.add(place)
            return connected
        raise failed or OSError("its name has no address")

    def allowed(self, host: str, port: int) -> list[str]:
        """The addresses of a host; an error if any of them is one that a redirect may not lead to."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = list(dict.fromkeys(str(where[0]) for *_, where in found))
        for place in places:
            if self.redirected and place not in self._own and not is_public(place):
                raise _PrivateAddressError(
                    f"it redirects to {host} ({place}), which is no public address; name that address itself if the list stands there"
                )
        return places


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http(s) addresses that are allowed."""

    def __init__(self, way: _Way) -> None:
        self._way = way

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        fp.close()  # its body says nothing, and nobody else closes it where this fails
        parts = urlsplit(newurl)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise urllib.error.URLError(f"it redirects to {newurl[:200]!r}, an http(s) address is due")
        self._way.redirected = True
        # Looked at here too, for those who go through a proxy: it connects, and not we.
        self._way.allowed(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # typeshed's own is narrower


class _Http(urllib.request.HTTPHandler):
    def __init__(self, way: _Way) -> None:
        super().__init__()
        self._way = way

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_made(http.client.HTTPConnection, self._way), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, way: _Way) -> None:
        super().__init__()
        self._way = way

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_made(http.client.HTTPSConnection, self._way), req)


def _made(kind: Callable[..., Any], way: _Way) -> Callable[..., Any]:
    """Connections of a kind that connect as they may; there is no public word for it, and tests show when it is no longer asked."""

    def make(*args: Any, **kwargs: Any) -> Any:
        connection = kind(*args, **kwargs)
        connection._create_connection = way.connect  # noqa: SLF001 - there is no public word for it
        return connection

    return make


def _opener() -> urllib.request.OpenerDirector:
    """One that knows http and https, and neither files nor ftp."""
    way = _Way()
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        _Http(way),
        _Https(way),
        _Redirects(way),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "playfast-scrapy")]
    return opener


def copy(url: str, name: str, into: IO[bytes], *, largest: int = LARGEST, longest: float = LONGEST) -> None:
    """Copy what stands behind an http(s) address into a file.

    Args:
        url: the address.
        name: what messages call it.
        into: where it goes, from the file's present place on.
        largest: bytes that are copied at most.
        longest: seconds that it may take.

    Raises:
        SourceError: there is nothing, not all of it, or too much; it takes too long; it redirects to where it may not.
    """
    ends = time.monotonic() + longest
    try:
        with closing(_opener().open(url, timeout=_SILENCE)) as answer:
            promised: int | None = answer.length
            copied = 0
            while copied != promised and (piece := answer.read1(_PIECE)):
                copied += len(piece)
                if copied > largest:
                    raise SourceError(f"cannot fetch {name}: it is larger than {largest:,} bytes, no list is")
                if time.monotonic() > ends:
                    raise SourceError(
                        f"cannot fetch {name}: of it {copied:,} bytes came in {longest:,g} seconds, and there is more; no list takes longer"
                    )
                into.write(piece)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise SourceError(f"cannot fetch {name}: {getattr(error, 'reason', None) or error}") from error
    if promised is not None and copied < promised:
        raise SourceError(f"cannot fetch {name}: it broke off {promised - copied} bytes before its end")

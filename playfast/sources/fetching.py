"""Fetches a list from an address, and follows it to no private place."""

from __future__ import annotations

import http.client
import ipaddress
import shutil
import urllib.request
from contextlib import closing
from typing import IO, Any
from urllib.parse import urlsplit

from playfast.errors import SourceError

_TIMEOUT = 60.0
_AGENT = "playfast-scrapy"


class _PrivateError(Exception):
    """A connection to an address that is not of the public internet."""


def fetch(url: str, name: str, into: IO[bytes]) -> None:
    """Copy what is behind an http(s) address into a file; `name` is what messages call it.

    An address that was typed may be a private one (a server of one's own). One that this leads on to may not: else a list's owner could
    have the crawl read what only this machine can reach. It is the connection that is looked at, whatever a name was resolved to before.

    Raises:
        SourceError: it cannot be fetched, or breaks off.
    """
    typed = urlsplit(url)
    opener = urllib.request.build_opener(_handler(urllib.request.HTTPHandler, http.client.HTTPConnection, typed),
                                         _handler(urllib.request.HTTPSHandler, http.client.HTTPSConnection, typed))  # fmt: skip
    try:
        request = urllib.request.Request(url, headers={"User-Agent": _AGENT})  # noqa: S310 - http(s) only, see `locate`
        with closing(opener.open(request, timeout=_TIMEOUT)) as answer:
            shutil.copyfileobj(answer, into)
            missing = answer.length  # what its header promised and did not come
    except _PrivateError as error:
        raise SourceError(f"cannot fetch {name}: {error}") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise SourceError(f"cannot fetch {name}: {getattr(error, 'reason', None) or error}") from error
    if missing:
        raise SourceError(f"cannot fetch {name}: it broke off {missing} bytes before its end")


def _handler(kind: Any, connection: Any, typed: Any) -> Any:
    """Urllib's handler of a scheme, with connections that look where they lead."""

    class Watched(connection):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            if self.host != typed.hostname:
                _refuse_private(self.sock.getpeername()[0], self.host)

    class Handler(kind):  # type: ignore[misc]
        def http_open(self, request: Any) -> Any:
            return self.do_open(Watched, request)

        def https_open(self, request: Any) -> Any:
            return self.do_open(Watched, request, context=getattr(self, "_context", None))

    if kind is urllib.request.HTTPHandler:
        del Handler.https_open
    else:
        del Handler.http_open
    return Handler()


def _refuse_private(peer: str, host: str) -> None:
    if not ipaddress.ip_address(peer.partition("%")[0]).is_global:
        raise _PrivateError(f"it leads on to {host} ({peer}), which is no address of the public internet")

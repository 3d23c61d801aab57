"""An answer of the store over HTTP, ready to be sent."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Literal

from playfast.localstore.wire.prepared import Part, gzip_body, plain_body

Kind = Literal["page", "rpc", "sitemap", "other", "control"]

_COMMON = (
    (b"cache-control", b"no-cache, no-store, max-age=0, must-revalidate"),
    (b"pragma", b"no-cache"),
    (b"expires", b"Mon, 01 Jan 1990 00:00:00 GMT"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-xss-protection", b"0"),
    (b"server", b"ESF"),
    (b"vary", b"Accept-Encoding, Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site"),
)

HTML = b"text/html; charset=utf-8"
JSON = b"application/json; charset=utf-8"
TEXT = b"text/plain; charset=utf-8"


@dataclass(slots=True)
class Reply:
    """Status, type, and body in parts; for very long answers a ``stream`` instead. ``calls`` counts those it answers, by RPC.

    A dropped one is not sent: the connection closes. Of a file, the parts are its bytes, compressed or not, and no encoding is told.
    """

    kind: Kind
    status: int = 200
    content_type: bytes = HTML
    parts: list[Part] = field(default_factory=list)
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    stream: Iterator[bytes] | None = None
    truncated: bool = False
    dropped: bool = False
    is_file: bool = False
    calls: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """The bytes of a reply. ``length`` is what the header promises; a shorter body means that the connection closes early."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    length: int


def finish(reply: Reply, *, gzip: bool, cut_at: float | None = None, cut: str = "") -> Message:
    """Encode a reply. A cut one ends at that share of its bytes, in the way that ``cut`` names (see `Faults.cut`)."""
    parts, gzip = reply.parts, gzip and not reply.is_file
    if cut_at is not None and cut == "text":
        whole = plain_body(parts)
        parts = [whole[: max(1, int(len(whole) * cut_at))]]
    body = gzip_body(parts) if gzip else plain_body(parts)
    length = len(body)
    if cut_at is not None and cut != "text":
        body = body[: max(1, int(length * cut_at))]
    if cut == "gzip":
        length = len(body)
    headers = [
        (b"content-type", reply.content_type),
        (b"date", _date(int(time.time()))),
        *_COMMON,
        *reply.headers,
    ]
    if gzip:
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % length))
    return Message(reply.status, headers, body, length)


def _date(seconds: int) -> bytes:
    return formatdate(seconds, usegmt=True).encode()

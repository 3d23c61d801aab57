"""Sitemap files: the addresses in them, read as a stream, since a shard of 0.5 MB unpacks to 8 MB of which nearly nothing is wanted.

The text is scanned for the few marks that the sitemap protocol has, and never made into a tree. That is safe because it is strict: an entry
without exactly one address, or anything that XML has besides (comments, CDATA, a document type), is an error and never skipped.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urlsplit

from playfast.errors import SitemapError
from playfast.play.rules import PACKAGE_NAME

MOST_BYTES = 52_428_800
MOST_ENTRIES = 50_000
"""What a sitemap may have by the protocol (sitemaps.org)."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_IN, _OUT = 32_768, 262_144
"""Bytes that are handed to the decompressor at a time, and that it hands back at most."""
_LONGEST_ENTRY = 1_048_576
_LONGEST_ID = 255
_HEAD = 8_192
_LOCATION = re.compile(rb"<loc>([^<]*)</loc>")
_APP = "/store/apps/details"
_ROBOTS_LINE = re.compile(r"[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE)


@dataclass(slots=True)
class Apps:
    """What a shard says: how many addresses of any kind, the ids of apps in order, and what stands in the place of an id and is none."""

    addresses: int = 0
    ids: dict[str, None] = field(default_factory=dict)
    repeated: int = 0
    invalid: list[str] = field(default_factory=list)


def named_by_robots(text: str) -> list[str]:
    """The addresses of sitemaps that a robots.txt names."""
    return [found[1] for line in text.splitlines() if (found := _ROBOTS_LINE.match(line))]


def files(body: bytes) -> Iterator[str]:
    """The addresses of the files that an index of sitemaps names, in order.

    Raises:
        SitemapError: it is no such index, is cut short or spoilt.
    """
    return _locations(body, b"sitemapindex", b"</sitemap>")


def apps(body: bytes) -> Apps:
    """The apps among the addresses of a sitemap.

    Raises:
        SitemapError: it is no sitemap, is cut short or spoilt.
    """
    found = Apps()
    for location in _locations(body, b"urlset", b"</url>"):
        found.addresses += 1
        app_id = _app_of(location)
        if app_id is None:
            continue
        if len(app_id) > _LONGEST_ID or not PACKAGE_NAME.holds(app_id):
            found.invalid.append(app_id)
        elif app_id in found.ids:
            found.repeated += 1
        else:
            found.ids[app_id] = None
    return found


def _app_of(location: str) -> str | None:
    """What stands in the place of the id in the address of an app's page; None for the address of anything else."""
    if _APP not in location:
        return None
    try:
        parts = urlsplit(location)
    except ValueError as error:
        raise SitemapError(f"{location[:100]!r} is no address: {error}") from error
    if parts.path.rstrip("/") != _APP:
        return None
    return parse_qs(parts.query, keep_blank_values=True).get("id", [""])[0]


def _locations(body: bytes, root: bytes, ends_with: bytes) -> Iterator[str]:
    """The address in each entry, in order."""
    rest = b""
    begun = False
    entries = 0
    for part in _unpacked(body):
        rest += part
        if not begun and len(rest) >= _HEAD:
            _begins(rest, root)
            begun = True
        end = rest.rfind(ends_with)
        if end < 0:
            if len(rest) > _LONGEST_ENTRY:
                raise SitemapError(f"an entry of more than {_LONGEST_ENTRY:,} bytes")
            continue
        end += len(ends_with)
        whole, rest = rest[:end], rest[end:]
        if not begun:
            _begins(whole, root)
            begun = True
        found = _found(whole, ends_with)
        entries += len(found)
        if entries > MOST_ENTRIES:
            raise SitemapError(f"more than {MOST_ENTRIES:,} addresses")
        yield from found
    if not begun:
        _begins(rest, root)
    tail = rest.strip()
    if tail != b"</%b>" % root and not (not entries and tail.endswith((b"</%b>" % root, b"/>"))):
        told = f"it ends with {_shown(tail[-60:])}" if tail else "its end is missing"
        raise SitemapError(f"cut short: {told} in the place of </{root.decode()}>")


def _begins(text: bytes, root: bytes) -> None:
    found = re.search(rb"<([A-Za-z][\w:.-]*)[\s/>]", text[:_HEAD])
    if found is None or found[1] != root:
        raise SitemapError(f"no <{root.decode()}> but {_shown(text[:60])}")


def _found(text: bytes, ends_with: bytes) -> list[str]:
    """The addresses of whole entries."""
    if b"<!" in text:
        at = text.index(b"<!")
        raise SitemapError(
            f"a comment, CDATA or a document type, which are not read: {_shown(text[at : at + 60])}"
        )
    found = _LOCATION.findall(text)
    due = text.count(ends_with)
    if len(found) != due or text.count(b"<loc") != due:
        raise SitemapError(f"{due:,} entries with {len(found):,} addresses: one each is due")
    try:
        return [unescape(location.decode().strip()) for location in found]
    except UnicodeDecodeError as error:
        raise SitemapError(f"an address is no UTF-8: {error.reason}") from error


def _unpacked(body: bytes) -> Iterator[bytes]:
    """The text of a file, bit by bit: of gzip, told by its first bytes, or plain."""
    total = 0
    for part in _inflated(body) if body.startswith(_GZIP) else _sliced(body):
        total += len(part)
        if total > MOST_BYTES:
            raise SitemapError(f"more than {MOST_BYTES:,} bytes, unpacked")
        yield part


def _sliced(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _OUT):
        yield body[start : start + _OUT]


def _inflated(body: bytes) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    try:
        for packed in _pieces(body):
            waiting = packed
            while waiting:
                if inflater.eof:  # a further member, or zeros that fill a block
                    waiting = waiting.lstrip(b"\0")
                    if not waiting:
                        break
                    inflater = zlib.decompressobj(_GZIP_WINDOW)
                part = inflater.decompress(waiting, _OUT)
                if part:
                    yield part
                waiting = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            while not inflater.eof and (part := inflater.decompress(b"", _OUT)):
                yield part
    except zlib.error as error:
        raise SitemapError(f"spoilt gzip: {error}") from error
    if not inflater.eof:
        raise SitemapError("gzip that is cut short")


def _pieces(body: bytes) -> Iterable[bytes]:
    return (body[start : start + _IN] for start in range(0, len(body), _IN))


def _shown(text: bytes) -> str:
    return repr(text.decode("utf-8", "replace"))

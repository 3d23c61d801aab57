"""What may come in the place of an answer: a refusal, a wall, or something else than what was due.

Told by status, address and structure, never by an English sentence: the pages come in every language. What was asked for is looked for
first, so that an app that writes of captchas in its description is no wall. Facts: recorded block and consent pages of Google's (none of
Play's own is known), and what other projects report.
"""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

_REFUSALS = (429, 503)
_OK = 200
_REDIRECTS = range(300, 400)
_PREFIX = b")]}'"
_BLOCK = b"AF_initDataCallback"
_PAGE_END = b"</html>"
_SITEMAP = (b"\x1f\x8b", b"<?xml", b"<urlset", b"<sitemapindex")
_TAIL = 200
_HEAD = 64 * 1024
"""Walls are small; their marks stand within this."""
# No tag is looked for beyond the next one: a page of open tags would be read once for each.
_CAPTCHA = re.compile(
    rb"""<(?:form|div)\s[^<>]*(?:id=["']captcha-form|class=["']g-recaptcha)|<form\s[^<>]*action=["'][^"'<>]*/sorry/"""
)
_CONSENT_FORM = re.compile(rb"""<form\s[^<>]*action=["']https?://consent\.[a-z.]+(?::\d+)?/""")


class Trouble(StrEnum):
    """What came instead; the words are those of the statistics `playfast/trouble/<word>`."""

    REFUSED = "refused"
    """429 or 503: too much is asked."""
    BLOCKED = "blocked"
    """A captcha, or the way to one: this address is asked to prove that it is a person."""
    CONSENT = "consent"
    """The page on cookies that the law of some countries demands, or the way to it."""
    ELSEWHERE = "elsewhere"
    """A redirect away from the store."""
    NO_RPC = "no_rpc"
    """A page of some kind where the answer to a POST was due."""
    EMPTY = "empty"
    """A whole page without a block of data: a new layout, or a wall of an unknown kind; never an app without data."""
    CUT = "cut"
    """A page whose end is missing, before any block of data."""


def of_answer(
    status: int,
    body: bytes,
    *,
    rpc: bool,
    sitemap: bool = False,
    location: str | None = None,
    host: str | None = None,
) -> Trouble | None:
    """What is wrong with an answer as a whole, or None if it may be read, or is for others to judge (404, 500).

    Args:
        status: of HTTP.
        body: unpacked.
        rpc: whether the answer to a POST of calls is due, and not a page.
        sitemap: whether a sitemap is due, or what names them.
        location: where a redirect leads.
        host: the store's; a redirect to another leads elsewhere.
    """
    if status in _REDIRECTS and location is not None:
        return _of_redirect(location, host)
    if status in _REFUSALS:
        return Trouble.BLOCKED if _CAPTCHA.search(body, 0, _HEAD) else Trouble.REFUSED
    if status != _OK:
        return None
    if rpc:
        head = body[:_TAIL].lstrip()
        return None if not head or head.startswith((_PREFIX, b"[")) else _of_wall(body) or Trouble.NO_RPC
    if sitemap:
        return None if body.startswith(_SITEMAP) else _of_wall(body) or Trouble.EMPTY
    if _BLOCK in body:
        return None
    wall = _of_wall(body)
    if wall is None:
        return Trouble.EMPTY if _PAGE_END in body[-_TAIL:].lower() else Trouble.CUT
    return wall


def _of_redirect(location: str, host: str | None) -> Trouble | None:
    try:
        parts = urlsplit(location)
        to = (parts.hostname or "").lower()
    except ValueError:
        return Trouble.ELSEWHERE  # no address at all
    if parts.path.startswith("/sorry"):
        return Trouble.BLOCKED
    if to.startswith("consent."):
        return Trouble.CONSENT
    if (to and to != host) or parts.scheme not in ("", "http", "https"):
        return Trouble.ELSEWHERE
    return None


def _of_wall(body: bytes) -> Trouble | None:
    if _CAPTCHA.search(body, 0, _HEAD):
        return Trouble.BLOCKED
    if _CONSENT_FORM.search(body, 0, _HEAD):
        return Trouble.CONSENT
    return None

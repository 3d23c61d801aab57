"""What may stand in the place of an answer: a captcha, a page on cookies, something else than was asked for.

The pages have the structure of recorded ones of Google's and no words of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from .reply import HTML, Kind, Reply

CLICKED = "clicked"
"""The value of the cookie ``SOCS`` that the button of the consent page leads to; a crawler that sends one of its own has another."""

_SORRY = b"""<!DOCTYPE html><html><head><meta charset=utf-8><title>%(address)b</title></head><body>
<form id="captcha-form" action="index" method="post"><div id="recaptcha" class="g-recaptcha" data-sitekey="none"></div>
<input type="hidden" name="q" value="none"><input type="hidden" name="continue" value="%(address)b"></form></body></html>"""
_CONSENT = b"""<!DOCTYPE html><html lang="en"><head><meta charset=utf-8><title>Cookies</title></head><body><h1>Cookies</h1>
<form action="%(action)b" method="POST"><input type="hidden" name="continue" value="%(address)b">
<input type="hidden" name="set_eom" value="true"><input type="submit" value="Reject all"></form>
<form action="%(action)b" method="POST"><input type="hidden" name="continue" value="%(address)b">
<input type="hidden" name="set_eom" value="false"><input type="submit" value="Accept all"></form></body></html>"""
_OTHER = b"<!doctype html><html><head><title>Sign in</title></head><body><p>Another page.</body></html>"
_EMPTY = b'<!doctype html><html lang="en"><head><title>Apps</title></head><body><c-wiz></c-wiz></body></html>'


def wall(name: str, kind: Kind, address: str, host: str) -> Reply:
    """The reply that stands in the place of the one at ``address``; ``host`` is the store's name and port."""
    return _MADE[name](kind, address, host)


def opened(name: str, cookie: str) -> bool:
    """Whether a request with this cookie passes a wall."""
    if name in {"consent-redirect", "consent-page"}:
        return "SOCS=" in cookie
    return name == "consent-click" and f"SOCS={CLICKED}" in cookie


def sorry(kind: Kind, address: str, status: int = 429) -> Reply:
    """The page with the captcha, which nothing solves."""
    return Reply(kind, status, HTML, [_SORRY % {b"address": _escaped(address)}])


def redirect(kind: Kind, address: str, *more: tuple[bytes, bytes]) -> Reply:
    return Reply(kind, 302, HTML, [b"<html></html>"], headers=[(b"location", address.encode()), *more])


def _consent(kind: Kind, address: str, save: str) -> Reply:
    return Reply(kind, 200, HTML, [_CONSENT % {b"action": _escaped(save), b"address": _escaped(address)}])


def _click(kind: Kind, address: str, host: str) -> Reply:
    # A browser takes any name that ends with localhost for this machine.
    port = host.rpartition(":")[2]
    return _consent(kind, address, f"http://consent.localhost:{port}/_consent/save?store={quote(host)}")


_MADE: dict[str, Callable[[Kind, str, str], Reply]] = {
    "sorry-redirect": lambda kind, address, _: redirect(kind, f"/sorry/index?continue={quote(address)}"),
    "sorry-page": lambda kind, address, _: sorry(kind, address, 200),
    "sorry-429": lambda kind, address, _: sorry(kind, address),
    "consent-redirect": lambda kind, address, _: redirect(
        kind, f"https://consent.google.com/m?continue={quote(address)}&gl=DE&m=0&pc=play&hl=de"
    ),
    "consent-page": lambda kind, address, _: _consent(kind, address, "https://consent.google.com/save"),
    "consent-click": _click,
    "html": lambda kind, _, __: Reply(kind, 200, HTML, [_OTHER]),
    "empty-page": lambda kind, _, __: Reply(kind, 200, HTML, [_EMPTY]),
}


def _escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").encode()

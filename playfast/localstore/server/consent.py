"""What the buttons of the consent page lead to: a cookie, and back to where one wanted to go."""

from __future__ import annotations

from urllib.parse import parse_qs, quote

from .asked import Asked
from .reply import Reply
from .walls import CLICKED, redirect, sorry


def save(asked: Asked) -> Reply:
    """Posted to the consent host, which sends on to the store's own, since it can set no cookie for that."""
    form = parse_qs(asked.body.decode("latin-1"))
    there = form.get("continue", ["/"])[0]
    return redirect("other", f"http://{asked.query.get('store', '')}/_consent/done?continue={quote(there)}")


def done(asked: Asked) -> Reply:
    """Sets the cookie."""
    cookie = b"SOCS=%b; Path=/" % CLICKED.encode()
    return redirect("other", asked.query.get("continue", "/"), (b"set-cookie", cookie))


def captcha(asked: Asked) -> Reply:
    """Where a blocked request is sent to."""
    return sorry("other", asked.query.get("continue", "/"))

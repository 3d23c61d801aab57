"""The frame of a page: one file of HTML that holds its style, its scripts and its data, and may ask nothing of any host."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from string import Template

from playfast.pages import library
from playfast.pages.markup import Html, element


def page(title: str, *parts: str, style: str = "") -> str:
    """The whole page; `parts` are the children of its main element, and `style` is what this page has beyond the style of all.

    The policy in its head allows the very scripts and the style that stand in it, by their hashes, and nothing else: no request, no
    inline handler, no `eval`. Vega evaluates its expressions by its interpreter (`ast: true` in page.js).

    Raises:
        playfast.pages.library.LibraryMissingError: no chart library is installed.
    """
    whole_style, own, charts = Html(_data("page.css") + style), _data("page.js"), library.script()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(charts)} {_hash(own)}",
            f"style-src {_hash(whole_style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return Template(_data("page.html")).substitute(
        title=element("title", title),
        policy=element("meta", http_equiv="Content-Security-Policy", content=policy),
        style=whole_style,
        library=charts,
        script=own,
        body=element("main", *parts),
    )


def written(text: str) -> bytes:
    """A page as the bytes of its file. A lone surrogate, which UTF-8 has no place for, becomes a question mark."""
    return text.encode("utf-8", "replace")


def _data(name: str) -> Html:
    return Html(files("playfast.pages").joinpath(name).read_text(encoding="utf-8"))


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"

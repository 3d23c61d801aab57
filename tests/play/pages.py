"""Small app pages, put together after the description of the real ones (which are a hundred times as large)."""

from __future__ import annotations

import html
import json
from typing import Any

STYLE = (
    "<style data-href=\"https://www.gstatic.com/x\">.a{content:\"<meta name='x' content='style'>\"}</style>"
)


def data(value: Any) -> str:
    """A block's data as Play writes it: no raw `<`, `=` or `&`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("=", "\\u003d").replace("&", "\\u0026")


def block(key: str, value: Any) -> str:
    return (
        f"<script class=\"{key}\" nonce=\"n\">AF_initDataCallback({{key: '{key}', hash: '7', "
        f"data:{data(value)}, sideChannel: {{}}}});</script>"
    )


def failed_block(key: str) -> str:
    """As on a recorded page of 2022: no hash, no side channel, and a comma too many."""
    told = [5, "generic", "Requested entity was not found.\nPlayDataError: <eye3 title>", None, [{"1": 5}]]
    return (
        f'<script class="{key}" nonce="n">AF_initDataCallback({{key: \'{key}\',  data:{data(told)},'
        "errorHasStatus: true,});</script>"
    )


def routing_table(routes: dict[str, str]) -> str:
    entries = ",".join(
        f"'{key}' : {{id:'{rpc}',request:[null,[[[\"a.b\",7]]]]}}" for key, rpc in routes.items()
    )
    return f'<script nonce="n">var AF_initDataKeys = []; var AF_dataServiceRequests = {{{entries}}}; var AF_initDataChunkQueue = [];</script>'


def metas(tags: list[dict[str, str]]) -> str:
    return "".join(
        "<meta " + " ".join(f'{name}="{html.escape(value)}"' for name, value in tag.items()) + ">"
        for tag in tags
    )


def page(
    blocks: str = "",
    *,
    routes: dict[str, str] | None = None,
    meta: list[dict[str, str]] | None = None,
    json_ld: str | None = None,
    country: str | None = "US",
    end: str = "</body></html>",
) -> bytes:
    """A page in the order of the real ones: globals, styles, meta tags, routing table, text, JSON-LD, blocks."""
    globals_ = "{}" if country is None else json.dumps({"zQmIje": country}, separators=(",", ":"))
    parts = [
        f'<!doctype html><html><head><base href="/"><script data-id="_gd" nonce="n">window.WIZ_global_data = {globals_};</script>',
        STYLE,
        "<title>Kettle</title>",
        metas(meta or []),
        "" if routes is None else routing_table(routes),
        "</head><body><p>Kettle</p>",
        "" if json_ld is None else f'<script type="application/ld+json" nonce="n">{json_ld}</script>',
        blocks,
        end,
    ]
    return "".join(parts).encode()

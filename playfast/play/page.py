"""An HTML page of Play: its data blocks by RPC id, the storefront that answered, JSON-LD and meta tags.

A page is 1.2 MB of which the data blocks are a tenth, so nothing here builds a tree of it: blocks, JSON-LD and the run of meta tags are
found by their marks and cut out of the bytes, and only the fragment is parsed. Blocks are told by the RPC they answer, which the page's
own routing table names: the numbers in `ds:5` differ between builds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import orjson
from parsel import Selector

from playfast.errors import PageError
from playfast.play.asked import Request, is_deeper, others
from playfast.play.calls import DETAILS
from playfast.play.json_text import decoded
from playfast.play.record import find

_ROUTES = b"AF_dataServiceRequests = {"
_ROUTES_END = b"AF_initDataChunkQueue"
_ROUTE = re.compile(rb"'(ds:\d+)' : \{id:'(\w+)'")
_BLOCK = re.compile(rb">AF_initDataCallback\(\{key: '(ds:\d+)'")
_REQUEST = re.compile(r"'ds:\d+' : \{id:'(\w+)',(?:ext: [^,{}']{0,60},)?request:", re.ASCII)
_DATA = b"data:"
_SIDE_CHANNEL = b", sideChannel:"
_FAILED = b"errorHasStatus"
_BLOCK_END = b"</script>"
_JSON_LD = b'<script type="application/ld+json"'
_COUNTRY = re.compile(rb'"zQmIje":"([A-Za-z]{2})"')
_PAGE_END = b"</html>"
_LIST = b"%.@."
_JSON = json.JSONDecoder()
_DEEPEST = 100
"""Lists within lists in a request; Play's have 15."""
_TITLE = (1, 2, 0, 0)
_PACKAGE_ID = (1, 2, 77, 0)


class Page:
    """One app page, read piece by piece as asked."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    @property
    def is_whole(self) -> bool:
        """Whether the page has its end; one that was cut may lack any block, since they stand last."""
        return _PAGE_END in self.body[-200:]

    @cached_property
    def routes(self) -> dict[str, str]:
        """RPC id by block key (`ds:5`), from the page's routing table; empty on a page without one."""
        return {key.decode(): rpc.decode() for key, rpc in _ROUTE.findall(self._table)}

    @cached_property
    def _table(self) -> bytes:
        start = self.body.find(_ROUTES)
        if start < 0:
            return b""
        end = self.body.find(_ROUTES_END, start)
        return self.body[start : end if end >= 0 else None]

    @cached_property
    def requests(self) -> list[Request]:
        """Each RPC of the routing table with the request that the page made, as far as they can be read."""
        table = self._table.decode("utf-8", "replace")
        found, place = [], 0
        while mark := _REQUEST.search(table, place):
            start = mark.end()
            try:
                _, place = _JSON.raw_decode(table, start)
                request = decoded(table[start:place])
            except (ValueError, RecursionError):
                place = max(place, start)
            else:
                if not is_deeper(request, _DEEPEST):
                    found.append((mark[1], request))
        return found

    def setting(self, name: str) -> Any:
        """A list that the page's global settings (`WIZ_global_data`) hold as a text; None where there is none.

        Its opening bracket is written as a mark.
        """
        start = self.body.find(b'"%b":"%b' % (name.encode(), _LIST))
        end = self.body.find(b'","', start)
        if start < 0 or end < 0:
            return None
        try:
            text = decoded(self.body[start + len(name) + 3 : end + 1])
            return decoded(text.replace(_LIST.decode(), "[", 1))
        except orjson.JSONDecodeError:
            return None

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        """Where the data of each block stands; a block that Play failed to fill is left out.

        A block begins a script, and goes on to its end: what looks like one in the text of another is none.
        """
        spans: dict[str, tuple[int, int]] = {}
        end = 0
        while mark := _BLOCK.search(self.body, end):
            end = self.body.find(_BLOCK_END, mark.end())
            if end < 0:
                break
            start = self.body.find(_DATA, mark.end(), end)
            stop = self.body.rfind(_SIDE_CHANNEL, start, end) if start >= 0 else -1
            if stop >= 0 and _FAILED not in self.body[stop:end]:
                spans[mark[1].decode()] = (start + len(_DATA), stop)
        return spans

    def block(self, rpc: str | None, accept: Callable[[Any], bool] = lambda _: True) -> Any:
        """The data of the first block that answers an RPC (None: any) and is accepted; None if there is none.

        On a page without a routing table (some recordings) every block is tried, so `accept` has to know the shape.
        """
        return next((data for data in self._blocks(rpc) if accept(data)), None)

    def _blocks(self, rpc: str | None) -> Iterator[Any]:
        named = {rpc}
        if rpc is not None and rpc not in self.routes.values():  # it may have been given another id since
            named |= others(rpc, self.requests)
        for key, (start, stop) in self._spans.items():
            if rpc is None or self.routes.get(key, rpc) in named:
                try:
                    yield decoded(self.body[start:stop])
                except orjson.JSONDecodeError as error:
                    raise PageError(f"block {key} is no JSON: {error}") from error

    @cached_property
    def json_ld(self) -> dict[str, Any]:
        """The `SoftwareApplication` that the page describes itself as; empty where it has none."""
        start = self.body.find(_JSON_LD)
        end = self.body.find(_BLOCK_END, start)
        if start < 0 or end < 0:
            return {}
        fragment = self.body[start : end + len(_BLOCK_END)].decode("utf-8", "replace")
        written = Selector(text=fragment).xpath("//script/text()").get() or ""
        try:
            described = decoded(written)
        except orjson.JSONDecodeError:
            return {}
        return described if isinstance(described, dict) else {}

    @cached_property
    def meta(self) -> dict[str, str]:
        """Content of the meta tags by `property`, `name` or `itemprop` (the last with `itemprop:` in front); the first of each."""
        end = self.body.find(_ROUTES)
        if end < 0:
            end = self.body.find(b"<body")
        start = self.body.rfind(b"</style>", 0, max(end, 0))
        if end < 0:
            return {}
        found: dict[str, str] = {}
        # To the last tag that is closed: behind it, every open one would be followed to the end.
        fragment = self.body[max(start, 0) : self.body.rfind(b">", 0, end) + 1]
        tags = b"".join(re.findall(rb"<meta [^>]*>", fragment)).decode("utf-8", "replace")
        for tag in Selector(text=f"<head>{tags}</head>").xpath("//meta[@content]") if tags else ():
            said = (
                tag.root.get
            )  # not `tag.attrib`, which fails at an attribute whose name holds a control character
            for kind, prefix in (("property", ""), ("name", ""), ("itemprop", "itemprop:")):
                if (name := said(kind)) is not None:
                    found.setdefault(prefix + name, said("content"))
        return found

    @property
    def country(self) -> str | None:
        """The country whose storefront answered, ISO 3166-1 alpha-2, lower case (`WIZ_global_data.zQmIje`)."""
        found = _COUNTRY.search(self.body)
        return found[1].decode().lower() if found else None


def details(page: Page) -> Any:
    """The data of the block with the app's record: the same message that the details RPC answers.

    The RPC occurs twice on a page; the other block holds the ratings of phones only.

    Raises:
        PageError: there is no such block, or it is not JSON.
    """
    data = page.block(DETAILS, _has_title)
    if data is None and page.routes and DETAILS not in page.routes.values():
        # Asked by another RPC, and in another way.
        data = page.block(None, lambda block: _has_title(block) and isinstance(find(block, _PACKAGE_ID), str))
    if data is None:
        raise PageError("the page has no block with the app's record")
    return data


def _has_title(block: Any) -> bool:
    return isinstance(find(block, _TITLE), str)

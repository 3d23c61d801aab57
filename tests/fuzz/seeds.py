"""What the fuzzer begins with: answers of the local store, and the recorded ones where they are to be had."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from playfast.errors import PlayfastError
from playfast.items import App
from playfast.localstore.catalogue import App as Listed
from playfast.localstore.identifiers import ids
from playfast.localstore.server.options import Options
from playfast.localstore.server.store import Store
from playfast.localstore.varieties import VARIETIES
from playfast.localstore.wire.prepared import plain_body
from playfast.play import calls, envelope
from playfast.play.fields import Extractor
from playfast.play.page import Page, details
from tests.recorded.recordings import DIRECTORY

_APPS = 12
_RECORDED = ("details", "rpc", "blocked", "search", "developer", "home")
_LARGEST = 3_000_000


@dataclass(frozen=True)
class Seeds:
    bodies: tuple[bytes, ...]
    values: tuple[Any, ...]
    texts: tuple[str, ...] = field(default=())


@cache
def seeds() -> Seeds:
    bodies = [*_of_the_store(), *_recorded()]
    values: list[Any] = []
    for body in bodies:
        try:
            values += [answer.decoded() for answer in envelope.unpack(body).values()]
        except PlayfastError:
            try:
                values.append(details(Page(body)))
            except PlayfastError:
                continue
    values = [value for value in values if value is not None]
    return Seeds(tuple(bodies), tuple(values), tuple(sorted(_texts(values[:6]))[:400]))


def _of_the_store() -> list[bytes]:
    store = Store(Options())
    names = [*islice(ids(_APPS), _APPS), *VARIETIES]
    query = {"hl": "en", "gl": "us"}
    pages = [
        plain_body(store.answer("GET", "/store/apps/details", {**query, "id": app_id}, b"").parts)
        for app_id in names
    ]
    numbers = Extractor(App).mask
    packed = envelope.pack(calls.details(app_id, numbers, str(place)) for place, app_id in enumerate(names))
    answer = store.answer(
        "POST",
        "/_/PlayStoreUi/data/batchexecute",
        query,
        packed.encode() if isinstance(packed, str) else packed,
    )
    lists = envelope.pack(
        [
            *(calls.related(app_id, f"r{place}", 6) for place, app_id in enumerate(names[:8])),
            *(calls.reviews(f"example.app{n}.reviews50.app", f"v{n}", rows=20, sort=2) for n in range(4)),
            *(
                calls.developer(Listed(app_id).developer.page_id, f"d{place}", 10)
                for place, app_id in enumerate(names[:6])
            ),
            *(
                calls.profile(Listed(app_id).developer.number, f"p{place}")
                for place, app_id in enumerate(names[:6])
            ),
            *(
                calls.above(Listed(app_id).developer.number, f"a{place}")
                for place, app_id in enumerate(names[:6])
            ),
            *(
                calls.details(app_id, (1, 19, 75, 78, 138), f"s{place}")
                for place, app_id in enumerate(names[:6])
            ),
            calls.storefront("store"),
        ]
    )
    listed = store.answer("POST", "/_/PlayStoreUi/data/batchexecute", query, lists)
    looked = store.answer("POST", "/_/PlayStoreUi/data/batchexecute", query, _finding(names))
    return [*pages, plain_body(answer.parts), plain_body(listed.parts), plain_body(looked.parts)]


def _finding(names: list[str]) -> bytes:
    """A pack that asks what finds apps: words, one of them an app's id, what people type, charts, front pages."""
    return envelope.pack(
        [
            *(
                calls.search(query, calls.CARD, f"q{query}")
                for query in ("panda", names[0], "no app like that")
            ),
            *(calls.older_search(query, f"o{query}") for query in ("panda", names[0])),
            *(calls.suggestions(term, f"t{term}") for term in ("p", "panda")),
            calls.chart("topselling_free", "GAME", 20, calls.CARD_OF_CHART, "chart"),
            *(calls.home(category, calls.CARD, f"h{category}") for category in ("APPLICATION", "GAME")),
        ]
    )


def _recorded() -> list[bytes]:
    found = []
    for folder in _RECORDED:
        for path in sorted((DIRECTORY / folder).rglob("*.gz")):
            body = gzip.decompress(path.read_bytes())
            if len(body) < _LARGEST:
                found.append(body)
    return found


def _texts(value: Any) -> set[str]:
    found: set[str] = set()
    for text in json.dumps(value).split('"')[1::2]:
        found.add(text)
    return found

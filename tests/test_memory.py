"""What a record takes of memory beyond its texts: people keep a million of them in lists."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from itertools import islice
from typing import Any

import orjson

from playfast.items import App
from playfast.localstore import catalogue
from playfast.localstore.record.message import payload
from playfast.localstore.record.view import View
from playfast.play import calls
from playfast.play.fields import Extractor

COUNT = 1_000
MOST = 2_100
"""Bytes, of which the item itself with its 118 fields is 912."""


def sizes(root: Any) -> Counter[str]:
    """Bytes by type of everything that an object holds, each object once."""
    found: Counter[str] = Counter()
    seen = set()
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if value is None or isinstance(value, bool | type) or id(value) in seen:
            continue
        seen.add(id(value))
        found[type(value).__name__] += sys.getsizeof(value)
        waiting += gc.get_referents(value)
    return found


def test_a_record_takes_little_beyond_its_texts():
    extract = Extractor(App, always=calls.ALWAYS_ASKED)
    apps = []
    for app_id in islice(catalogue.ids(COUNT), COUNT):
        told = payload(View(catalogue.App(app_id), "us", "en", words=True), extract.mask)
        given = {"app_id": app_id, "country": "us", "lang": "en", "status": "available"}
        apps.append(extract(orjson.loads(orjson.dumps(told)), given, lambda *_: None))
    found = sizes(apps)
    beyond = sum(found.values()) - found["str"] - sys.getsizeof(apps)
    assert beyond / COUNT <= MOST, found

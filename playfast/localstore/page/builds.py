"""Which RPC fills which block of a page, in each build of the store, and what the page says it asked."""

from __future__ import annotations

from typing import Any

import orjson

from playfast.localstore.record.fields import PAGE_MASK
from playfast.localstore.wire.json_text import dumps

from .config import CONTEXT

_FRAME = ("T6C6Se", "Qu3lde", "X5bnOb")
_FIRST = (*_FRAME, "CLXjtf", "A6yuRe", "Ws7gDc", "ZittHe", "yowZ5", "ag2B9c")
_LAST = ("oCPfdb", "jRco8", "shGlA")

#: What a build puts behind ``ds:0``, ``ds:1``, ... The second Ws7gDc asks for ratings on phones.
BLOCKS: dict[str, tuple[str, ...]] = {
    "2026": (*_FIRST, "Ws7gDc/52", *_LAST),
    "2025": (*_FIRST, "e7uDs", "Ws7gDc/52", *_LAST),
    "2025b": (*_FIRST, "gIDi0", "e7uDs", "Ws7gDc/52", *_LAST),
    "2022": (*_FRAME, "CLXjtf", "Ws7gDc", "ag2B9c", "c5NYSc", *_LAST),
}

_EXTRA = {
    "X5bnOb": "1.59168981E8",
    "CLXjtf": "1.84915516E8",
    "ag2B9c": "1.92838566E8",
    "lGYRle": "2.1016703E8",
}

_LATER_FIELDS = {13, 75, 149, 151, 155, 169, 183, 187, 193, 129, 140}


def mask_of(build: str) -> tuple[int, ...]:
    """The fields that a build's page asks for."""
    if build == "2022":
        return tuple(sorted({number for number in PAGE_MASK if number not in _LATER_FIELDS} | {45}))
    if build.startswith("2025"):
        return tuple(number for number in PAGE_MASK if number not in {140, 183, 193})
    return PAGE_MASK


def _asked(rpc: str, app_id: str, build: str) -> Any:
    doc = [app_id, 7]
    old = build == "2022"
    return {
        "T6C6Se": [],
        "Qu3lde": [] if old else [None, 1],
        "X5bnOb": [],
        "CLXjtf": [doc],
        "A6yuRe": [doc],
        "Ws7gDc": [None, None, [list(mask_of(build))], CONTEXT, None, [doc]],
        "ZittHe": [[None, [[3, [10]], None, None, [184]], doc]],
        "yowZ5": [[None, [[3, [10]], None, None, [184]], doc]],
        "ag2B9c": [[None, doc, None, [[3, [6]], True if old else None, None, [1, 8]]], [True if old else 1]],
        "Ws7gDc/52": [None, None, [[52]], [[*[None] * 23, [2]]], None, [doc]],
        "oCPfdb": [None, [2, None, [40], None, []], doc]
        if old
        else [None, [2, None, [20], None, [*[None] * 8, 2]], doc],
        "jRco8": [],
        "shGlA": [None, 0],
        "e7uDs": [doc],
        "gIDi0": [app_id],
        "c5NYSc": [None, doc],
    }[rpc]


def routing_script(app_id: str, build: str) -> bytes:
    """The script of an app's page that says which block is which RPC, with the arguments of each."""
    return routing([(rpc, _asked(rpc, app_id, build)) for rpc in BLOCKS[build]])


def routing(blocks: list[tuple[str, Any]]) -> bytes:
    """The script that says which RPC fills ``ds:0``, ``ds:1``, ... and with which arguments it was asked."""
    keys = orjson.dumps([f"ds:{n}" for n in range(len(blocks))])
    entries = []
    for number, (rpc, asked) in enumerate(blocks):
        extra = f"ext: {_EXTRA[rpc]} ," if rpc in _EXTRA else ""
        arguments = dumps(asked).decode()
        entries.append(f"'ds:{number}' : {{id:'{rpc.partition('/')[0]}',{extra}request:{arguments}}}")
    return (
        b"var AF_initDataKeys = "
        + keys
        + b"; var AF_dataServiceRequests = {"
        + ",".join(entries).encode()
        + b"}; var AF_initDataChunkQueue = []; "
        b"var AF_initDataCallback; var AF_initDataInitializeCallback; if (AF_initDataInitializeCallback) "
        b"{AF_initDataInitializeCallback(AF_initDataKeys, AF_initDataChunkQueue, AF_dataServiceRequests);}"
        b"if (!AF_initDataCallback) {AF_initDataCallback = function(chunk) {AF_initDataChunkQueue.push(chunk);};}"
    )

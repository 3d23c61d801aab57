"""POST /_/PlayStoreUi/data/batchexecute: many calls in one request, answered in the order in which they happen to be ready."""

from __future__ import annotations

import re
from collections import Counter

from playfast.localstore.identifiers import ids
from playfast.localstore.rpc.frames import expired, trouble
from playfast.localstore.wire import framing
from playfast.localstore.wire.form import MalformedRequest, calls
from playfast.localstore.wire.framing import Frame
from playfast.localstore.wire.prepared import Part

from .asked import Asked
from .reply import HTML, Reply

_ANSWER_TYPE = b"application/json; charset=utf-8"
_MANY = 64
_TOKEN = re.compile(r'"[\w-]{150,}"')


def batchexecute(asked: Asked) -> Reply:
    """Answer a pack of calls."""
    store = asked.store
    if store.options.rpc_down:
        store.counts.faults["rpc-down"] += 1
        return Reply("rpc", 500, HTML, [b"<html><title>Error 500</title>Server Error</html>"])
    try:
        wanted = calls(asked.body)
    except MalformedRequest:
        return Reply(
            "rpc", 400, HTML, [b"<html><title>Error 400 (Bad Request)</title>Malformed request</html>"]
        )
    asked_for = Counter(rpc for rpc, _, _ in wanted)
    store.counts.calls.update(asked_for)
    if store.options.broken and any(
        store.faults.breaks_pack(store.broken_id(arguments)) for _, arguments, _ in wanted
    ):
        store.counts.faults["pack-503"] += 1
        return store.unavailable("rpc")
    make, gl, hl = store.frames.frame, store.serving(asked.gl), asked.hl
    if store.faults.calls_fail:
        frames = _with_faults(asked, wanted, gl)
    else:
        frames = [make(rpc, arguments, tag, gl, hl) for rpc, arguments, tag in wanted]
    if len(frames) < _MANY:
        store.chance.shuffle(frames)
    else:  # the same, five times as fast
        toss = store.chance.random
        frames.sort(key=lambda _: toss())
    return Reply(
        "rpc",
        200,
        _ANSWER_TYPE,
        _framed(asked, frames),
        [(b"content-disposition", b'attachment; filename="response.bin"')],
        calls=asked_for,
    )


def _with_faults(asked: Asked, wanted: list[tuple[str, str, object]], gl: str) -> list[Frame]:
    store = asked.store
    frames = []
    for rpc, arguments, tag in wanted:
        fault = store.faults.of_call(store.broken_id(arguments))
        if fault is not None:
            store.counts.faults[fault] += 1
        if fault == "absent":
            continue
        if fault == "error-frame":
            frames.append(trouble(rpc, tag))
            continue
        if _TOKEN.search(arguments) and store.faults.kills_token():
            store.counts.faults["dead-token"] += 1
            frames.append(expired(rpc, tag))
            continue
        told = _of_another_app(arguments, store.options.seed) if fault == "other-app" else arguments
        frames.append(store.frames.frame(rpc, told, tag, gl, asked.hl))
    return frames


def _of_another_app(arguments: str, seed: int) -> str:
    """The same call for the first app of the catalogue, or the second where it is for the first."""
    first, second = ids(2, seed)
    other = second if f'"{first}"' in arguments else first
    return re.sub(r'\[\["(?:[^"\\]|\\.)*"', lambda _: f'[["{other}"', arguments)


def _framed(asked: Asked, frames: list[Frame]) -> list[Part]:
    chance, how = asked.store.chance, asked.store.options.framing
    in_chunks = asked.query.get("rt") == "c" or how == "chunked" or (how == "mixed" and chance.random() < 0.5)  # noqa: PLR2004
    return framing.chunked(frames, chance) if in_chunks else framing.one_line(frames, chance)

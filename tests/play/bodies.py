"""batchexecute bodies, written here after the description of the wire format and not with the code under test."""

from __future__ import annotations

import json
from typing import Any

PREFIX = ")]}'\n\n"
PLAY_DATA_ERROR = [
    5, None, [["type.googleapis.com/wireless.android.finsky.boq.web.data.store.error.PlayDataError", [1]]],
]  # fmt: skip
GATEWAY_ERROR = [13, None, [["type.googleapis.com/com.google.play.gateway.proto.PlayGatewayError", [3]]]]


def frame(tag: str, payload: Any, *, rpc: str = "Ws7gDc", error: Any = None) -> list[Any]:
    """An answer's frame; the payload is JSON in JSON, None for nothing."""
    written = None if payload is None else json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return ["wrb.fr", rpc, written, None, None, error, tag]


def _written(frames: list[Any]) -> str:
    return json.dumps(frames, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def plain(frames: list[Any]) -> bytes:
    """All frames in one array on one line: what Play sends without `rt=c`."""
    ends = [["di", 490], ["af.httprm", 489, "-8205087361773492861", 16]]
    return (PREFIX + _written([*frames, *ends])).encode()


def chunked(frames: list[Any], *, per_line: int = 1) -> bytes:
    """Lines of length and array: what Play sends with `rt=c`. A length counts the newlines before and after its array."""
    lines = [frames[start : start + per_line] for start in range(0, len(frames), per_line)]
    lines.append([["di", 440], ["af.httprm", 439, "-6706835122863111553", 18]])
    body = PREFIX
    for line in lines:
        text = _written(line)
        body += f"{len(text.encode('utf-16-le')) // 2 + 2}\n{text}\n"
    said = 0
    while True:  # the end frame counts its own digits
        end = f'[["e",4,null,null,{said}]]'
        whole = f"{body}{len(end) + 2}\n{end}\n".encode()
        if len(whole) == said:
            return whole
        said = len(whole)

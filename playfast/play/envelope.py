"""batchexecute: many calls packed into one POST, and its body taken apart into answers by tag.

Answers come in any order, some may be missing, and a call that failed is reported inside a body with status 200; so an answer is
found by the tag its call carried, never by its position. Both framings are read: one JSON array, and lines of length and chunk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import orjson

from playfast.errors import EnvelopeError
from playfast.play.json_text import decoded
from playfast.play.record import find

PATH = "/_/PlayStoreUi/data/batchexecute"
HEADERS = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "Accept": "*/*"}
NOT_FOUND = 5
"""The gRPC code of a `PlayDataError`: Play has no such thing. Every other code is a failure of the gateway."""
_UNKNOWN = 0
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_PERCENT = ord("%")
_ESCAPES = [  # the percent sign first: the others bring new ones
    (bytes([code]), b"%%%02X" % code)
    for code in (_PERCENT, *(code for code in range(128) if code != _PERCENT and code not in _UNRESERVED))
]
_ERROR_SLOT = 5
_TAG_SLOT = 6
_SHORTEST_FRAME = 3


class Call(NamedTuple):
    """One call of an RPC: its id, its request as JSON, and the tag under which its answer is found."""

    rpc: str
    request: str
    tag: str


class Answer(NamedTuple):
    """One answer: its payload as JSON, or None where Play says there is nothing; `error` is the code of a failure."""

    rpc: str
    payload: str | None
    error: int | None = None
    error_type: str | None = None

    def decoded(self) -> Any:
        """The payload as values; None for none.

        Raises:
            EnvelopeError: the payload is no JSON.
        """
        if self.payload is None:
            return None
        try:
            return decoded(self.payload)
        except orjson.JSONDecodeError as error:
            raise EnvelopeError(f"the payload of a {self.rpc} answer is no JSON: {error}") from error


def address(
    origin: str, rpcs: Iterable[str], lang: str, country: str, more: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Where to post calls of these RPCs; language and country, and what else the address says, hold for all calls of a POST."""
    query = urlencode({"rpcids": ",".join(sorted(set(rpcs))), "hl": lang, "gl": country, **more})
    return f"{origin}{PATH}?{query}"


def pack(calls: Iterable[Call]) -> bytes:
    """The body of a POST that carries these calls; their tags must differ."""
    frames = [[call.rpc, call.request, None, call.tag] for call in calls]
    return b"f.req=" + _quoted(orjson.dumps([frames]))


def _quoted(text: bytes) -> bytes:
    """What `urllib.parse.quote` makes of it, for ASCII in a seventh of the time: a body has few kinds of characters, and many of each."""
    if not text.isascii():
        return quote(text, safe="").encode()
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text


def unpack(body: bytes) -> dict[str, Answer]:
    """The answers of a body by the tag of their call.

    Raises:
        EnvelopeError: no batchexecute body (an HTML page, say), or one that was cut short. What stood before the cut is not
            used: the calls without an answer could not be told from those that were left out.
    """
    answers: dict[str, Answer] = {}
    found = False
    for line in _frame_lines(body):
        try:
            frames = decoded(line)
        except orjson.JSONDecodeError as error:
            raise EnvelopeError(f"a line of frames that is no JSON (cut short?): {error}") from error
        found = True
        for frame in frames:
            _read(frame, answers)
    if not found:
        raise EnvelopeError(f"no frames in a body of {len(body)} bytes that begins {body[:60]!r}")
    if _is_chunked(body) and b'[["e",' not in body[-200:]:
        raise EnvelopeError("the end frame is missing: the body was cut short")
    return answers


def _frame_lines(body: bytes) -> Iterator[memoryview]:
    """Lines that hold frames, not copied: the one line of an answer to a pack is all of it."""
    view, start = memoryview(body), 0
    while start < len(body):
        end = body.find(b"\n", start)
        if end < 0:
            end = len(body)
        if body.startswith(b"[[", start):
            yield view[start:end]
        start = end + 1


def _is_chunked(body: bytes) -> bool:
    """In the chunked framing the first line after the prefix is a length."""
    head = body[:64].removeprefix(b")]}'").lstrip()
    return head[:1].isdigit()


def _read(frame: Any, answers: dict[str, Answer]) -> None:
    if frame.__class__ is not list or len(frame) < _SHORTEST_FRAME or frame[0] != "wrb.fr":
        return
    rpc, payload = frame[1], frame[2]
    tag = frame[_TAG_SLOT] if len(frame) > _TAG_SLOT else ""
    if not isinstance(rpc, str) or not isinstance(tag, str):
        return
    error = frame[_ERROR_SLOT] if len(frame) > _ERROR_SLOT else None
    if isinstance(payload, str):
        answers[tag] = Answer(rpc, payload)
    elif payload is not None:
        answers[tag] = Answer(rpc, None, _UNKNOWN, "a payload that is no text")
    elif error is None:
        answers[tag] = Answer(rpc, None)
    else:
        code = find(error, (0,))
        named = find(error, (2, 0, 0))
        answers[tag] = Answer(
            rpc,
            None,
            code if code.__class__ is int else _UNKNOWN,
            named.rpartition(".")[2] if isinstance(named, str) else None,
        )

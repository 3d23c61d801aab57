"""Answers as frames, made once and kept."""

from __future__ import annotations

import zlib
from collections.abc import Hashable
from typing import Any

from playfast.localstore.cache import ByteCache
from playfast.localstore.record.moves import Moves
from playfast.localstore.wire.framing import Frame, Head, tag_json
from playfast.localstore.wire.json_text import dumps, within_string
from playfast.localstore.wire.prepared import WORTH_COMPRESSING, Part, Prepared, prepare

from .calls import BAD_ARGUMENTS_ERROR, GATEWAY_ERROR, NOT_FOUND_ERROR, NOTHING, Answer, Storefront
from .routes import RPCS
from .template import NO_CHANGE, Template

_OVERHEAD = 400
_SHORT = 5 * WORTH_COMPRESSING


class FrameMaker:
    """Answers calls, and keeps the answers up to a number of bytes.

    ``words`` says how booleans are written: always as words, always as numbers, or (None) one or the other by chance of the arguments.
    """

    def __init__(
        self,
        cache_bytes: int,
        seed: int,
        *,
        words: bool | None,
        moves: Moves = (),
        week: int = 0,
        generation: int = 0,
        template: Template = NO_CHANGE,
    ) -> None:
        self._template = template
        self._rpcs = template.renamed(RPCS)
        self._seed = seed
        self._week = week
        self._generation = generation
        self._words = words
        self._moves = moves
        self._heads: ByteCache[Head] = ByteCache(cache_bytes)

    def frame(self, rpc: str, arguments: str, tag: Any, gl: str, hl: str) -> Frame:
        """The answer to one call, under the tag of the call."""
        responder = self._rpcs.get(rpc)
        if responder is None or self._template.is_former(arguments):
            return Frame(Head(_text(rpc, NOTHING)), tag_json(tag))
        wanted = responder.understand(arguments)
        if wanted is None:
            return Frame(Head(_text(rpc, Answer(error=BAD_ARGUMENTS_ERROR))), tag_json(tag))
        head = self._heads.get((rpc, wanted, gl, hl)) or self.prepare(rpc, wanted, gl, hl)
        return Frame(head, tag_json(tag))

    def prepare(self, rpc: str, wanted: Hashable, gl: str, hl: str) -> Head:
        """Make the answer to what a call wants (see `Rpc.understand`), and keep it."""
        front = Storefront(
            self._seed, gl, hl, self._booleans(wanted), self._moves, self._week, self._generation
        )
        part = _finish(_text(rpc, self._rpcs[rpc].answer(wanted, front)))
        made = Head(part)
        self._heads.put((rpc, wanted, gl, hl), made, _weight(part))
        return made

    def _booleans(self, wanted: Hashable) -> bool:
        if self._words is not None:
            return self._words
        return bool(zlib.crc32(repr(wanted).encode()) & 1)

    def __len__(self) -> int:
        return len(self._heads)


def trouble(rpc: str, tag: Any) -> Frame:
    """The frame of a call that the store could not answer this time."""
    return Frame(Head(_text(rpc, Answer(error=GATEWAY_ERROR))), tag_json(tag))


def expired(rpc: str, tag: Any) -> Frame:
    """The frame of a call whose token is dead."""
    return Frame(Head(_text(rpc, Answer(error=NOT_FOUND_ERROR))), tag_json(tag))


def _weight(part: Part) -> int:
    return _OVERHEAD + (part.weight if isinstance(part, Prepared) else len(part))


def _finish(raw: bytes) -> Part:
    """Compress long answers for good; short ones are better compressed together with their neighbours."""
    return raw if len(raw) <= _SHORT else prepare(raw)


def _text(rpc: str, answer: Answer) -> bytes:
    payload = b"null" if answer.payload is None else b'"' + within_string(dumps(answer.payload)) + b'"'
    error = b"null" if answer.error is None else dumps(answer.error)
    return b'["wrb.fr",' + dumps(rpc) + b"," + payload + b",null,null," + error + b","

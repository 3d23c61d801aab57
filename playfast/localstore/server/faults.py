"""Trouble on purpose: which answer fails, and how. The same seed and the same order of answers fail the same way."""

from __future__ import annotations

from random import Random
from typing import Literal

from .options import Options

CallFault = Literal["absent", "error-frame", "other-app"]
AnswerFault = Literal["503", "429", "dropped", "truncated"]
Cut = Literal["connection", "text", "gzip"]

_CUTS: tuple[Cut, ...] = ("connection", "text", "gzip")


class Faults:
    """Decides answer by answer, independently of what the answer is."""

    def __init__(self, options: Options) -> None:
        self._chance = Random(options.fault_seed)
        self.change(options)

    def change(self, options: Options) -> None:
        """Go on with other options."""
        self._options = options
        self.calls_fail = bool(
            options.absent
            or options.error_frames
            or options.other_app
            or options.broken
            or options.dead_tokens
        )
        """Whether single calls can fail at all: if not, nobody need ask for each."""

    def of_call(self, app_id: str | None) -> CallFault | None:
        """What happens to one call within a POST."""
        kind = self._options.broken.get(app_id or "")
        if kind == "absent":
            return "absent"
        if kind in {"error-frame", "everywhere"}:
            return "error-frame"
        if self._chance.random() < self._options.absent:
            return "absent"
        if self._chance.random() < self._options.error_frames:
            return "error-frame"
        if self._options.other_app and self._chance.random() < self._options.other_app:
            return "other-app"
        return None

    def kills_token(self) -> bool:
        """Whether a token that a call goes on with is dead."""
        return bool(self._options.dead_tokens) and self._chance.random() < self._options.dead_tokens

    def of_page(self) -> bool:
        """Whether a page is that of another app."""
        return bool(self._options.other_app) and self._chance.random() < self._options.other_app

    def lies(self) -> bool:
        """Whether the store of another country answers."""
        return bool(self._options.other_store) and self._chance.random() < self._options.other_store

    def breaks_pack(self, app_id: str | None) -> bool:
        """Whether any POST with this id is refused as a whole."""
        return self._options.broken.get(app_id or "") == "pack-503"

    def breaks_page(self, app_id: str) -> bool:
        """Whether the page of this id is always refused."""
        return self._options.broken.get(app_id) in {"page-503", "everywhere"}

    def of_answer(self) -> AnswerFault | None:
        """What happens to a whole answer."""
        options = self._options
        point = self._chance.random()
        if point < options.status_503:
            return "503"
        if point < options.status_503 + options.status_429:
            return "429"
        if options.dropped and self._chance.random() < options.dropped:
            return "dropped"
        if self._chance.random() < options.truncated:
            return "truncated"
        return None

    def cut(self, *, zipped: bool) -> Cut:
        """How a truncated answer is cut: the connection closes early, or a complete message holds a cut text or a cut gzip stream."""
        return self._chance.choice(_CUTS if zipped else _CUTS[:2])

    def where(self, length: int) -> int:
        """Where a truncated answer of that many bytes ends: somewhere in its middle."""
        return max(1, int(length * (0.2 + 0.7 * self._chance.random())))

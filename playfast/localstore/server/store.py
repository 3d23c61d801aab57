"""The store itself: options, caches, counts and faults together, answering requests without knowing of sockets."""

from __future__ import annotations

from random import Random

from playfast.localstore.page.pages import PageMaker
from playfast.localstore.rpc.frames import FrameMaker

from .asked import Asked
from .counts import Counts
from .faults import Faults
from .gate import TOO_MANY, Gate
from .options import Options
from .replays import Replays
from .reply import Kind, Message, Reply, finish
from .routes import find
from .sitemaps import Sitemaps

_MEGABYTE = 1_000_000
_OTHER, _ELSE = "us", "de"
"""The countries that answer in the place of others."""
_WORDS = {"words": True, "numbers": False, "mixed": None}
_UNAVAILABLE = (
    b"<html><title>Error 503 (Service Unavailable)</title>The service is unavailable. Try again later.</html>"
)


class Store:
    """Answers requests. The chance that shuffles answers is the store's own; the one that makes faults is `Faults`'s."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.counts = Counts()
        self.faults = Faults(options)
        self.gate = Gate(options, self.counts)
        self.chance = Random(options.fault_seed ^ 0x5F5E100)
        self.sitemaps = Sitemaps(options.shards, options.catalog, options.seed)
        self._publish()
        self._begin_anew()

    def change(self, options: Options) -> None:
        """Go on with other options: those that `options.CHANGEABLE` names may be others."""
        before, self.options = self.options, options
        if (options.week, options.tokens) != (before.week, before.tokens):
            self._begin_anew()
        self._publish()
        self.faults.change(options)
        self.gate = self.gate.for_options(options)

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes) -> Reply:
        """The reply to a request, faults included."""
        reply = find(method, path)(Asked(self, query, body))
        if reply.kind in {"page", "rpc", "sitemap"} and reply.status == 200:  # noqa: PLR2004 - only a good answer can be spoilt
            return self._spoil(reply)
        return reply

    def encode(self, reply: Reply, *, gzip: bool) -> Message:
        """The bytes of a reply, cut where it is to arrive truncated."""
        if not reply.truncated:
            return finish(reply, gzip=gzip)
        gzip = gzip and not reply.is_file
        return finish(
            reply, gzip=gzip, cut_at=self.faults.where(1_000) / 1_000, cut=self.faults.cut(zipped=gzip)
        )

    def unavailable(self, kind: Kind) -> Reply:
        """A reply that says: not now."""
        return Reply(
            kind, 503, parts=[_UNAVAILABLE], headers=self._retry_after() if self.options.status_503 else []
        )

    def serving(self, gl: str) -> str:
        """The country whose store answers who asks for this one: now and then another, where it is told to lie."""
        if not self.faults.lies():
            return gl
        self.counts.faults["other-store"] += 1
        return _OTHER if gl.lower() != _OTHER else _ELSE

    def broken_id(self, arguments: str) -> str | None:
        """The id among those that are to fail which a call's arguments name."""
        return next((app_id for app_id in self.options.broken if f'"{app_id}"' in arguments), None)

    def _publish(self) -> None:
        self.sitemaps.serve(self.options.generation, republishing=self.options.republishing)

    def _begin_anew(self) -> None:
        """Make all answers anew."""
        options = self.options
        half = options.cache_mb * _MEGABYTE // 2
        self.replays = Replays(options.cache_mb * _MEGABYTE if options.replay else 0)
        self.frames = FrameMaker(
            half,
            options.seed,
            words=_WORDS[options.booleans],
            moves=options.moves,
            week=options.week,
            generation=options.tokens,
            template=options.templates,
        )
        self.pages = PageMaker(half, options.seed, options.moves, options.week, options.templates)

    def _spoil(self, reply: Reply) -> Reply:
        fault = self.faults.of_answer()
        if fault is None:
            return reply
        self.counts.faults[fault] += 1
        if fault == "503":
            return self.unavailable(reply.kind)
        if fault == "429":
            return Reply(reply.kind, 429, parts=[TOO_MANY], headers=self._retry_after())
        reply.truncated, reply.dropped = fault == "truncated", fault == "dropped"
        return reply

    def _retry_after(self) -> list[tuple[bytes, bytes]]:
        return [(b"retry-after", b"%d" % self.options.retry_after)]

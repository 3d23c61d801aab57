"""The store on a socket: Twisted's HTTP, with latency, early closes and streams."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from twisted.internet import reactor as _reactor
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web import http

from .replays import Question
from .reply import Kind, Message, Reply
from .store import Store

reactor: Any = _reactor

_IDLE_SECONDS = 240
_AGENT_LIMIT = 200


class _Stream:
    """Writes a long answer block by block, as fast as the client reads. Twisted calls it a pull producer."""

    def __init__(self, request: Any, blocks: Iterator[bytes]) -> None:
        self._request, self._blocks = request, blocks
        request.registerProducer(self, streaming=False)

    def resumeProducing(self) -> None:  # noqa: N802 - Twisted's name
        block = next(self._blocks, None)
        if block is None:
            self._request.unregisterProducer()
            self._request.finish()
        else:
            self._request.write(block)

    def stopProducing(self) -> None:  # noqa: N802 - Twisted's name
        self._blocks = iter(())


class StoreRequest(http.Request):
    """One request. It counts as in flight from `process` until its answer is handed over or its client is gone."""

    kind: Kind = "other"
    counted = False
    waiting: Any = None
    content: Any = None
    args: Any = None

    def gotLength(self, length: int | None) -> None:  # noqa: ARG002, N802 - Twisted's name
        """What is posted stays in memory; Twisted would write long posts to a temporary file."""
        self.content = BytesIO()

    @property
    def _connection(self) -> Any:
        """Where the request came from. Twisted has no types for it."""
        return self.channel

    @property
    def _store(self) -> Store:
        store: Store = self._connection.factory.store
        return store

    def process(self) -> None:
        """Answer, after the store's latency."""
        store, path = self._store, self.path.decode("latin-1")
        self.kind = _kind(path)
        if self.kind == "control":
            self._answer(path)
            return
        agent = (self.getHeader(b"user-agent") or b"").decode("latin-1")[:_AGENT_LIMIT]
        store.counts.begin(self.kind, agent, self._connection.number)
        self.counted = True
        if store.options.latency:
            self.waiting = reactor.callLater(store.options.latency, self._answer, path)
        else:
            self._answer(path)

    def _answer(self, path: str) -> None:
        self.waiting = None
        zipped = b"gzip" in (self.getHeader(b"accept-encoding") or b"")
        if self.counted and not self._store.gate.is_open and (stopped := self._stopped()) is not None:
            self._send(self._store.encode(stopped, gzip=zipped))
            return
        question = Question(self.method, self.uri, self.content.getvalue(), zipped)
        kept = self._store.replays.get(question)
        if kept is not None:
            self._store.counts.calls.update(kept.calls)
            self._send(kept.message)
            return
        query = {_text(name): _text(values[0]) for name, values in self.args.items()}
        method = self.method.decode("latin-1")
        head_only = method == "HEAD"
        reply = self._store.answer("GET" if head_only else method, path, query, question.body)
        if reply.dropped:
            self._leave()
            self._connection.loseConnection()
        elif reply.stream is None or head_only:
            message = self._store.encode(reply, gzip=zipped)
            if self.counted:
                self._store.replays.put(question, message, reply.calls)
            self._send(message)
        else:
            self.responseHeaders.addRawHeader(b"content-type", reply.content_type)
            _Stream(self, reply.stream)

    def _stopped(self) -> Reply | None:
        """What the gate answers in the place of the store."""
        if self.kind not in {"page", "rpc", "sitemap"}:
            return None
        cookie, host = (_text(self.getHeader(name) or b"") for name in (b"cookie", b"host"))
        return self._store.gate.stops(self.kind, f"http://{host}{_text(self.uri)}", host, cookie)

    def _send(self, message: Message) -> None:
        self.setResponseCode(message.status)
        for name, value in message.headers:
            self.responseHeaders.addRawHeader(name, value)
        if self.counted:
            self._store.counts.sent(self.kind, message.status, len(message.body))
        self._hand_over(message)

    def _hand_over(self, message: Message) -> None:
        this: Any = self  # write and finish have no types
        connection = self._connection
        this.write(message.body)
        self._leave()
        if len(message.body) < message.length:
            connection.loseConnection()  # promised more than is sent
        else:
            this.finish()

    def connectionLost(self, reason: Failure) -> None:  # noqa: N802 - Twisted's name
        """The client went away."""
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None
        self._leave()
        base: Any = super()
        base.connectionLost(reason)

    def _leave(self) -> None:
        if self.counted:
            self.counted = False
            self._store.counts.end(self.kind)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _kind(path: str) -> Kind:
    if path.startswith("/_localstore/"):
        return "control"
    if path.startswith("/_/"):
        return "rpc"
    if path.startswith("/sitemaps/"):
        return "sitemap"
    return "page" if path.startswith("/store/") else "other"


def _new_request(channel: http.HTTPChannel, *_: object) -> StoreRequest:
    """A request whose body Twisted does not parse: `wire.form` does, much faster."""
    return StoreRequest(channel, parsePOSTFormSubmission=False)


class StoreFactory(http.HTTPFactory):
    """Makes connections, each with its number. It writes no access log."""

    def __init__(self, store: Store) -> None:
        super().__init__(timeout=_IDLE_SECONDS)
        self.store = store
        self._opened = 0

    def buildProtocol(self, addr: IAddress | None) -> Any:  # noqa: ARG002, N802 - Twisted's name
        """A connection. Twisted's own kind has a layer more, for HTTP/2."""
        make: Any = http.HTTPChannel
        channel = make()
        self._opened += 1
        channel.number = self._opened
        channel.factory = self
        channel.requestFactory = _new_request
        channel.callLater = reactor.callLater
        channel.timeOut = self.timeOut
        return channel

    def log(self, request: http.Request) -> None:
        """No access log."""

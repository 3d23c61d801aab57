"""One sweep through an app's reviews in one language: what is new, when it ends, and where it could go on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

import orjson

from playfast.items import Review
from playfast.play.verdict import Status
from playfast.runs.ledger import digest


class Corpus:
    """The reviews of an app over all its sweeps: which have come, and how many may still come.

    Args:
        sweeps: how many are open.
        most: reviews that are wanted in all; None for every one.
        here: digests of those that an earlier crawl has written.
    """

    __slots__ = ("_open", "here", "left", "seen")

    def __init__(self, sweeps: int, most: int | None, here: set[bytes]) -> None:
        self._open = sweeps
        self.here = here
        self.left = None if most is None else max(0, most - len(here))
        """Reviews that are still wanted; None for all."""
        self.seen: dict[bytes, int] = {}
        """Those that have come, with the walk in which they last did."""

    @property
    def full(self) -> bool:
        """Whether no more are wanted."""
        return self.left == 0

    def add(self) -> None:
        """One more has come."""
        if self.left is not None:
            self.left -= 1

    def closed(self) -> bool:
        """A sweep has ended; whether it was the last."""
        self._open -= 1
        return not self._open


@dataclass(frozen=True)
class Edge:
    """The newest reviews that are known: when they were written, and which they are (digests in hex), since several may share a moment."""

    at: str
    rows: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """How far a sweep has come, for a crawl that goes on with it: the token of its next page (None at its end), and its counts.

    `known` is where an earlier sweep began, `edge` where this one did.
    """

    token: str | None = None
    status: str = Status.AVAILABLE.value
    reviews: int = 0
    repeated: int = 0
    pages: int = 0
    store_count: int | None = None
    newest: str | None = None
    oldest: str | None = None
    edge: Edge | None = None
    known: Edge | None = None

    @classmethod
    def read(cls, text: str | None) -> Self:
        """The mark that a ledger has kept; a new one for None."""
        if text is None:
            return cls()
        told: dict[str, Any] = orjson.loads(text)
        for name in ("edge", "known"):
            if told.get(name) is not None:
                told[name] = Edge(**told[name])
        return cls(**told)

    def written(self) -> str:
        return orjson.dumps(asdict(self)).decode()


class Sweep:
    """One sweep.

    Args:
        corpus: of the app.
        number: of its key in the ledger.
        mark: how far an earlier crawl has come.
        written: digests of the reviews of this sweep that it has written, be it beyond the mark.
        since: the moment at whose reviews it ends, or "last" for those that an earlier sweep knows.
    """

    _walks = 0

    def __init__(
        self,
        corpus: Corpus,
        number: int | None,
        mark: Mark,
        written: set[bytes],
        *,
        since: datetime | str | None,
    ) -> None:
        self.number = number
        self.token = mark.token
        self.status = Status(mark.status)
        self.fetched_at: datetime | None = None
        self._corpus = corpus
        self._written = written
        goes_on = mark.token is not None
        self.reviews, self.repeated, self.pages = (
            (mark.reviews, mark.repeated, mark.pages) if goes_on else (0, 0, 0)
        )
        self.store_count = mark.store_count if goes_on else None
        self.newest = _moment(mark.newest) if goes_on else None
        self.oldest = _moment(mark.oldest) if goes_on else None
        self._edge = mark.edge if goes_on else None
        # What an earlier sweep found, if that one had come to its end.
        self._known = mark.known if goes_on else mark.edge or mark.known
        self._since: datetime | None = since if isinstance(since, datetime) else None
        self._until = self._known if since == "last" else None
        if self._until is not None:
            self._since = _moment(self._until.at)
        self._begun_anew = False
        self._tokens: set[str] = {mark.token} if mark.token is not None else set()
        self._walk()

    def begin(self, status: Status, store_count: int | None) -> None:
        """The app has answered."""
        self.status, self.store_count = status, store_count

    def begins_anew(self) -> bool:
        """Its token is dead, as old ones are: whether it may begin once more, passing over what has come."""
        if self._begun_anew:
            return False
        self._begun_anew = True
        self._tokens.clear()
        self._walk()
        return True

    def _walk(self) -> None:
        """Every beginning is a walk of its own: it ends where it meets what it has met itself, not what another has."""
        Sweep._walks += 1
        self._mine = Sweep._walks

    # Page by page.

    def turn(self) -> None:
        """The rows of a page follow."""
        self.pages += 1
        self._new_to_walk = 0
        self._older = False

    def takes(self, review: Review) -> bool:
        """Whether a review belongs to what is asked, and is not in the feeds; every one is counted here, once for each time it comes."""
        row = digest((review.review_id,))
        before = self._corpus.seen.get(row)
        if before != self._mine:
            self._new_to_walk += 1
        self._corpus.seen[row] = self._mine
        written = row in self._written
        if before is not None or (row in self._corpus.here and not written):
            self.repeated += 1
            return False
        at = review.written_at
        if at is not None and self._since is not None and self._is_known(row, at):
            self._older = True
            return False
        if not written:
            if self._corpus.full:
                return False
            self._corpus.add()
        self.reviews += 1
        if at is not None:
            self.newest = at if self.newest is None else max(self.newest, at)
            self.oldest = at if self.oldest is None else min(self.oldest, at)
            self._note_edge(row, at)
        return not written

    def stopped_at(self, token: str | None, rows: int) -> str | None:
        """Why it ends with this page; None if it goes on."""
        if self._corpus.full:
            return "max_per_app"
        if self._older:
            return "since"
        if token is None or not rows:
            return "end"
        if not self._new_to_walk:
            return "all_seen"
        if token in self._tokens:
            return "repeated_token"
        self._tokens.add(token)
        return None

    def mark(self, token: str | None) -> Mark:
        """How far it has come, with the token of the page that follows."""
        return Mark(
            token,
            self.status.value,
            self.reviews,
            self.repeated,
            self.pages,
            self.store_count,
            None if self.newest is None else self.newest.isoformat(),
            None if self.oldest is None else self.oldest.isoformat(),
            self._edge or (self._known if token is None else None),
            self._known,
        )

    def _is_known(self, row: bytes, at: datetime) -> bool:
        assert self._since is not None
        if self._until is None or at != self._since:
            return at < self._since
        return row.hex() in self._until.rows

    def _note_edge(self, row: bytes, at: datetime) -> None:
        written = at.isoformat()
        if self._edge is None or at > datetime.fromisoformat(self._edge.at):
            self._edge = Edge(written, [row.hex()])
        elif written == self._edge.at:
            self._edge.rows.append(row.hex())


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

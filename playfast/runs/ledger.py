"""What a crawl has done and what it has not: one row for each asked key, kept where a killed process cannot lose it.

A key is what a record answers: something that is asked (an app's id) of a country in a language. It is *leased* when it is about to be
asked, and *done* when its record is where nothing can take it away again. Whoever goes on with a ledger asks what is not done.

Where one key has many rows (the reviews of an app, the apps of a list), it is done when its last one is there; until then the ledger keeps
which rows are, so that whoever asks again leaves these out, and a *mark*: how far the asking had come.

Feeds and ledger cannot be written in one step, so the ledger keeps how far each feed's file is good: up to there it holds the records of
done keys, the rows it knows of, and no others. What stands behind that is taken off before the next crawl begins (`runs.mending`), and what
is not done is asked again.

`Ledger` is all that a crawl knows of it. `runs.sqlite_ledger` is one in a file, for one crawl at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol


class Key(NamedTuple):
    """What one record answers."""

    asked: str
    country: str
    lang: str


@dataclass(slots=True)
class Lease:
    """What became of keys that a crawl wants to ask.

    Attributes:
        keys: those it may ask, in order, each with the number it has in the ledger.
        done: how many are done.
        repeated: how many it was given before in this crawl.
    """

    keys: dict[Key, int] = field(default_factory=dict)
    done: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file of a feed, as the ledger knows it.

    Attributes:
        good: bytes that count; None for a file that counts as a whole once it has ended, or not at all.
        made: whether there was no such file before.
        inode: the file system's number of the file, so that another one of the same name is not taken for it.
    """

    path: Path
    good: int | None
    made: bool
    inode: int


@dataclass(frozen=True, slots=True)
class Written:
    """What is on the disk of a feed's file.

    Attributes:
        good: bytes that count from now on; None for a file that counts as a whole.
        records: whether there are records in it.
        ended: whether it was closed as it should be.
    """

    path: Path
    good: int | None
    records: bool
    ended: bool


def digest(row: Iterable[str]) -> bytes:
    """What a ledger keeps of a row: 16 bytes of what tells it from others of its key."""
    return blake2b("\x1f".join(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Ledger(Protocol):
    """The ledger of a crawl, in use from `begin` to `close`; may be called from any thread."""

    @property
    def name(self) -> str:
        """What to call it in messages."""

    def begin(self, about: Mapping[str, str]) -> list[FeedFile]:
        """Take it for a crawl that `about` describes; returns the files that an earlier one left without ending them.

        Raises:
            LedgerError: it cannot be used, or another crawl uses it.
        """

    def mended(self) -> None:
        """Those files have been brought back to what counts."""

    def done(self) -> int:
        """How many keys are done."""

    def lease(self, keys: Iterable[Key], again: frozenset[str] = frozenset()) -> Lease:
        """Take keys to ask them, in order; those that are done only where they ended with one of the statuses `again`.

        Raises:
            LedgerError: it cannot be written.
        """

    def statuses(self, asked: str) -> dict[str, str]:
        """The statuses of what is done, by country, of something that was asked in one language."""

    def left(self, again: frozenset[str] = frozenset()) -> list[Key]:
        """Keys that earlier crawls leased and did not get done, and those that are done with one of these statuses."""

    def rows(self, asked: str) -> dict[int, set[bytes]]:
        """The rows that are in the feeds already, by the numbers of keys, of something of which a key is not done yet."""

    def kept(self) -> Iterator[tuple[Key, str, str | None]]:
        """All keys that are done, each with its status and its last mark; read bit by bit, since marks may be long."""

    def mark(self, number: int) -> str | None:
        """What was last kept of how far a key's asking had come."""

    def holds_records(self, path: Path) -> bool:
        """Whether a feed's file holds records of keys that are done."""

    def open_feed(self, path: Path, *, good: int | None, made: bool) -> None:
        """A feed's file is about to be opened, of which so many bytes are good already."""

    def settle(
        self,
        done: Iterable[tuple[int, str]],
        files: Iterable[Written],
        rows: Iterable[tuple[int, bytes]] = (),
        marks: Iterable[tuple[int, str]] = (),
    ) -> None:
        """In one step: what is done, and the files that hold it.

        Args:
            done: numbers of keys, each with its record's status.
            files: that hold these records and rows.
            rows: of keys, by number.
            marks: how far the asking of keys has come, all of whose rows up to there are in the files.

        Raises:
            LedgerError: it cannot be written.
        """

    def close(self) -> None:
        """Let go of it; may be called twice."""

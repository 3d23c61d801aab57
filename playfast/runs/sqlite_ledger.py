"""A ledger in a SQLite file, for one crawl at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from playfast.errors import LedgerError
from playfast.runs.files import inode
from playfast.runs.ledger import FeedFile, Key, Lease, Written

Change = Callable[..., Any]

_ID = 0x706C6664
"""SQLite's application_id, in the file's header: tells a ledger from other databases."""
_VERSION = 2
_OLDEST = 1  # that is brought to the newest
_MAGIC = b"SQLite format 3\0"
_HEADER, _ID_AT = 100, 68
_CACHE_KB = 64_000  # the index is looked up at random: 4,000,000 keys take some 250 MB
_ALIKE = "spider,fields"
"""What a crawl that goes on with a ledger must have in common with the one that began it, if `about` does not name it (`alike`)."""
_TABLES = """
CREATE TABLE crawls (
    crawl INTEGER PRIMARY KEY,
    began TEXT NOT NULL,
    ended TEXT,
    about TEXT NOT NULL  -- JSON of its arguments
);
CREATE TABLE storefronts (
    storefront INTEGER PRIMARY KEY,
    country TEXT NOT NULL,
    lang TEXT NOT NULL,
    UNIQUE (country, lang)
);
CREATE TABLE keys (
    key INTEGER PRIMARY KEY,
    asked TEXT NOT NULL,
    storefront INTEGER NOT NULL REFERENCES storefronts,
    crawl INTEGER NOT NULL REFERENCES crawls,  -- the last that leased it
    attempts INTEGER NOT NULL,                 -- how many crawls leased it
    status TEXT,                               -- of its record; without one it is leased and not done
    UNIQUE (asked, storefront)
);
CREATE TABLE feeds (
    path TEXT PRIMARY KEY,
    good INTEGER,                              -- bytes that hold records of done keys; none where only the whole counts
    made INTEGER NOT NULL,                     -- whether the crawl made the file
    inode INTEGER NOT NULL,
    ended INTEGER NOT NULL,                    -- whether it was closed as it should be
    records INTEGER NOT NULL                   -- whether it may hold records of done keys
);
"""
_SINCE_2 = """
CREATE TABLE rows (
    key INTEGER NOT NULL REFERENCES keys,
    row BLOB NOT NULL,                         -- digest of what tells it from others
    PRIMARY KEY (key, row)
) WITHOUT ROWID;
CREATE TABLE marks (
    key INTEGER PRIMARY KEY REFERENCES keys,
    mark TEXT NOT NULL                         -- JSON of how far its asking has come
);
"""
_FORGET = """
DELETE FROM rows WHERE key IN (
    SELECT key FROM keys WHERE asked = (SELECT asked FROM keys WHERE key = ?1)
) AND NOT EXISTS (
    SELECT 1 FROM keys WHERE asked = (SELECT asked FROM keys WHERE key = ?1) AND (status IS NULL OR status = 'error')
)
"""
"""Once nothing of what was asked is open, nobody asks which of its rows there are."""
_KEPT = """
SELECT key, asked, country, lang, status, mark FROM keys JOIN storefronts USING (storefront) LEFT JOIN marks USING (key)
WHERE key > ? AND status IS NOT NULL ORDER BY key LIMIT ?
"""
_AT_A_TIME = 500
_LEASE = """
INSERT INTO keys (asked, storefront, crawl, attempts) VALUES (?, ?, ?, 1)
ON CONFLICT (asked, storefront) DO UPDATE SET crawl = excluded.crawl, attempts = attempts + 1, status = NULL
WHERE crawl <> excluded.crawl AND (status IS NULL OR status IN (SELECT value FROM json_each(?)))
RETURNING key
"""


class SqliteLedger:
    """See `runs.ledger.Ledger`.

    The file is locked from `begin` to `close`, by the system, which lets go of it when the process ends in whatever way. A lease of an
    earlier crawl is therefore one that nobody holds any more. Each step is on the disk when its call returns.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        self._storefronts: dict[tuple[str, str], int] = {}
        self._crawl = 0
        self._has_rows = False

    @property
    def name(self) -> str:
        return str(self.path)

    def begin(self, about: Mapping[str, str]) -> list[FeedFile]:
        found = problem(self.path, about)
        if found:
            raise LedgerError(f"{self.path}: {found}")
        with self._told():
            self._database = self._opened()
            with self._step() as change:
                self._crawl = change(
                    "INSERT INTO crawls (began, about) VALUES (?, ?) RETURNING crawl",
                    (_now(), json.dumps(dict(about), ensure_ascii=False)),
                ).fetchone()[0]
                self._storefronts = {
                    (country, lang): number
                    for number, country, lang in change("SELECT storefront, country, lang FROM storefronts")
                }
                self._has_rows = change("SELECT 1 FROM rows LIMIT 1").fetchone() is not None
                left = change("SELECT path, good, made, inode FROM feeds WHERE NOT ended").fetchall()
        return [FeedFile(Path(path), good, bool(made), inode) for path, good, made, inode in left]

    def mended(self) -> None:
        with self._told(), self._step() as change:
            change("UPDATE feeds SET ended = 1")

    def done(self) -> int:
        with self._told(), self._step() as change:
            return int(change("SELECT COUNT(*) FROM keys WHERE status IS NOT NULL").fetchone()[0])

    def lease(self, keys: Iterable[Key], again: frozenset[str] = frozenset()) -> Lease:
        lease = Lease()
        if self._database is None:
            return lease  # the crawl has ended meanwhile, and nobody waits for these
        statuses = json.dumps(sorted(again))
        with self._told(), self._step() as change:
            for key in keys:
                storefront = self._storefront(key, change)
                asked = _storable(key.asked)
                row = change(_LEASE, (asked, storefront, self._crawl, statuses)).fetchone()
                if row is not None:
                    lease.keys[key] = row[0]
                    continue
                (crawl,) = change(
                    "SELECT crawl FROM keys WHERE asked = ? AND storefront = ?", (asked, storefront)
                ).fetchone()
                if crawl == self._crawl:
                    lease.repeated += 1
                else:
                    lease.done += 1
        return lease

    def left(self, again: frozenset[str] = frozenset()) -> list[Key]:
        with self._told(), self._step() as change:
            rows = change(
                "SELECT asked, country, lang FROM keys JOIN storefronts USING (storefront) WHERE crawl <> ? "
                "AND (status IS NULL OR status IN (SELECT value FROM json_each(?))) ORDER BY storefront, key",
                (self._crawl, json.dumps(sorted(again))),
            )
            return [Key(*row) for row in rows]

    def rows(self, asked: str) -> dict[int, set[bytes]]:
        found: dict[int, set[bytes]] = {}
        with self._told(), self._step() as change:
            rows = change(
                "SELECT key, row FROM keys JOIN rows USING (key) WHERE asked = ?", (_storable(asked),)
            )
            for key, row in rows:
                found.setdefault(key, set()).add(row)
        return found

    def kept(self) -> Iterator[tuple[Key, str, str | None]]:
        last = 0
        while True:
            with self._told(), self._step() as change:
                rows = change(_KEPT, (last, _AT_A_TIME)).fetchall()
            for last, asked, country, lang, status, mark in rows:  # noqa: B007 - where the next ones begin
                yield Key(asked, country, lang), status, mark
            if len(rows) < _AT_A_TIME:
                return

    def mark(self, number: int) -> str | None:
        with self._told(), self._step() as change:
            row = change("SELECT mark FROM marks WHERE key = ?", (number,)).fetchone()
        return None if row is None else str(row[0])

    def statuses(self, asked: str) -> dict[str, str]:
        with self._told(), self._step() as change:
            rows = change(
                "SELECT country, status FROM keys JOIN storefronts USING (storefront) WHERE asked = ? AND status IS NOT NULL",
                (_storable(asked),),
            )
            return {country: status for country, status in rows if country}

    def holds_records(self, path: Path) -> bool:
        with self._told(), self._step() as change:
            row = change(
                "SELECT inode FROM feeds WHERE path = ? AND records", (str(path.absolute()),)
            ).fetchone()
        return row is not None and row[0] == inode(path)

    def open_feed(self, path: Path, *, good: int | None, made: bool) -> None:
        with self._told(), self._step() as change:
            change(
                "INSERT INTO feeds (path, good, made, inode, ended, records) VALUES (?, ?, ?, ?, 0, 0) "
                "ON CONFLICT (path) DO UPDATE SET good = excluded.good, made = excluded.made, inode = excluded.inode, ended = 0, "
                "records = records AND NOT excluded.made",
                (str(path.absolute()), good, made, inode(path)),
            )

    def settle(
        self,
        done: Iterable[tuple[int, str]],
        files: Iterable[Written],
        rows: Iterable[tuple[int, bytes]] = (),
        marks: Iterable[tuple[int, str]] = (),
    ) -> None:
        with self._told(), self._step() as change:
            assert self._database is not None
            many = self._database.executemany
            done = list(done)
            many("UPDATE keys SET status = ? WHERE key = ?", ((status, number) for number, status in done))
            rows = list(rows)
            many("INSERT OR IGNORE INTO rows (key, row) VALUES (?, ?)", rows)
            self._has_rows = self._has_rows or bool(rows)
            many("INSERT OR REPLACE INTO marks (key, mark) VALUES (?, ?)", marks)
            if self._has_rows:
                many(_FORGET, ((number,) for number, _ in done))
            for file in files:
                change(
                    "UPDATE feeds SET good = ?, inode = ?, records = records OR ?, ended = ? WHERE path = ?",
                    (file.good, inode(file.path), file.records, file.ended, str(file.path.absolute())),
                )

    def close(self) -> None:
        with self._told():
            if self._database is None:
                return
            try:
                with self._step() as change:
                    change("UPDATE crawls SET ended = ? WHERE crawl = ?", (_now(), self._crawl))
            finally:
                database, self._database = self._database, None
                database.close()

    # How it is written.

    def _opened(self) -> sqlite3.Connection:
        """The database, locked for this process."""
        # A timeout would hold up the whole crawl, and who holds the lock does so for hours.
        database = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=0)
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            if database.execute("PRAGMA application_id").fetchone()[0] != _ID:
                for statement in _TABLES.split(";\n"):
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {_OLDEST}")
                database.execute(f"PRAGMA application_id = {_ID}")
            if database.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
                for statement in _SINCE_2.split(";\n"):
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {_VERSION}")
            database.execute("COMMIT")
            # Only now, so that what tells a ledger stands in the file's header itself.
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        except BaseException:  # Ctrl-C too: it must not stay locked
            database.close()
            raise
        return database

    @contextmanager
    def _told(self) -> Iterator[None]:
        """One thread at a time; what goes wrong is a LedgerError."""
        try:
            with self._lock:
                yield
        except sqlite3.Error as error:
            raise LedgerError(f"{self.path}: the ledger cannot be used ({error})") from error

    @contextmanager
    def _step(self) -> Iterator[Change]:
        """All or nothing of what is changed in it."""
        assert self._database is not None
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database.execute
        except BaseException:  # Ctrl-C too: nothing of a step may stay
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def _storefront(self, key: Key, change: Change) -> int:
        place = (key.country, key.lang)
        if place not in self._storefronts:
            self._storefronts[place] = change(
                "INSERT INTO storefronts (country, lang) VALUES (?, ?) RETURNING storefront", place
            ).fetchone()[0]
        return self._storefronts[place]


def problem(path: Path, about: Mapping[str, str] | None = None) -> str | None:
    """Why a file cannot be the ledger of the crawl that `about` describes, without changing anything; None if it can."""
    if "\0" in str(path):
        return "a path has no null characters"
    try:
        if path.exists() and not path.is_file():
            return "this is a folder or a device; due is a file, which need not exist"
        if not path.exists():
            return None if path.parent.is_dir() else f"there is no folder {path.parent}"
        with path.open("rb+") as file:
            header = file.read(_HEADER)
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    if not header:
        return None
    if not header.startswith(_MAGIC) or int.from_bytes(header[_ID_AT : _ID_AT + 4]) not in (_ID, 0):
        return "what stands there is no ledger; due is a ledger, or a file that does not exist yet"
    try:
        database = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            return _of_database(database, about)
        finally:
            database.close()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return "another crawl is at work with this ledger; wait for it, or take another file"
        return str(error)
    except sqlite3.Error as error:
        return f"the ledger is damaged ({error})"


def _of_database(database: sqlite3.Connection, about: Mapping[str, str] | None) -> str | None:
    database.execute("BEGIN IMMEDIATE")
    database.execute("ROLLBACK")
    if database.execute("PRAGMA application_id").fetchone()[0] != _ID:
        empty = not database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
        return None if empty else "what stands there is another database; due is a ledger, or a new file"
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if not _OLDEST <= version <= _VERSION:
        return (
            f"it is a ledger of version {version}, and this playfast reads versions {_OLDEST} to {_VERSION}"
        )
    began = database.execute("SELECT about FROM crawls ORDER BY crawl LIMIT 1").fetchone()
    if began is None or about is None:
        return None
    then = json.loads(began[0])
    other = [name for name in about.get("alike", _ALIKE).split(",") if then.get(name) != about.get(name)]
    if other:
        told = ", ".join(f"{name}={then.get(name)} (now {about.get(name)})" for name in other)
        return f"it was begun with {told}, and its records would not be alike; take another file for these"
    return None


def _storable(text: str) -> str:
    """SQLite takes no half of a character, and no feed does: the record has the same in its place."""
    return text.encode("utf-8", "replace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""Reaching a database, and what its errors mean."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from playfast.errors import DatabaseError
from playfast.storage import address as addresses
from playfast.storage.types import dumps, loads

_BUSY = 30  # seconds that SQLite waits for another writer
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 10.0
_FOR_A_WHILE = ("08", "40", "57P", "533")
"""What the codes of PostgreSQL's errors begin with that say nothing of the work itself: no connection, another transaction was first, the
server stops or starts, it has too many clients."""

T = TypeVar("T")


def connect(address: str, *, write: bool = False) -> Engine:
    """The database at an address; nothing is asked of it yet.

    Raises:
        DatabaseError: the address is none, or something is not installed.
    """
    url = addresses.read(address)
    options: dict[str, Any] = {"json_serializer": dumps, "json_deserializer": loads}
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": _BUSY, "check_same_thread": False}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_to_write if write else _begin_to_read)
        return engine
    return create_engine(url, connect_args={"connect_timeout": 10, "application_name": "playfast"}, **options)


def problem(address: str, *, write: bool) -> str | None:
    """Why a database cannot be used, in a sentence without its password; None if it can. Makes no file.

    Args:
        address: of the database.
        write: whether it is to be written to, and a file that is not there would be made.
    """
    try:
        engine = connect(address, write=write)
    except DatabaseError as error:
        return str(error)
    try:
        if (file := _file(engine)) is not None and not file.exists():
            return _no_place(file) if write else f"there is no file {file}"
        with engine.connect():
            return None
    except SQLAlchemyError as error:
        return told(error)
    finally:
        engine.dispose()


def _file(engine: Engine) -> Path | None:
    """SQLite's file."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def _no_place(file: Path) -> str | None:
    """Why a file cannot be made there."""
    folder = file.absolute().parent
    if not folder.is_dir():
        return f"unable to open {file}: there is no folder {folder}"
    return (
        None
        if os.access(folder, os.W_OK)
        else f"unable to open {file}: the folder {folder} cannot be written to"
    )


def told(error: Exception) -> str:
    """An error of the database's in one line."""
    text = str(getattr(error, "orig", None) or error)
    return addresses.shown(" ".join(text.split()))[:300]


def is_lost(error: Exception) -> bool:
    """Whether an error says nothing of what was to be done: the connection is gone, or the database is not ready."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError):
        return False
    if (name := getattr(error.orig, "sqlite_errorname", None)) is not None:
        return str(name).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    state = getattr(error.orig, "sqlstate", None)
    return state is None or str(state).startswith(_FOR_A_WHILE)


def patiently(engine: Engine, work: Callable[[], T], patience: float, waits: Callable[[str], bool]) -> T:
    """Do some work, again and again while the database is not to be reached.

    Args:
        engine: whose connections are dropped before each new try.
        work: what to do; done again, it must change nothing.
        patience: seconds after which it is given up.
        waits: told why, before each pause of up to 10 seconds; whether to go on at all.

    Raises:
        DatabaseError: the work cannot be done, the patience was not enough, or there is no reason for it any more.
    """
    end, pause = time.monotonic() + patience, _FIRST_PAUSE
    while True:
        try:
            return work()
        except SQLAlchemyError as error:
            if not is_lost(error) or time.monotonic() + pause > end or not waits(told(error)):
                raise DatabaseError(told(error)) from error
        engine.dispose()
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun below; Python would begin them too late
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_to_write(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_to_read(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")

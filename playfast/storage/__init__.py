"""Databases: the newest record of each key, and what has changed.

Needs SQLAlchemy and Alembic, which are optional and take half a second to load: what is imported from here imports them when it is called.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from playfast.errors import DatabaseError

if TYPE_CHECKING:
    from playfast.storage.database import Database
    from playfast.storage.findings import Summary
    from playfast.storage.history import History


def problem(address: str, *, write: bool) -> str | None:
    """Why a database cannot be used, in a sentence without its password; None if it can. See `playfast.storage.connection.problem`."""
    from playfast.storage import address as addresses  # noqa: PLC0415

    try:
        addresses.read(address)
    except DatabaseError as error:
        return str(error)
    from playfast.storage import connection  # noqa: PLC0415

    return connection.problem(address, write=write)


def writing(address: str, **how: Any) -> Database:
    """A database to write to; see `playfast.storage.database.Database`.

    Raises:
        DatabaseError: it cannot be used.
    """
    from playfast.storage.database import Database  # noqa: PLC0415

    return Database(address, **how)


def reading(address: str) -> History:
    """A database to read; see `playfast.storage.history.History`.

    Raises:
        DatabaseError: it cannot be read.
    """
    from playfast.storage.history import History  # noqa: PLC0415

    return History(address)


def summarized(address: str) -> Summary:
    """What the last crawl of apps into a database found changed; see `playfast.storage.findings.Summary`.

    Raises:
        DatabaseError: it cannot be read.
    """
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from playfast.storage import summarize  # noqa: PLC0415
    from playfast.storage.connection import told  # noqa: PLC0415

    with closing(reading(address)) as history:
        try:
            return summarize.summary(history)
        except SQLAlchemyError as error:
            raise DatabaseError(told(error)) from error

"""Databases: the newest record of each key, and what has changed.

Needs SQLAlchemy and Alembic, which are optional and take half a second to load: what is imported from here imports them when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playfast.errors import DatabaseError

if TYPE_CHECKING:
    from playfast.storage.database import Database


def problem(address: str) -> str | None:
    """Why a database cannot be used, in a sentence without its password; None if it can."""
    from playfast.storage import address as addresses  # noqa: PLC0415

    try:
        addresses.read(address)
    except DatabaseError as error:
        return str(error)
    from playfast.storage import connection  # noqa: PLC0415

    return connection.problem(address)


def opened(address: str, **how: Any) -> Database:
    """A database to write to; see `playfast.storage.database.Database`.

    Raises:
        DatabaseError: it cannot be used.
    """
    from playfast.storage.database import Database  # noqa: PLC0415

    return Database(address, **how)

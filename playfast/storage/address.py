"""The address of a database: read and checked before anything is asked."""

from __future__ import annotations

import importlib
import re
from importlib.util import find_spec
from typing import Any

from playfast.errors import DatabaseError

DUE = (
    "sqlite:///apps.db (a file here), sqlite:////data/apps.db or postgresql://user:password@host/name is due"
)
_MISSING = "this needs {package}, which is not installed: pip install 'playfast-scrapy[{extra}]'"
_PASSWORD = re.compile(r"(?<=//)([^/@\s:]*):[^@\s]*@")
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}


def shown(address: str) -> str:
    """An address without its password."""
    return _PASSWORD.sub(r"\1:...@", address)


def read(address: str) -> Any:
    """The address as SQLAlchemy has it.

    Raises:
        DatabaseError: it is none, or what it needs is not installed; the text says what to do.
    """
    for package in ("sqlalchemy", "alembic"):
        if find_spec(package) is None:
            raise DatabaseError(_MISSING.format(package=package, extra="database"))
    sqlalchemy = importlib.import_module("sqlalchemy")
    try:
        url = sqlalchemy.make_url(address)
    except (sqlalchemy.exc.ArgumentError, ValueError) as error:
        raise DatabaseError(f"{shown(address)!r} is no address of a database; {DUE}") from error
    kind = url.drivername.partition("+")[0]
    if kind not in _DRIVERS:
        raise DatabaseError(f"{url.drivername!r} is no kind of database that is supported; {DUE}")
    if kind == "sqlite" and url.database in (None, "", ":memory:"):
        raise DatabaseError(f"{address!r} names no file; {DUE}")
    if kind != "sqlite":
        if find_spec("psycopg") is None:
            raise DatabaseError(_MISSING.format(package="psycopg", extra="postgresql"))
        if not url.database:
            raise DatabaseError(f"{shown(address)!r} names no database; {DUE}")
    return url.set(drivername=_DRIVERS[kind])

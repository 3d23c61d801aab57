"""Databases to test against: SQLite, and a PostgreSQL server of our own where it is installed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.storage.postgres import Postgres, postgres, programs

pytest.importorskip(
    "sqlalchemy", reason="needs SQLAlchemy and Alembic: pip install 'playfast-scrapy[database]'"
)
pytest.importorskip("alembic", reason="needs SQLAlchemy and Alembic: pip install 'playfast-scrapy[database]'")
_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """One server for all tests; each has a database of its own."""
    pytest.importorskip("psycopg", reason="needs psycopg: pip install 'playfast-scrapy[postgresql]'")
    if programs() is None:
        pytest.skip("needs PostgreSQL's server (Debian: apt install postgresql)")
    with postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> Iterator[str]:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'apps.db'}"
        return
    running: Postgres = request.getfixturevalue("server")
    name = f"tests_{next(_numbers)}"
    yield running.create(name)
    running.drop(name)

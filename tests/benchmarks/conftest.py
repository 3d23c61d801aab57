"""A store of the benchmarks' own: they count what it sees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.harness.store import LocalStore, local_store


@pytest.fixture(scope="package")
def own_store() -> Iterator[LocalStore]:
    with local_store() as running:
        yield running

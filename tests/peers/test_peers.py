"""Both scrapers agree with our spiders, and are wrong where and only where we know it."""

from __future__ import annotations

import pytest

from tests.conftest import local_store
from tests.peers.comparing import PAIRS, compared, problems
from tests.peers.running import Run

pytestmark = pytest.mark.crawl

LEAST = 50
"""Answers of each method, and records in them."""


@pytest.fixture(scope="module")
def run(folders):
    with local_store() as store:
        yield Run(store, folders)


@pytest.mark.parametrize(("peer", "method"), PAIRS, ids=lambda given: getattr(given, "name", given))
def test_a_peer_agrees_with_us(run, peer, method):
    done = compared(run, peer, method)
    told = problems(run, peer, done)
    assert not told, f"{len(told)} problems, of which the first are:\n" + "\n".join(told[:20])
    assert min(done.answers, done.records) >= LEAST

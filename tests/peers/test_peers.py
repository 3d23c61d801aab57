"""Both scrapers agree with our spiders, and are wrong where and only where we know it."""

from __future__ import annotations

import re

import pytest

from benchmarks.peers.environments import MissingError
from tests.benchmarks.test_peers import NO_WAY
from tests.conftest import local_store
from tests.peers import peers
from tests.peers.comparing import PAIRS, compared, problems
from tests.peers.running import Run

pytestmark = pytest.mark.crawl

_NOT_HERE = re.compile(rf"is not installed|{NO_WAY.pattern}", re.IGNORECASE)
LEAST = 50
"""Answers of each method, and records in them."""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folders = {}
    for peer in peers.ALL:
        try:
            folders[peer.name] = peer.environment.made(tmp_path_factory.mktemp(peer.name))
        except MissingError as error:
            if not _NOT_HERE.search(str(error)):
                raise
            pytest.skip(f"{peer.title} cannot be had here: {str(error)[-200:]}")
    with local_store() as store:
        yield Run(store, folders)


@pytest.mark.parametrize(("peer", "method"), PAIRS, ids=lambda given: getattr(given, "name", given))
def test_a_peer_agrees_with_us(run, peer, method):
    done = compared(run, peer, method)
    told = problems(run, peer, done)
    assert not told, f"{len(told)} problems, of which the first are:\n" + "\n".join(told[:20])
    assert min(done.answers, done.records) >= LEAST

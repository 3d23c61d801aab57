"""The peers' environments, made once for all tests of this folder."""

from __future__ import annotations

import re

import pytest

from benchmarks.peers.environments import MissingError
from tests.benchmarks.test_peers import NO_WAY
from tests.peers import peers

_NOT_HERE = re.compile(rf"is not installed|{NO_WAY.pattern}", re.IGNORECASE)


@pytest.fixture(scope="session")
def folders(tmp_path_factory):
    """Where each peer lies, by its name; what needs them is skipped where they cannot be had."""
    found = {}
    for peer in peers.ALL:
        try:
            found[peer.name] = peer.environment.made(tmp_path_factory.mktemp(peer.name))
        except MissingError as error:
            if not _NOT_HERE.search(str(error)):
                raise
            pytest.skip(f"{peer.title} cannot be had here: {str(error)[-200:]}")
    return found

"""Both scrapers read recorded answers, and our spiders beside them: here, too, each has to say the same."""

from __future__ import annotations

import pytest

from tests.conftest import Store
from tests.peers.asked import HOME
from tests.peers.comparing import METHODS
from tests.peers.fields import Comparison
from tests.peers.methods import charts, search, suggest
from tests.peers.peers import NPM, PYPI
from tests.peers.running import Run
from tests.peers.wrong import WRONG
from tests.recorded.recordings import DIRECTORY, MISSING
from tests.recorded.served import SEARCHES, TERM, recorded_store

pytestmark = pytest.mark.crawl


@pytest.fixture(scope="module")
def run(folders):
    if not DIRECTORY.is_dir():
        pytest.skip(MISSING)
    with recorded_store() as address:
        yield Run(Store(address), folders)


def comparison(peer, method):
    module = METHODS[method]
    return Comparison(peer.name, method, module.FIELDS[peer.name], WRONG, module.LEFT_OUT)


def test_npm_searches(run):
    compare = comparison(NPM, "search")
    search.ask(run, NPM, compare, HOME, tuple(SEARCHES))
    assert (compare.compared.answers, compare.compared.records) == (2, 50)
    # There is no record of that app, which would say the same as the link that the peer reads.
    (only,) = compare.compared.disagreements
    assert "com.pandaexpress.app: developerId is 'Panda Restaurant Group, Inc.'" in only


def test_pypi_searches(run):
    """With the app that is shown by itself and without the last one, as known."""
    compare = comparison(PYPI, "search")
    search.ask(run, PYPI, compare, HOME, tuple(SEARCHES))
    assert (compare.compared.answers, compare.compared.records) == (2, 49)
    assert not compare.compared.disagreements


def test_npm_reads_the_chart(run):
    compare = comparison(NPM, "list")
    charts.ask(run, NPM, compare, HOME, ("TOP_FREE",), ("GAME",))
    assert (compare.compared.answers, compare.compared.records) == (1, 100)
    assert not compare.compared.disagreements


def test_npm_reads_suggestions(run):
    compare = comparison(NPM, "suggest")
    suggest.ask(run, NPM, compare, HOME, (TERM, "zzz"))
    assert (compare.compared.answers, compare.compared.records) == (2, 5)
    assert not compare.compared.disagreements

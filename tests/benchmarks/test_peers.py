"""The peers: made from the registries, pointed at the local store, their values checked."""

from __future__ import annotations

import dataclasses
import re

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.harness.store import local_store
from benchmarks.peers.environments import Environment, MissingError
from benchmarks.peers.known import ALL, PLAYFAST, Peers
from benchmarks.peers.peer import Ready
from benchmarks.scenarios.base import Context

NO_WAY = re.compile(
    "No matching distribution|could not find a version|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|network",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def peers(tmp_path_factory):
    return Peers(tmp_path_factory.mktemp("peers"), print)


@pytest.mark.crawl
@pytest.mark.parametrize("peer", ALL, ids=lambda peer: peer.name)
def test_a_peer_reads_what_the_store_knows(peers, peer):
    ready = peers.get(peer)
    if ready is None and NO_WAY.search(peers.missing[peer.name]):
        pytest.skip(f"the registry cannot be reached: {peers.missing[peer.name][-200:]}")
    assert ready is not None, peers.missing
    with local_store() as store:
        ids = peers.readable(store, 6, [peer])
        unknown = next(one for one in store.ids(200) if store.truth(one)["status"] == "not_found")
        fetched = ready.fetch(store, ids, 3)
        assert (fetched.records, fetched.requests) == (6, 6)
        assert fetched.seconds > 0
        assert fetched.cpu_seconds > 0
        with pytest.raises(BenchmarkError, match="2 apps were asked for, 1 came"):
            ready.fetch(store, [ids[0], unknown], 1)
        if peer.wrong:
            trusted = Ready(dataclasses.replace(peer, wrong={}), ready.folder)
            with pytest.raises(BenchmarkError) as caught:
                trusted.fetch(store, ids, 3)
            assert ": icon is" in str(caught.value)
    assert peers.versions[peer.name] == peer.environment.version


@pytest.mark.crawl
def test_the_peers_objects_are_held(peers):
    ready = peers.get(PLAYFAST)
    if ready is None:
        pytest.skip(f"the registry cannot be reached: {peers.missing[PLAYFAST.name][-200:]}")
    with local_store() as store:
        ids = peers.readable(store, 4, [PLAYFAST])
        told = ready.told("playfast_held.py", {"address": store.address, "ids": ids})
    assert told["apps"] == 4
    assert told["held_bytes"] > told["other_bytes"] > 1_000


def test_what_is_missing_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="node is not installed"):
        Environment(package="some", version="1", node=True).made(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(MissingError, match="cannot be made"):
        Environment(package="some", version="1").made(tmp_path / "file")


def test_half_an_environment_is_made_anew(monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr(Environment, "_with_pip", lambda _, folder: made.append(list(folder.iterdir())))
    environment = Environment(package="some", version="1")
    folder = environment.folder(tmp_path)
    folder.mkdir()
    (folder / "rest").touch()
    assert environment.made(tmp_path) == environment.made(tmp_path) == folder
    assert made == [[]]


def test_a_peer_that_is_missing_is_told_once(monkeypatch, tmp_path):
    told = []
    monkeypatch.setenv("PATH", str(tmp_path))
    here = Peers(tmp_path / "peers", told.append)
    npm = next(peer for peer in ALL if peer.environment.node)
    assert here.get(npm) is here.get(npm) is None
    assert told == ["google-play-scraper 10.1.3 (npm) is left out: node is not installed"]
    context = Context(folder=tmp_path, peers=here, tell=told.append)
    assert context.peer(npm) is None
    assert context.why_no(npm) == "node is not installed"


def test_a_run_without_peers_says_so(tmp_path):
    context = Context(folder=tmp_path, peers=None, tell=print)
    assert context.peer(PLAYFAST) is None
    assert context.why_no(PLAYFAST) == "a run without peers"

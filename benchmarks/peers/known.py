"""The peers that are compared with, and how to get them ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.errors import BenchmarkError
from benchmarks.harness.store import LocalStore
from benchmarks.peers.environments import Environment, MissingError
from benchmarks.peers.peer import Peer, Ready

PLAYFAST = Peer(
    name="playfast-0.5.10",
    title="playfast 0.5.10, AsyncClient",
    environment=Environment(package="playfast", version="0.5.10"),
    runner="playfast_async.py",
    wrong={
        "price": "always 0.0",
        "currency": "always USD",
        "developer": "the seller, where an app is sold by another",
        "icon": "the badge of the age rating",
    },
)
PYPI = Peer(
    name="google-play-scraper-pypi",
    title="google-play-scraper 1.2.7 (PyPI), threads",
    environment=Environment(package="google-play-scraper", version="1.2.7"),
    runner="pypi_scraper.py",
)
NPM = Peer(
    name="google-play-scraper-npm",
    title="google-play-scraper 10.1.3 (npm)",
    environment=Environment(package="google-play-scraper", version="10.1.3", node=True),
    runner="npm_scraper.mjs",
)
ALL = (PLAYFAST, PYPI, NPM)
NOT_COMPARED = {
    "playfast 0.5.10, RustClient": "its address is fixed in the compiled module, so it cannot be pointed at the local store",
}


class Peers:
    """The peers that can be had here. Each is made ready when it is first asked for; `tell` hears of those that cannot."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._ready: dict[str, Ready | None] = {}
        self.missing: dict[str, str] = {}

    def get(self, peer: Peer) -> Ready | None:
        """The peer in its environment, or None, with the reason in `missing`."""
        if peer.name not in self._ready:
            try:
                folder = peer.environment.made(self._folder)
                peer.environment.interpreter(folder)  # node may have gone since
                self._ready[peer.name] = Ready(peer, folder)
            except MissingError as error:
                self._ready[peer.name] = None
                self.missing[peer.name] = str(error)
                self._tell(f"{peer.title} is left out: {error}")
        return self._ready[peer.name]

    def readable(self, store: LocalStore, count: int, peers: Sequence[Peer]) -> list[str]:
        """As many ids of apps that all these peers can read, of those that are here.

        Of rated apps alone: the peers do not tell one without a rating from one with a score of 0.
        """
        ready = [one for peer in peers if (one := self.get(peer)) is not None]
        candidates = store.rated()
        found: list[str] = []
        while len(found) < count:
            more = list(islice(candidates, count))
            for one in ready:
                more = one.readable(store, more)
            if not more:
                raise BenchmarkError(
                    f"none of {count} apps can be read by {', '.join(peer.title for peer in peers)}"
                )
            found += more
        return found[:count]

    @property
    def versions(self) -> dict[str, str]:
        """Of those that were got ready."""
        return {
            ready.peer.name: ready.peer.environment.version
            for ready in self._ready.values()
            if ready is not None
        }

"""The store, our spiders and the peers, for as long as they are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from tests.conftest import Store
from tests.peers.asked import Storefront
from tests.peers.ours import crawled
from tests.peers.page import DETAILS, Laid, above, first_list, laid
from tests.peers.peers import Peer


class Run:
    """Asks the peers and our spiders; who was asked once is not asked again."""

    def __init__(self, store: Store, folders: Mapping[str, Path]) -> None:
        self.store = store
        self._folders = folders
        self.ours = cache(self._ours)
        """The records of a crawl of a spider with these arguments."""
        self.laid = cache(self._laid)
        """How a record is laid out that a page of the store has in a block."""
        self.first_list = cache(self._first_list)
        """Where the first list of a page leads."""
        self.above = cache(self._above)
        """Id of the app above the list of a developer's page."""

    def ask(self, peer: Peer, method: str, options: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """A value or an error for each."""
        return peer.ask(self._folders[peer.name], self.store.address, method, options)

    def apps(self, place: Storefront, ids: Iterable[str], spider: str = "apps") -> dict[str, dict[str, Any]]:
        """Our records of apps, by their ids, of a spider whose records are one for each."""
        found = self.ours(spider, ids=",".join(ids), countries=place.country, langs=place.lang)
        return {record["app_id"]: record for record in found}

    def source(self, peer: Peer, file: str) -> str:
        """One of a peer's own files."""
        return peer.source(self._folders[peer.name], file)

    def _ours(self, spider: str, **arguments: str) -> list[dict[str, Any]]:
        return crawled(self.store, spider, **arguments)

    def _laid(self, path: str, block: str, place: Sequence[int] = DETAILS) -> Laid:
        return laid(self._page(path), block, place)

    def _first_list(self, path: str) -> tuple[str, str]:
        return first_list(self._page(path))

    def _above(self, path: str) -> str | None:
        return above(self._page(path))

    def _page(self, path: str) -> str:
        """A page, of a megabyte; nothing where there is none."""
        try:
            return self.store.get(path).decode()
        except HTTPError as refused:
            refused.close()
            return ""

"""How code waits that has no event loop."""

from __future__ import annotations

from concurrent.futures import Future

from playfast.client.base import ClientBase
from playfast.client.collected import Collected


class WaitingBase(ClientBase):
    """A client whose callers wait."""

    def _waited(self, future: Future[Collected]) -> Collected:
        try:
            return future.result()
        except BaseException:
            future.cancel()  # Ctrl-C, say; the crawl ends with who waited for it
            raise

"""The client for code that waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from playfast.client.base import ClientBase, by_country
from playfast.items import App


class Client(ClientBase):
    """`AsyncClient` for code without an event loop: the same arguments and methods, but they return when the answer is there.

    It may be used by several threads at once, whose questions travel together. In code that has an event loop it would hold that up.
    """

    def get_app(self, app_id: str, lang: str | None = None, country: str = "us") -> App:
        """The record of one app in one country and language; see `AsyncClient.get_app`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process.
        """
        (record,) = self._order([app_id], country, lang).future.result()
        return record

    def get_apps_parallel(
        self, app_ids: Sequence[str], countries: Iterable[str] | str | None = None, lang: str | None = None
    ) -> dict[str, list[App]]:
        """The records of many apps in some countries, in one language; see `AsyncClient.get_apps_parallel`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process.
        """
        order = self._order(app_ids, countries, lang)
        return by_country(order, order.future.result())

    def close(self) -> None:
        """End the crawl, when the requests in flight are answered.

        What was not asked for yet gets records with the status `error`; later questions raise ClientError.
        A client that is not closed ends with the process.
        """
        ending = self._end()
        if ending is not None:
            ending.result()

    def __enter__(self) -> Self:
        self._started()
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

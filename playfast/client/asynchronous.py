"""The client for code that awaits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Self

from playfast.client.base import ClientBase, by_country
from playfast.items import App


class AsyncClient(ClientBase):
    """Asks Google Play for apps, from code that awaits.

    Works in any event loop, in a notebook's too, with `async with` or without: the crawl runs in a thread of its own, started with the
    first question, by the same spiders, settings and item classes as `scrapy crawl`. Questions that come within a few milliseconds of each
    other travel in one request, whoever asks them, and one app is asked for once, however many wait for it.

    A client keeps to a pace, by default to one request a second, 32 apps each; two clients keep to two. A process may
    have any number of clients; one that is forked after the first question can have none.

    Args:
        max_concurrent: Most requests in flight; default 2, or what the pace says.
        timeout: Seconds after which a request counts as failed; default 60.
        headers: More headers for each request.
        lang: Language to ask in where a question names none.
        url: Address of the store; default PLAYFAST_URL from the environment, or Google Play's.
        pace: `polite`, `brisk`, `unpaced`, or requests a second; default PLAYFAST_PACE from the environment, or `polite`.
        fields: Names of the fields to ask for; default all (`docs/fields.md`).
        via: `rpc`, or `page` to ask page by page.
        batch: Most apps in one request.
        settings: Settings of Scrapy's and ours (`docs/settings.md`) by name.

    Raises:
        ArgumentError: With everything that is wrong with the arguments; a ValueError.
    """

    async def get_app(self, app_id: str, lang: str | None = None, country: str = "us") -> App:
        """The record of one app in one country and language.

        It always comes, and its `status` says what of: `available`, `preregister`, `not_in_region`, `not_found`, `invalid_id` (no
        package name, so it was not asked), or `error`, with the reason in `error`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process.
        """
        order = self._order([app_id], country, lang)
        (record,) = await asyncio.wrap_future(order.future)
        return record

    async def get_apps_parallel(
        self, app_ids: Sequence[str], countries: Iterable[str] | str | None = None, lang: str | None = None
    ) -> dict[str, list[App]]:
        """The records of many apps in some countries (default `us`), in one language: a list for each country code.

        Each list has one record for each of `app_ids`, in their order, also for those that Play does not know or that could not be asked;
        `status` says how it went, as in `get_app`. An id that is given twice is asked once, and stands there twice.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process.
        """
        order = self._order(app_ids, countries, lang)
        records = await asyncio.wrap_future(order.future)
        return by_country(order, records)

    async def close(self) -> None:
        """End the crawl, when the requests in flight are answered.

        What was not asked for yet gets records with the status `error`; later questions raise ClientError.
        A client that is not closed ends with the process.
        """
        ending = self._end()
        if ending is not None:
            await asyncio.wrap_future(ending)

    async def __aenter__(self) -> Self:
        self._started()
        return self

    async def __aexit__(self, *about: object) -> None:
        await self.close()

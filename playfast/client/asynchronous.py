"""The client for code that awaits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

from playfast.client.asynchronous_finding import AsyncFinding
from playfast.client.base import by_country
from playfast.client.collected import Collected, estimate_of
from playfast.client.question import APPS, DEVELOPERS
from playfast.client.rows import AsyncRows
from playfast.client.swept import Swept
from playfast.items import (
    App,
    Availability,
    CatalogApp,
    CatalogEstimate,
    CatalogShard,
    DataSafety,
    Developer,
    Listing,
    ListingSweep,
    Permissions,
    Presence,
    Review,
    ReviewSweep,
)


class AsyncClient(AsyncFinding):
    """Asks Google Play for apps, from code that awaits.

    Works in any event loop, in a notebook's too, with `async with` or without: the crawl runs in a thread of its own, started with the
    first question, by the same spiders, settings and item classes as `scrapy crawl`. Questions that come within a few milliseconds of each
    other travel in one request, whoever asks them, and one app is asked for once, however many wait for it.

    A client keeps to a pace, by default to one request a second, 32 apps each, with all that it asks; two clients keep to two. A process
    may have any number of clients; one that is forked after the first question can have none.

    Args:
        max_concurrent: Most requests in flight, of all that the client asks; default 2, or what the pace says.
        timeout: Seconds after which a request counts as failed; default 60.
        headers: More headers for each request.
        lang: Language to ask in where a question names none.
        url: Address of the store; default PLAYFAST_URL from the environment, or Google Play's.
        pace: `polite`, `brisk`, `unpaced`, or requests a second; default PLAYFAST_PACE from the environment, or `polite`.
        fields: Names of the fields that `get_app` and `get_apps_parallel` ask for; default all (`docs/fields.md`).
        via: `rpc`, or `page` to have these two ask page by page.
        batch: Most apps in one request of these two.
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

    async def get_permissions(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        via: str | None = None,
        batch: int | None = None,
    ) -> list[Permissions]:
        """What apps may do on a device.

        One record for each app, country and language. They always come, all of the first country first, in the order of `app_ids` (one
        id, or several), and their `status` says how it went, as in `get_app`. `langs` is the client's language if it is not given. The
        other arguments are those of the spider `permissions` (`docs/arguments.md`).

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "permissions",
            APPS,
            app_ids,
            countries=countries,
            langs=langs,
            fields=fields,
            via=via,
            batch=batch,
        )
        return asked.records(Permissions, await asyncio.wrap_future(self._found(asked)))

    async def get_data_safety(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        batch: int | None = None,
    ) -> list[DataSafety]:
        """What apps' developers declare to collect and to share.

        One record for each app, country and language, which come as those of `get_permissions` do; the arguments are those of the spider
        `datasafety` (`docs/arguments.md`).

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "datasafety", APPS, app_ids, countries=countries, langs=langs, fields=fields, batch=batch
        )
        return asked.records(DataSafety, await asyncio.wrap_future(self._found(asked)))

    async def get_digest(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        via: str | None = None,
        batch: int | None = None,
    ) -> list[App]:
        """One field of very many apps, or a few; 1,000 apps in one request.

        One record for each app, country and language, which come as those of `get_permissions` do, with these fields alone; `fields` is
        `genre_id` if it is not given. The arguments are those of the spider `digest` (`docs/arguments.md`).

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "digest", APPS, app_ids, countries=countries, langs=langs, fields=fields, via=via, batch=batch
        )
        return asked.records(App, await asyncio.wrap_future(self._found(asked)))

    async def get_availability(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "all",
        langs: str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        via: str | None = None,
        batch: int | None = None,
    ) -> Swept[Availability, Presence]:
        """In which countries apps are to be had.

        The rows are one record for each app and country, which come as those of `get_permissions` do; the closing records one for each
        app, which says where it is to be had, and whether it is gone everywhere. The arguments are those of the spider `availability`
        (`docs/arguments.md`).

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "availability",
            APPS,
            app_ids,
            countries=countries,
            langs=langs,
            fields=fields,
            via=via,
            batch=batch,
        )
        return asked.matrix(await asyncio.wrap_future(self._found(asked)))

    async def get_similar(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        more: str | None = None,
        most: int | None = None,
        details: bool = False,
        via: str | None = None,
        first: int | None = None,
        batch: int | None = None,
    ) -> Swept[Listing, ListingSweep]:
        """The apps that Play shows beside apps: similar ones, and more by their developers.

        A row for each app in each list; the closing records are one for each asked app, country and language, in the order of
        `get_permissions`, and say how many rows came and why the lists ended. `details` asks for the whole record of each app in the lists
        too. The other arguments are those of the spider `similar` (`docs/arguments.md`).

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "similar",
            APPS,
            app_ids,
            countries=countries,
            langs=langs,
            fields=fields,
            more=more,
            most=most,
            details=details,
            via=via,
            first=first,
            batch=batch,
        )
        return asked.swept(Listing, ListingSweep, await asyncio.wrap_future(self._found(asked)))

    async def get_developer(
        self,
        developers: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        more: str | None = None,
        most: int | None = None,
        details: bool = False,
        via: str | None = None,
        first: int | None = None,
        batch: int | None = None,
    ) -> Swept[Listing, Developer]:
        """All apps of developers, asked by number or by name.

        A row for each app; the closing records are one for each asked developer, country and language, with the developer's profile, the
        number of apps, and why their list ended. They come as those of `get_similar` do; the other arguments are those of the spider
        `developer` (`docs/arguments.md`).

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "developer",
            DEVELOPERS,
            developers,
            countries=countries,
            langs=langs,
            fields=fields,
            more=more,
            most=most,
            details=details,
            via=via,
            first=first,
            batch=batch,
        )
        return asked.swept(Listing, Developer, await asyncio.wrap_future(self._found(asked)))

    async def get_reviews(
        self,
        app_ids: str | Sequence[str],
        countries: str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        sort: str | None = None,
        score: int | None = None,
        device: str | None = None,
        since: date | str | None = None,
        max_per_app: int | None = None,
        personal: bool = False,
        page: int | None = None,
        batch: int | None = None,
    ) -> Swept[Review, ReviewSweep]:
        """All reviews of apps in some languages; `langs` may be `all`.

        The closing records are one for each app and language, and say how many reviews came, how many the store counts, and why it ended.
        Who wrote a review is left out without `personal`. `since` is a moment, or its ISO 8601. The other arguments are those of the
        spider `reviews` (`docs/arguments.md`). All of it is kept in memory; `iter_reviews` keeps little.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "reviews",
            APPS,
            app_ids,
            countries=countries,
            langs=langs,
            fields=fields,
            sort=sort,
            score=score,
            device=device,
            since=since,
            max_per_app=max_per_app,
            personal=personal,
            page=page,
            batch=batch,
        )
        return asked.swept(Review, ReviewSweep, await asyncio.wrap_future(self._found(asked)))

    def iter_reviews(
        self,
        app_ids: str | Sequence[str],
        countries: str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        sort: str | None = None,
        score: int | None = None,
        device: str | None = None,
        since: date | str | None = None,
        max_per_app: int | None = None,
        personal: bool = False,
        page: int | None = None,
        batch: int | None = None,
    ) -> AsyncRows[Review, ReviewSweep]:
        """The reviews that `get_reviews` gives, while they come.

        `async for review in client.iter_reviews(...)`; the iterator's `closing` has the closing records of what has been gone through.
        While nobody takes reviews, the crawl waits.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process; while it is iterated over: the crawl could not start, or
                did not come to its end.
        """
        asked = self._question(
            "reviews",
            APPS,
            app_ids,
            countries=countries,
            langs=langs,
            fields=fields,
            sort=sort,
            score=score,
            device=device,
            since=since,
            max_per_app=max_per_app,
            personal=personal,
            page=page,
            batch=batch,
        )
        return AsyncRows(self._flow(asked.ask), Review, asked.unasked(ReviewSweep))

    def iter_catalog(
        self, *, shards: str | Sequence[int] | None = None, limit: int | None = None
    ) -> AsyncRows[CatalogApp, CatalogShard]:
        """The apps that the store lists in its sitemaps, while they come: millions.

        `async for app in client.iter_catalog()`; the iterator's `closing` has a record for each sitemap that has been gone through.
        `shards` are the numbers of sitemaps to read, as spans or one by one (`0-99`), default all. While nobody takes apps, the crawl
        waits.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process; while it is iterated over: the crawl could not start, or
                did not come to its end, or there are no sitemaps that can be read.
        """
        return AsyncRows(self._flow(self._ask("catalog", {"shards": shards, "limit": limit})), CatalogApp)

    async def estimate_catalog(
        self, sample: float = 0.1, *, seed: str | int | None = None
    ) -> CatalogEstimate:
        """How many apps the store lists, estimated from so many percent of its sitemaps, drawn at random by `seed`.

        `apps` is the estimate, and `margin` half the width of its 95 % confidence interval.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or there is no estimate; it says why.
        """
        asked = self._ask("catalog", {"sample": sample, "seed": seed})
        return estimate_of(await asyncio.wrap_future(self._collect(asked)))

    async def collect(self, spider_name: str, /, **arguments: Any) -> Collected:
        """One crawl of any spider of the project, with its arguments (`docs/arguments.md`), and all that it gave.

        Lists and tuples are written as lists, True and False as 1 and 0, dates as ISO 8601; what is None is left out. The crawl has the
        client's settings and keeps to its pace, together with all that the client asks besides. It begins when those that this client
        was asked for before have ended; who stops waiting for it (`asyncio.timeout`) ends it. All items are kept in memory.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        return await asyncio.wrap_future(self._collect(self._ask(spider_name, arguments)))

    def iter_items(self, spider_name: str, /, **arguments: Any) -> AsyncRows[Any, Any]:
        """The items of one crawl of any spider of the project, while they come; its arguments are those of `collect`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process; while it is iterated over: the crawl could not start, or
                did not come to its end.
        """
        return AsyncRows(self._flow(self._ask(spider_name, arguments)))

    async def close(self) -> None:
        """End all crawls, when the requests in flight are answered.

        What was not asked for yet gets records with the status `error`; later questions raise ClientError, as do those whose crawl has not
        begun.
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

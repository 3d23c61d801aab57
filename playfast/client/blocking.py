"""The client for code that waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

from playfast.client.base import by_country
from playfast.client.blocking_finding import Finding
from playfast.client.collected import Collected, estimate_of
from playfast.client.question import APPS, DEVELOPERS
from playfast.client.rows import Rows
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


class Client(Finding):
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

    def get_permissions(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        via: str | None = None,
        batch: int | None = None,
    ) -> list[Permissions]:
        """What apps may do on a device; see `AsyncClient.get_permissions`.

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
        return asked.records(Permissions, self._waited(self._found(asked)))

    def get_data_safety(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        batch: int | None = None,
    ) -> list[DataSafety]:
        """What apps' developers declare to collect and to share; see `AsyncClient.get_data_safety`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "datasafety", APPS, app_ids, countries=countries, langs=langs, fields=fields, batch=batch
        )
        return asked.records(DataSafety, self._waited(self._found(asked)))

    def get_digest(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        via: str | None = None,
        batch: int | None = None,
    ) -> list[App]:
        """One field of very many apps, or a few; 1,000 apps in one request; see `AsyncClient.get_digest`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "digest", APPS, app_ids, countries=countries, langs=langs, fields=fields, via=via, batch=batch
        )
        return asked.records(App, self._waited(self._found(asked)))

    def get_availability(
        self,
        app_ids: str | Sequence[str],
        countries: Iterable[str] | str = "all",
        langs: str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        via: str | None = None,
        batch: int | None = None,
    ) -> Swept[Availability, Presence]:
        """In which countries apps are to be had; see `AsyncClient.get_availability`.

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
        return asked.matrix(self._waited(self._found(asked)))

    def get_similar(
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
        """The apps that Play shows beside apps: similar ones, and more by their developers; see `AsyncClient.get_similar`.

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
        return asked.swept(Listing, ListingSweep, self._waited(self._found(asked)))

    def get_developer(
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
        """All apps of developers, asked by number or by name; see `AsyncClient.get_developer`.

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
        return asked.swept(Listing, Developer, self._waited(self._found(asked)))

    def get_reviews(
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
        """All reviews of apps in some languages; `langs` may be `all`; see `AsyncClient.get_reviews`.

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
        return asked.swept(Review, ReviewSweep, self._waited(self._found(asked)))

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
    ) -> Rows[Review, ReviewSweep]:
        """The reviews that `get_reviews` gives, while they come; see `AsyncClient.iter_reviews`.

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
        return Rows(self._flow(asked.ask), Review, asked.unasked(ReviewSweep))

    def iter_catalog(
        self, *, shards: str | Sequence[int] | None = None, limit: int | None = None
    ) -> Rows[CatalogApp, CatalogShard]:
        """The apps that the store lists in its sitemaps, while they come; see `AsyncClient.iter_catalog`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process; while it is iterated over: the crawl could not start, or
                did not come to its end, or there are no sitemaps that can be read.
        """
        return Rows(self._flow(self._ask("catalog", {"shards": shards, "limit": limit})), CatalogApp)

    def estimate_catalog(self, sample: float = 0.1, *, seed: str | int | None = None) -> CatalogEstimate:
        """How many apps the store lists, estimated from a sample of its sitemaps; see `AsyncClient.estimate_catalog`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or there is no estimate; it says why.
        """
        return estimate_of(
            self._waited(self._collect(self._ask("catalog", {"sample": sample, "seed": seed})))
        )

    def collect(self, spider_name: str, /, **arguments: Any) -> Collected:
        """One crawl of any spider of the project, and all that it gave; see `AsyncClient.collect`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        return self._waited(self._collect(self._ask(spider_name, arguments)))

    def iter_items(self, spider_name: str, /, **arguments: Any) -> Rows[Any, Any]:
        """The items of one crawl of any spider of the project, while they come; see `AsyncClient.iter_items`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process; while it is iterated over: the crawl could not start, or
                did not come to its end.
        """
        return Rows(self._flow(self._ask(spider_name, arguments)))

    def close(self) -> None:
        """End all crawls, when the requests in flight are answered; see `AsyncClient.close`."""
        ending = self._end()
        if ending is not None:
            ending.result()

    def __enter__(self) -> Self:
        self._started()
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

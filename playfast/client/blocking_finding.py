"""How apps are found, for code that waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from playfast.client.question import CATEGORIES, QUERIES, TERMS, expanded
from playfast.client.swept import Swept
from playfast.client.waiting import WaitingBase
from playfast.items import Collection, Listing, ListingSweep, StoreCategory, Suggestions
from playfast.play.categories import HOMES


class Finding(WaitingBase):
    """The methods of `Client` that find apps."""

    def search(
        self,
        queries: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        fields: Iterable[str] | str | None = None,
        price: str | None = None,
        pages: int | None = None,
        most: int | None = None,
        details: bool = False,
        via: str | None = None,
        batch: int | None = None,
    ) -> Swept[Listing, ListingSweep]:
        """The apps that the store finds for one query, or several; see `AsyncClient.search`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "search",
            QUERIES,
            queries,
            countries=countries,
            langs=langs,
            fields=fields,
            price=price,
            pages=pages,
            most=most,
            details=details,
            via=via,
            batch=batch,
        )
        return asked.swept(Listing, ListingSweep, self._waited(self._found(asked)))

    def get_suggestions(
        self,
        terms: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        expand: Iterable[str] | str = "",
        batch: int | None = None,
    ) -> list[Suggestions]:
        """What people search for who have begun to type one of these terms; see `AsyncClient.get_suggestions`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "suggest",
            TERMS,
            expanded(terms, expand),
            countries=countries,
            langs=langs,
            batch=batch,
        )
        return asked.records(Suggestions, self._waited(self._found(asked)))

    def get_charts(
        self,
        categories: str | Sequence[str] = "all",
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        collections: Iterable[str] | str | None = None,
        age: str | None = None,
        fields: Iterable[str] | str | None = None,
        most: int | None = None,
        details: bool = False,
        batch: int | None = None,
    ) -> Swept[Listing, ListingSweep]:
        """The charts of categories, such as `GAME_PUZZLE`, or of `all` that are known; see `AsyncClient.get_charts`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "charts",
            CATEGORIES,
            categories,
            countries=countries,
            langs=langs,
            collections=collections,
            age=age,
            fields=fields,
            most=most,
            details=details,
            batch=batch,
        )
        return asked.swept(Listing, ListingSweep, self._waited(self._found(asked)))

    def get_categories(
        self,
        categories: str | Sequence[str] = "all",
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        batch: int | None = None,
    ) -> list[StoreCategory]:
        """Which categories stores have, their names, and which charts of them hold apps; see `AsyncClient.get_categories`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "categories",
            CATEGORIES,
            categories,
            countries=countries,
            langs=langs,
            batch=batch,
        )
        return asked.records(StoreCategory, self._waited(self._found(asked)))

    def get_collections(
        self,
        categories: str | Sequence[str] = HOMES,
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        more: str | None = None,
        most: int | None = None,
        details: bool = False,
        via: str | None = None,
        batch: int | None = None,
    ) -> Swept[Collection, ListingSweep]:
        """The lists on the front pages of categories; see `AsyncClient.get_collections`.

        Raises:
            ArgumentError: With everything that is wrong with the arguments; a ValueError.
            ClientError: The client is closed, or cannot work in this process, or the crawl could not start.
        """
        asked = self._question(
            "collections",
            CATEGORIES,
            categories,
            countries=countries,
            langs=langs,
            more=more,
            most=most,
            details=details,
            via=via,
            batch=batch,
        )
        return asked.swept(Collection, ListingSweep, self._waited(self._found(asked)))

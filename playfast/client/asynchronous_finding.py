"""How apps are found, for code that awaits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from playfast.client.base import ClientBase
from playfast.client.question import CATEGORIES, QUERIES, TERMS, expanded
from playfast.client.swept import Swept
from playfast.items import Collection, Listing, ListingSweep, StoreCategory, Suggestions
from playfast.play.categories import HOMES


class AsyncFinding(ClientBase):
    """The methods of `AsyncClient` that find apps."""

    async def search(
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
        """The apps that the store finds for one query, or several.

        A row for each app in the order shown; the app that stands by itself above the others has `featured`. The closing records are one
        for each query, country and language, in the order of `get_permissions`, and say how many rows came and why they ended. `details`
        asks for the whole record of each app too. The other arguments are those of the spider `search` (`docs/arguments.md`).

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
        return asked.swept(Listing, ListingSweep, await asyncio.wrap_future(self._found(asked)))

    async def get_suggestions(
        self,
        terms: str | Sequence[str],
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        expand: Iterable[str] | str = "",
        batch: int | None = None,
    ) -> list[Suggestions]:
        """What people search for who have begun to type one of these terms.

        One record for each term, country and language, which come as those of `get_permissions` do. `expand` asks for each term with more
        behind it, too: `a-z`, or `_a-z` for a word of its own; such terms stand behind theirs. The arguments are those of the spider
        `suggest` (`docs/arguments.md`).

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
        return asked.records(Suggestions, await asyncio.wrap_future(self._found(asked)))

    async def get_charts(
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
        """The charts of categories, such as `GAME_PUZZLE`, or of `all` that are known.

        A row for each app with its rank; `asked` is the category, `list` the chart. They come with closing records as those of `search` do;
        `stopped` says which charts are empty. The other arguments are those of the spider `charts` (`docs/arguments.md`).

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
        return asked.swept(Listing, ListingSweep, await asyncio.wrap_future(self._found(asked)))

    async def get_categories(
        self,
        categories: str | Sequence[str] = "all",
        countries: Iterable[str] | str = "us",
        langs: Iterable[str] | str | None = None,
        *,
        batch: int | None = None,
    ) -> list[StoreCategory]:
        """Which categories stores have, their names, and which charts of them hold apps.

        One record for each category, country and language, which come as those of `get_permissions` do. The arguments are those of the
        spider `categories` (`docs/arguments.md`).

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
        return asked.records(StoreCategory, await asyncio.wrap_future(self._found(asked)))

    async def get_collections(
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
        """The lists on the front pages of categories; those of the store and of its games are the default.

        A row for each list, with the ids of the apps that it shows. The closing records come as those of `search` do. The other arguments
        are those of the spider `collections` (`docs/arguments.md`); `collect("collections")` gives a row for each app too.

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
        return asked.swept(Collection, ListingSweep, await asyncio.wrap_future(self._found(asked)))

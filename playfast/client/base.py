"""What both clients are: arguments that are checked, and a session that is made when it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from threading import Lock
from typing import Any

from playfast import arguments
from playfast.arguments import Arguments
from playfast.client import engine
from playfast.client.configuration import settings as settings_of
from playfast.client.on_call import AppsOnCall
from playfast.client.order import Order
from playfast.client.session import Session
from playfast.errors import ArgumentError, ClientError
from playfast.items import App
from playfast.spiders.plan import Storefront

_COUNTRY = replace(arguments.countries(), name="country")
_LANG = replace(arguments.langs(), name="lang")


class ClientBase:
    """A client before it is known how its caller waits."""

    def __init__(
        self,
        max_concurrent: int | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        lang: str = "en",
        *,
        url: str | None = None,
        pace: str | float | None = None,
        fields: Iterable[str] | None = None,
        via: str = "rpc",
        batch: int = 32,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self._settings = settings_of(
            url=url, pace=pace, max_concurrent=max_concurrent, timeout=timeout, headers=headers, more=settings
        )
        self._arguments = {"via": via, "batch": str(batch)}
        if fields is not None:
            self._arguments["fields"] = fields if isinstance(fields, str) else ",".join(fields)
        problems = _problems(self._settings, self._arguments, lang)
        if problems:
            raise ArgumentError(problems)
        self.lang = lang
        self._lock = Lock()
        self._session: Session | None = None
        self._closed = False

    @property
    def stats(self) -> dict[str, Any]:
        """What the crawl behind this client has counted so far (`docs/statistics.md`); empty before the first question."""
        return {} if self._session is None else self._session.stats()

    def _order(
        self, app_ids: Sequence[str], countries: Iterable[str] | str | None, lang: str | None
    ) -> Order:
        """An order that is under way.

        Raises:
            ArgumentError: with everything that is wrong with what is asked.
            ClientError: the client is closed, or this process cannot have one.
        """
        order = _checked(
            app_ids, "us" if countries is None else countries, self.lang if lang is None else lang
        )
        self._started().order(order)
        return order

    def _started(self) -> Session:
        with self._lock:
            if self._closed:
                raise ClientError("the client is closed; make another one")
            shared = engine.engine(self._settings["ASYNCIO_EVENT_LOOP"])
            if self._session is None or self._session.over:
                self._session = Session(shared, self._settings, self._arguments, self._again)
            return self._session

    def _again(self, order: Order) -> None:
        """An order came when its crawl was just ending: the next one takes it."""
        try:
            self._started().order(order)
        except ClientError as error:
            order.fail(error)

    def _end(self) -> Future[None] | None:
        """Begin to close; None where nothing runs."""
        with self._lock:
            self._closed = True
            session = self._session
        return None if session is None or session.over else session.close()


def by_country(order: Order, records: Sequence[App]) -> dict[str, list[App]]:
    """The records of an order in one language, under their countries."""
    size = len(order.ids)
    return {
        storefront.country: list(records[place * size : (place + 1) * size])
        for place, storefront in enumerate(order.storefronts)
    }


def _problems(settings: Any, given: Mapping[str, str], lang: str) -> list[str]:
    """Everything that is wrong with a client's arguments."""
    found: list[str] = []
    try:
        AppsOnCall.check(settings, dict(given))
    except ArgumentError as error:
        found += error.problems
    try:
        Arguments(_LANG).check({"lang": lang})
    except ArgumentError as error:
        found += error.problems
    return found


def _checked(app_ids: Sequence[str], countries: Iterable[str] | str, lang: str) -> Order:
    problems = []
    if isinstance(app_ids, str) or not isinstance(app_ids, Iterable):
        problems.append(f"app_ids={app_ids!r:.60}: a list of ids is due")
        ids = []
    else:
        ids = list(app_ids)
        problems += [f"app_ids: {entry!r:.60} is no text" for entry in ids if not isinstance(entry, str)]
    asked: dict[str, Any] = {}
    try:
        given = {"country": countries if isinstance(countries, str) else list(countries), "lang": lang}
        asked = Arguments(_COUNTRY, _LANG).check(given)
    except ArgumentError as error:
        problems += error.problems
    if len(asked.get("lang", " ")) > 1:
        problems.append(f"lang={lang!r}: one language is due")
    if problems:
        raise ArgumentError(problems)
    (language,) = asked["lang"]
    return Order(
        [entry.strip() for entry in ids], [Storefront(country, language) for country in asked["country"]]
    )

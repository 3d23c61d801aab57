"""What both clients are: arguments that are checked, and a session that is made when it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from threading import Lock
from typing import Any

from playfast import arguments
from playfast.arguments import Arguments
from playfast.client.ask import Ask, ask
from playfast.client.collected import Collected, finish
from playfast.client.configuration import settings as settings_of
from playfast.client.crawl import Crawl
from playfast.client.engine import Engine, engine
from playfast.client.flow import Flow
from playfast.client.line import Line
from playfast.client.on_call import AppsOnCall
from playfast.client.order import Order
from playfast.client.question import Listed, Question, question
from playfast.client.session import Session
from playfast.client.stream import Stream
from playfast.client.turn import turns_of
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
        self._shared: Engine | None = None
        self._turns = turns_of(self._settings)
        self._line = Line()
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
            shared = self._used()
            if self._session is None or self._session.over:
                self._session = Session(shared, self._settings, self._arguments, self._turns, self._again)
            return self._session

    def _used(self) -> Engine:
        if self._closed:
            raise ClientError("the client is closed; make another one")
        self._shared = engine(self._settings["ASYNCIO_EVENT_LOOP"])
        return self._shared

    def _ask(self, spider_name: str, arguments: Mapping[str, Any]) -> Ask:
        return ask(self._settings, spider_name, arguments)

    def _question(
        self, spider_name: str, listed: Listed, things: str | Sequence[str], /, **arguments: Any
    ) -> Question:
        """Things that a spider is asked for, in the client's language where no other is named.

        Raises:
            ArgumentError: with everything that is wrong with what is asked.
        """
        langs = arguments.get("langs")
        spoken = {**arguments, "langs": self.lang if langs is None else langs}
        return question(self._settings, spider_name, listed, things, spoken)

    def _found(self, asked: Question) -> Future[Collected]:
        """What the crawl of a question gives; no crawl is begun where there is nothing to ask.

        Raises:
            ClientError: the client is closed, or this process cannot have one.
        """
        if asked.ask is not None:
            return self._collect(asked.ask)
        with self._lock:
            self._used()
        nothing: Future[Collected] = Future()
        nothing.set_result(Collected())
        return nothing

    def _collect(self, asked: Ask) -> Future[Collected]:
        """A crawl of its own, behind those that this client was asked for before; who cancels the future ends it.

        Raises:
            ClientError: the client is closed, or this process cannot have one.
        """
        with self._lock:
            shared = self._used()
        found = Collected()

        def took(item: Any) -> None:
            found.items.setdefault(type(item), []).append(item)

        crawl = Crawl(shared, asked, self._settings, self._turns, took)

        async def collected() -> Collected:
            return finish(found, asked.spider, await self._line.run(crawl))

        return shared.run(collected())

    def _flow(self, asked: Ask | None) -> Flow:
        """A crawl whose items are taken while they come; it begins when the first is. None gives nothing.

        Raises:
            ClientError: the client is closed, or this process cannot have one.
        """
        with self._lock:
            shared = self._used()
        stream = Stream()
        crawl = None
        if asked is not None:
            crawl = Crawl(shared, asked, self._settings, self._turns, stream.put, stream)
        return Flow(shared, self._line, crawl, stream)

    def _again(self, order: Order) -> None:
        """An order came when its crawl was just ending: the next one takes it."""
        try:
            self._started().order(order)
        except ClientError as error:
            order.fail(error)

    def _end(self) -> Future[None] | None:
        """Begin to close; None where nothing ever ran, or nothing can any more."""
        with self._lock:
            self._closed = True
            shared = self._shared
        if shared is None:
            return None
        try:
            shared.check()
        except ClientError:
            return None
        return shared.run(self._closing())

    async def _closing(self) -> None:
        ends = [self._line.close()]
        if self._session is not None:
            ends.append(self._session.close())
        await asyncio.gather(*ends)


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

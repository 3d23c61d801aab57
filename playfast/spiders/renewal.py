"""The request templates of a crawl; with `PLAYFAST_TEMPLATES=auto` new ones off a page, where its own are answered with nothing."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from playfast.play import asked, templates
from playfast.play.envelope import Answer
from playfast.play.page import Page
from playfast.play.templates import OURS, Template
from playfast.runs import options

_log = logging.getLogger(__name__)


class Renewal:
    """The templates in force, which may be renewed once.

    Args:
        in_force: to begin with.
        wanted: take others from a page, where these fail.
        crawler: that has the statistics.
    """

    def __init__(self, in_force: Mapping[str, Template], *, wanted: bool, crawler: Crawler) -> None:
        self._in_force = in_force
        self._wanted = wanted
        self._crawler = crawler
        self._answered: set[str] = set()
        self._closed = False
        self._doubted = False

    @classmethod
    def of(cls, settings: BaseSettings, crawler: Crawler) -> Self:
        """What the settings ask for."""
        chosen = options.read(settings)
        return cls(chosen.templates, wanted=chosen.renew_templates, crawler=crawler)

    def in_force(self) -> AbstractContextManager[None]:
        """Have calls that are made in here made by the templates in force."""
        return templates.using(self._in_force)

    def doubt(self, answers: Mapping[str, Answer], beside: str) -> str | None:
        """Why answers are not to be believed; None if they are.

        A call in an old form may be answered with nothing, as one for what does not exist. Until one call of an RPC was answered with
        something, a pack whose calls of it are answered with nothing alone may be either, and pages tell.

        Args:
            answers: of a pack.
            beside: tag of a call that says nothing of the others.
        """
        if not self._wanted:
            return None
        told = [answer for tag, answer in answers.items() if tag != beside]
        self._answered |= {answer.rpc for answer in told if answer.payload is not None}
        silent = sorted({answer.rpc for answer in told} - self._answered)
        if not silent:
            return None
        self._doubted = True
        whose = f"of {' and '.join(silent)} in the pack" if self._answered else "of the pack"
        return f"every call {whose} was answered with nothing, and none of the crawl with anything yet"

    def closed(self) -> None:
        """The RPC way was given up."""
        self._closed = True

    def take(self, body: bytes, address: str) -> bool:
        """Take the templates of a page, where they are wanted; whether calls are worth asking for again.

        A page that does not say how it asks is none to learn from.
        """
        if not (self._wanted and self._closed and (self._doubted or not self._answered)):
            return False
        found = asked.read(Page(body).requests, asked.known(address))
        if not found:
            return False
        self._wanted = False
        new = asked.renewed(found)
        if not new and self._answered:
            # Other RPCs do answer, and this one is asked as pages ask it: there is nothing of its kind.
            _log.info("PLAYFAST_TEMPLATES=auto: the page asks as this crawl does; packs are asked for again.")
            return True
        if not new:
            _log.warning(
                "PLAYFAST_TEMPLATES=auto: the page asks as this crawl does, so that nothing is gained."
            )
            return False
        self._in_force = templates.replaced(new)
        told = {kind: "; ".join(asked.differences(OURS[kind], one)) for kind, one in sorted(found.items())}
        sentence = ". ".join(f"{kind}: {words}" for kind, words in told.items() if words)
        _log.warning("From here on packs are asked for again, in the way in which pages ask (%s).", sentence)
        self._crawler.stats.set_value("playfast/templates/renewed", sentence)
        return True

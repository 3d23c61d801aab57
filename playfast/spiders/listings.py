"""Spiders of lists: the apps that stand in the lists of something, part by part, and if wanted the whole record of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from scrapy.settings import BaseSettings

from playfast.errors import ArgumentError
from playfast.extensions import feed_options
from playfast.items import App, Listing
from playfast.items.listing import LISTS_OF
from playfast.play import calls, cards, lists
from playfast.play.envelope import Answer, Call
from playfast.play.fields import Extractor, Rows, sources
from playfast.play.verdict import Status
from playfast.runs import options
from playfast.runs.ledger import Key, Ledger, digest
from playfast.spiders.app_records import AppRecords
from playfast.spiders.from_list import FromList
from playfast.spiders.plan import Asked, Storefront, Via

_UNNAMED = "other"
_PART = 100
"""Apps to ask for where a list goes on; public sources agree that so many are answered."""


@dataclass(frozen=True, slots=True)
class More:
    """The next part of a list."""

    list: str
    token: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole record of an app that stood in a list."""


WHOLE = Whole()


@dataclass(slots=True)
class Lists:
    """The lists of one thing in one storefront, while they come.

    Attributes:
        number: of its key in the ledger.
        here: digests of the rows that an earlier crawl has written.
        seen: the apps of each list, by its name.
        parts: how many parts of each list have come.
        waits: what is still to come before it has ended.
        later: steps that are still to be asked when what has come is taken.
        error: why something did not come.
    """

    number: int | None
    here: set[bytes]
    status: Status = Status.AVAILABLE
    fetched_at: datetime | None = None
    via: Via | None = None
    seen: dict[str, dict[str, None]] = field(default_factory=dict)
    parts: Counter[str] = field(default_factory=Counter)
    stopped: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    waits: int = 0
    later: Sequence[Any] = ()
    error: str | None = None


class ListsSpider(FromList):
    """A spider of lists.

    A subclass says which calls ask for the first parts (`first_calls`), which lists their answers hold (`sections_of`), and what record
    ends it all (`ended`).
    """

    item: ClassVar[type[Any]] = Listing
    reads_feeds = False
    decisive: ClassVar[tuple[str, ...]] = ("most", "details", "more")
    others_beside_apps: ClassVar[tuple[type[Any], ...]]
    features: ClassVar[bool] = False
    """Whether its lists have a place above them for an app by itself."""
    overlaps: ClassVar[bool] = False
    """Whether a part may repeat what came before without the list being at its end."""

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:
        problems = super().consider(asked)
        if asked["apps"] is not None and not asked["details"]:
            problems.append("apps: there are no records of apps without details=1")
        return problems

    @classmethod
    def check(cls, settings: BaseSettings, given: dict[str, Any]) -> dict[str, Any]:
        asked = super().check(settings, given)
        problems = []
        if asked["details"] and asked["apps"] is None:
            mixed = [
                feed for feed in feed_options.of_settings(settings).values() if not feed.get("item_classes")
            ]
            if asked.get("fields") is not None and (mixed or options.read(settings).runs is not None):
                problems.append(
                    "details: of whole records in the feeds of rows the chosen fields alone would be left; give them a feed of their own "
                    "with apps=FILE, or leave out fields="
                )
            if any(feed.get("format") == "parquet" for feed in mixed):
                problems.append(
                    "details: a Parquet feed holds one class of items; give whole records a feed of their own with apps=FILE"
                )
        if problems:
            raise ArgumentError(problems)
        return asked

    def prepare(self) -> None:
        asked = self.asked
        storefronts = [Storefront(country, lang) for country in asked["countries"] for lang in asked["langs"]]
        pages = "via" in asked
        self.plan_for(storefronts, via=Via(asked["via"]) if pages else Via.RPC, eager=True, pages=pages)
        self.list_for(storefronts, prefix=LISTS_OF)
        self.other_items = (*self.others_beside_apps, *((App,) if asked["apps"] is not None else ()))  # type: ignore[misc]
        self._rows = {
            False: Rows(Listing, self.row_names),
            True: Rows(Listing, self.row_names, cards.PLACES_OF_MORE),
        }
        self._records = AppRecords(Extractor(App, always=calls.ALWAYS_ASKED), self, self.app_page)
        self._open: dict[tuple[str, Storefront], Lists] = {}
        self._asked_whole: set[tuple[str, Storefront]] = set()
        if asked["details"] and self.ledger is not None:
            self._ask_for_what_is_left(self.ledger)

    def _ask_for_what_is_left(self, ledger: Ledger) -> None:
        """Apps whose lists are done, and whose own records an earlier crawl did not get: no list leads to them again."""
        again = self.asked_again(self.asked["retry"])
        keys = [key for key in ledger.left(again) if not key.asked.startswith(LISTS_OF)]
        leased = ledger.lease(keys, again).keys
        self.leased.update(leased)
        for app_id, country, lang in leased:
            storefront = Storefront(country, lang)
            self._asked_whole.add((app_id, storefront))
            self.plan.follow(Asked(app_id, storefront, step=WHOLE))

    @property
    def row_names(self) -> list[str]:
        """The fields of the rows."""
        return self.field_names if self.item is Listing else list(sources(Listing))

    # What a subclass says.

    def first_calls(self, asked: Asked, tag: str) -> Iterable[Call]:
        """The calls for the first parts of all lists."""
        raise NotImplementedError

    def sections_of(
        self, asked: Asked, found: Lists, tag: str, answers: Mapping[str, Answer]
    ) -> list[lists.Section] | None:
        """The lists that their answers hold; None, with the reason in `asked`, where they have to be asked again.

        Changes nothing but the status of `found`, and what is asked besides.
        """
        raise NotImplementedError

    def name_of(self, section: lists.Section) -> str:
        """What rows say of the list they stand in."""
        return section.name or _UNNAMED

    def call_for_more(self, step: More, tag: str) -> Call:
        """The call for the next part of a list."""
        return calls.more(step.token, tag, _PART)

    @property
    def most_parts(self) -> int | None:
        """How many parts of a list are asked for at most; None for all that there are."""
        return 1 if self.asked["more"] == "none" else None

    def ended(self, asked: Asked, found: Lists) -> Any:
        """The record of something all of whose lists have ended."""
        raise NotImplementedError

    # What is asked.

    def enter(self, entry: str, storefronts: tuple[Storefront, ...]) -> tuple[Storefront, ...]:
        here = {} if self.ledger is None else self.ledger.rows(LISTS_OF + entry)
        for storefront in storefronts:
            number = self.leased.get(Key(LISTS_OF + entry, *_place(storefront)))
            self._open[entry, storefront] = Lists(number, here.get(number or 0, set()), waits=1)
        return storefronts

    def calls_of(self, asked: Asked, tag: str) -> Iterable[Call]:
        match asked.step:
            case None:
                return self.first_calls(asked, tag)
            case More() as step:
                return (self.call_for_more(step, tag),)
            case Whole():
                return (calls.details(asked.what, self._records.extractor.mask, tag),)
            case step:
                return self.calls_of_step(step, tag)

    def calls_of_step(self, step: Any, tag: str) -> Iterable[Call]:
        """The calls of a step of a subclass's own."""
        raise NotImplementedError

    # What comes.

    def read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        if isinstance(asked.step, Whole):
            record = self._records.packed(asked, answers.get(tag), fetched_at)
            return None if record is None else [record]
        found = self._open[asked.what, asked.storefront]
        match asked.step:
            case None:
                sections = self.sections_of(asked, found, tag, answers)
                if sections is None:
                    return None
                return self.begun(asked, found, sections, fetched_at, Via.RPC)
            case More() as step:
                return self._more(asked, found, step, answers.get(tag), fetched_at)
            case step:
                return self.read_step(asked, found, step, answers.get(tag), fetched_at)

    def read_step(
        self, asked: Asked, found: Lists, step: Any, answer: Answer | None, fetched_at: datetime
    ) -> list[Any] | None:
        """What came of a step of a subclass's own; as `read`. One that is about a list names it in `list`."""
        raise NotImplementedError

    def begun(
        self, asked: Asked, found: Lists, sections: list[lists.Section], fetched_at: datetime, via: Via
    ) -> list[Any]:
        """The rows of the first parts; what goes on is asked for."""
        found.fetched_at, found.via = fetched_at, via
        # All are read before any counts: whatever fails, everything is asked again as if it had not come.
        read = [
            (name, section, *self._read_section(asked, found, name, section))
            for name, section in self.named(sections).items()
        ]
        rows: list[Any] = []
        for name, section, above, listed, beside in read:
            token = section.token
            rows += self._taken(asked, found, name, above, above=True)
            rows += self._taken(asked, found, name, listed)
            if section.beside is not None:
                found.parts[name] += 1
                rows += self._taken(asked, found, name, beside)
                token = section.beside.token
            if section.cut and token is None and found.seen[name]:
                found.stopped.setdefault(name, "refused")
            self._go_on(asked, found, name, token)
        for step in found.later:
            self._follow(asked, found, step)
        found.later = ()
        return [*rows, *self.one_came(asked, found)]

    def named(self, sections: list[lists.Section]) -> dict[str, lists.Section]:
        """Sections by names that tell them apart."""
        named: dict[str, lists.Section] = {}
        for section in sections:
            name = again = self.name_of(section)
            number = 1
            while again in named:
                number += 1
                again = f"{name}_{number}"
            named[again] = section
        return named

    def _read_section(
        self, asked: Asked, found: Lists, name: str, section: lists.Section
    ) -> tuple[list[Listing], list[Listing], list[Listing]]:
        """The rows of all cards of a section: of those above it, of its own, and of those that came beside."""
        beside = section.beside
        return (
            self._rows_of(asked, found, name, section.above),
            self._rows_of(asked, found, name, section.cards),
            self._rows_of(asked, found, name, beside.cards, older=beside.older) if beside is not None else [],
        )

    def _more(
        self, asked: Asked, found: Lists, step: More, answer: Answer | None, fetched_at: datetime
    ) -> list[Any] | None:
        answer = self.answer_of(asked, answer)
        if answer is None:
            return None
        payload = answer.decoded()
        if payload is None:  # a token that is dead, or was never any good
            found.stopped[step.list] = "refused"
            return self.one_came(asked, found)
        part = lists.more(payload)
        found.fetched_at = fetched_at
        rows = self._taken(
            asked, found, step.list, self._rows_of(asked, found, step.list, part.cards, older=part.older)
        )
        self._go_on(asked, found, step.list, part.token)
        return [*rows, *self.one_came(asked, found)]

    def _rows_of(
        self, asked: Asked, found: Lists, name: str, shown: Iterable[Any], *, older: bool = False
    ) -> list[Listing]:
        """The rows of cards, their ranks not yet known."""
        rows = (self._row(asked, found, name, card, older=older) for card in shown)
        return [row for row in rows if row is not None]

    def _taken(
        self, asked: Asked, found: Lists, name: str, read: list[Listing], *, above: bool = False
    ) -> list[Any]:
        """Those of the rows that are new, each app of a list once; a list in which nothing is new is at its end."""
        seen = found.seen.setdefault(name, {})
        before, most = len(seen), self.asked["most"]
        new = []
        for row in read:
            if row.app_id in seen:
                continue
            if _reached(len(seen), most):
                found.stopped[name] = "limit"
                break
            seen[row.app_id] = None
            row.rank = len(seen)
            row.featured = above if self.features else None
            new.append((row, digest((name, row.app_id))))
            if self.asked["details"]:
                self._follow_whole(row.app_id, asked.storefront)
        if read and len(seen) == before and name not in found.stopped and not self.overlaps:
            found.stopped[name] = "repeated"
        return self.emit(found, new)

    def emit(self, found: Lists, rows: list[tuple[Any, bytes]]) -> list[Any]:
        """Those of the rows, each with its digest, that no earlier crawl has written; they are counted as on their way."""
        new = [row for row, of in rows if of not in found.here]
        if len(new) < len(rows):
            self.crawler.stats.inc_value("playfast/rows/written_before", len(rows) - len(new))
        if found.number is not None:
            self.emitted[found.number] = self.emitted.get(found.number, 0) + len(new)
        return new

    def _row(self, asked: Asked, found: Lists, name: str, card: Any, *, older: bool) -> Listing | None:
        """The row of a card, its rank not yet known; None, and counted, where the card does not say which app it is."""
        app_id = cards.id_of(card)
        if app_id is None:
            self.crawler.stats.inc_value("playfast/rows/unreadable")
            return None
        storefront = asked.storefront
        given = {
            "asked": asked.what,
            "list": name,
            "rank": 0,
            "app_id": app_id,
            "country": storefront.country,
            "lang": storefront.lang,
            "fetched_at": found.fetched_at,
            "via": found.via and found.via.value,
            "url": self.app_page(Asked(app_id, storefront)),
        }
        return self._rows[older](card, given, self.invalid_field)

    def _go_on(self, asked: Asked, found: Lists, name: str, token: str | None) -> None:
        """Ask for the next part of a list, or say why not."""
        found.parts[name] += 1
        if name in found.stopped:
            return
        if token is None:
            found.stopped[name] = "end" if found.seen[name] else "empty"
        elif _reached(found.parts[name], self.most_parts) or _reached(
            len(found.seen[name]), self.asked["most"]
        ):
            found.stopped[name] = "limit"
        elif token in found.tokens:
            found.stopped[name] = "repeated"
        else:
            found.tokens.add(token)
            self._follow(asked, found, More(name, token))

    def _follow(self, asked: Asked, found: Lists, step: Any) -> None:
        found.waits += 1
        self.plan.follow(Asked(asked.what, asked.storefront, step=step))

    def one_came(self, asked: Asked, found: Lists) -> list[Any]:
        """One thing that was waited for has come, or never will; the record of all, if it was the last."""
        found.waits -= 1
        if found.waits:
            return []
        del self._open[asked.what, asked.storefront]
        return [self.ended(asked, found)]

    def _follow_whole(self, app_id: str, storefront: Storefront) -> None:
        """Have the whole record of an app asked for, once."""
        key = Key(app_id, *_place(storefront))
        if (app_id, storefront) in self._asked_whole:
            return
        self._asked_whole.add((app_id, storefront))
        if self.ledger is not None:
            leased = self.ledger.lease([key]).keys
            if not leased:
                return
            self.leased.update(leased)
        self.plan.follow(Asked(app_id, storefront, step=WHOLE))

    # What does not come.

    def unanswered(self, asked: Asked) -> list[Any]:
        if isinstance(asked.step, Whole):
            return [self._records.unanswered(asked)]
        found = self._open[asked.what, asked.storefront]
        if (name := getattr(asked.step, "list", None)) is not None:
            found.seen.setdefault(name, {})
            found.stopped[name] = "error"
        found.status, found.error = Status.ERROR, found.error or asked.reason
        return self.one_came(asked, found)


def _reached(count: int, most: int | None) -> bool:
    return most is not None and count >= most


def _place(storefront: Storefront) -> tuple[str, str]:
    return storefront.country, storefront.lang

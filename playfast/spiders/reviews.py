"""The reviews spider: all reviews of apps, language by language, page by page, and how complete they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from playfast import arguments
from playfast.errors import UnreadableError
from playfast.items import Review, ReviewSweep
from playfast.play import calls, reviews, verdict
from playfast.play.convert import ORIGIN
from playfast.play.envelope import Answer, Call
from playfast.play.fields import ANSWER_RECORD, Rows, sources
from playfast.play.record import find
from playfast.play.verdict import Status
from playfast.runs.ledger import Key
from playfast.sources import app_ids
from playfast.sources.unsettled import Choice
from playfast.spiders.from_list import FromList
from playfast.spiders.plan import Asked, Storefront, Via
from playfast.spiders.sweep import Corpus, Mark, Sweep

_SORTS = {"newest": 2, "helpful": 1, "stars": 3}
_DEVICES = {"any": None, "phone": 2, "tablet": 3, "chromebook": 5, "tv": 6}
_COUNTED = (51, 3, 1)
_RATINGS = 52
_SAFE_ROWS = 200
"""Rows that are asked for where a page was refused: public sources agree that so many are answered."""
_APP, _PAGE = ".app", ".page"


class ReviewsSpider(FromList):
    """Reviews of apps: a row for each, and one record for every asked (app, language) that says how complete they are."""

    name = "reviews"
    decisive = ("score", "device")
    item = Review
    reads_feeds = False
    other_items = (ReviewSweep,)
    beside: ClassVar[Mapping[str, type[Any]]] = {"sweeps": ReviewSweep}
    instead = "what is left gets records that say so"
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.one_country(
            "Country whose store's count of reviews is noted beside. The reviews are the same in all countries, so there is one."
        ),
        arguments.review_langs(),
        arguments.fields(Review),
        arguments.choice("sort", _SORTS, "Order in which Play gives them.", "newest"),
        arguments.whole_number("score", "Only reviews with so many stars.", "", least=1, most=5),
        arguments.choice("device", _DEVICES, "Only reviews written on this kind of device.", "any"),
        arguments.since(),
        arguments.whole_number(
            "max_per_app", "At most so many reviews of an app, over all languages.", "", least=1
        ),
        arguments.flag(
            "personal",
            "Read and export what says who wrote a review too (name, picture, account): personal data, for which you need a reason that "
            "the law knows.",
        ),
        arguments.beside(
            ReviewSweep, "sweeps", "for each app and language, how many reviews came and why it stopped"
        ),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.whole_number("page", "Reviews to ask for at a time.", "1000", least=1, most=4000),
        arguments.whole_number(
            "batch", "Pages in one POST, of several apps; 1 asks for each by itself.", "4", least=1, most=100
        ),
    )

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:
        problems = super().consider(asked)
        personal = [name for name in asked["fields"] or () if name in Review.personal]
        if personal and not asked["personal"]:
            problems.append(
                f"fields: {', '.join(personal)} say who wrote a review; add -a personal=1 if you may have that"
            )
        if asked["fields"] is None and not asked["personal"]:
            asked["fields"] = [name for name in sources(Review) if name not in Review.personal]
        if asked["since"] is not None and asked["sort"] != "newest":
            problems.append("since: only the newest first (sort=newest) can be stopped at a moment")
        if asked["since"] == "last" and asked["ledger"] is None:
            problems.append("since=last: a ledger says what is known; add -a ledger=FILE")
        return problems

    def prepare(self) -> None:
        asked = self.asked
        (country,) = asked["countries"]
        self._country: str = country
        storefronts = [Storefront(country, lang) for lang in asked["langs"]]
        self.plan_for(storefronts, eager=True, pages=False)
        self.list_for(storefronts, country_free=True)
        self._rows = Rows(Review, self.field_names)
        self._corpora: dict[str, Corpus] = {}
        self._sweeps: dict[tuple[str, str], Sweep] = {}

    def asked_again(self, choice: Choice | None) -> frozenset[str]:
        every = {status.value for status in Status} - {Status.INVALID_ID.value}
        return super().asked_again(choice) | (every if self.asked["since"] == "last" else set())

    # What is asked.

    def enter(self, entry: str, storefronts: tuple[Storefront, ...]) -> tuple[Storefront, ...]:
        here = {} if self.ledger is None else self.ledger.rows(entry)
        corpus = self._corpora[entry] = Corpus(
            len(storefronts), self.asked["max_per_app"], {row for rows in here.values() for row in rows}
        )
        from_start = []
        for storefront in storefronts:
            number = self.leased.get(Key(entry, "", storefront.lang))
            mark = None if number is None or self.ledger is None else self.ledger.mark(number)
            sweep = Sweep(
                corpus, number, Mark.read(mark), here.get(number or 0, set()), since=self.asked["since"]
            )
            self._sweeps[entry, storefront.lang] = sweep
            if sweep.token is None:
                from_start.append(storefront)
            else:  # it was cut off amid its pages
                self.plan.follow(Asked(entry, storefront, step=sweep.token))
        return tuple(from_start)

    def calls_of(self, asked: Asked, tag: str) -> Iterable[Call]:
        rows = self.asked["page"] if not asked.missed else min(self.asked["page"], _SAFE_ROWS)
        left = self._corpora[asked.what].left
        page = calls.reviews(
            asked.what,
            tag + _PAGE,
            rows=rows if left is None else max(1, min(rows, left)),
            sort=_SORTS[self.asked["sort"]],
            score=self.asked["score"],
            device=_DEVICES[self.asked["device"]],
            token=asked.step,
        )
        if asked.step is not None:
            return (page,)
        return (page, calls.details(asked.what, (*calls.ALWAYS_ASKED, _RATINGS), tag + _APP))

    # What comes.

    def read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        answer = self.answer_of(asked, answers.get(tag + _PAGE))
        if answer is None:
            return None
        sweep = self._sweeps[asked.what, asked.storefront.lang]
        told = None
        if asked.step is None:
            told = self._told_of_app(asked, answers.get(tag + _APP))
            if told is None:
                return None
        payload = answer.decoded()
        try:
            page = None if payload is None else reviews.page(payload)
        except UnreadableError as error:
            asked.reason = str(error)
            self.count_unusable(asked)
            return None
        # From here on it counts.
        sweep.fetched_at = fetched_at
        if told is not None:
            sweep.begin(*told)
            if told[0] is Status.NOT_FOUND:
                return [self._ended(asked, sweep, None)]
        if page is None:
            if asked.step is not None and sweep.begins_anew():
                self.crawler.stats.inc_value("playfast/reviews/begun_anew")
                self.plan.follow(Asked(asked.what, asked.storefront))
                return []
            refused = asked.step is not None or sweep.store_count
            if refused:
                self.crawler.stats.inc_value("playfast/reviews/refused")
            return [self._ended(asked, sweep, "refused" if refused else "end")]
        return self._paged(asked, sweep, page)

    def _told_of_app(self, asked: Asked, answer: Answer | None) -> tuple[Status, int | None] | None:
        """Status of the app, and how many reviews its store counts; None where that has to be asked again."""
        answer = self.answer_of(asked, answer)
        if answer is None:
            return None
        payload = answer.decoded()
        if payload is None:
            return Status.NOT_FOUND, None
        status, reason = verdict.of_record(payload, asked.what)
        if status is Status.ERROR:
            asked.reason = reason or "no reason given"
            self.count_unusable(asked)
            return None
        count = find(payload, (*ANSWER_RECORD, *_COUNTED))
        return status, count if count.__class__ is int else None

    def _paged(self, asked: Asked, sweep: Sweep, page: reviews.ReviewPage) -> list[Any]:
        lang = asked.storefront.lang
        address = f"{ORIGIN}/store/apps/details?id={asked.what}&reviewId="
        given = {"app_id": asked.what, "lang": lang, "fetched_at": sweep.fetched_at, "via": Via.RPC.value}
        read = []
        for row in page.rows:
            review_id = reviews.id_of(row)
            if review_id is None:
                self.crawler.stats.inc_value("playfast/rows/unreadable")
            else:
                given["review_id"] = review_id
                given["url"] = address + quote(review_id, safe=":")
                read.append(self._rows(row, given, self.invalid_field))
        # Only now: whatever fails while rows are read, the sweep knows of none of them, and the page is asked again.
        sweep.turn()
        found = [review for review in read if sweep.takes(review)]
        stopped = sweep.stopped_at(page.token, len(page.rows))
        if sweep.number is not None:
            self.emitted[sweep.number] = self.emitted.get(sweep.number, 0) + len(found)
            self.marks[sweep.number] = sweep.mark(None if stopped else page.token).written()
        if stopped:
            return [*found, self._ended(asked, sweep, stopped)]
        self.plan.follow(Asked(asked.what, asked.storefront, step=page.token))
        return found

    def _ended(self, asked: Asked, sweep: Sweep, stopped: str | None) -> ReviewSweep:
        """A sweep ends: its record."""
        lang = asked.storefront.lang
        del self._sweeps[asked.what, lang]
        if self._corpora[asked.what].closed():
            del self._corpora[asked.what]
        return ReviewSweep(
            **self._key(asked.what, lang, sweep.status),
            fetched_at=sweep.fetched_at,
            via=Via.RPC.value if sweep.fetched_at is not None else None,
            reviews=sweep.reviews,
            repeated=sweep.repeated,
            pages=sweep.pages,
            stopped=stopped,
            newest=sweep.newest,
            oldest=sweep.oldest,
            store_count=sweep.store_count,
            store_country=self._country if sweep.store_count is not None else None,
        )

    # What does not come.

    def unanswered(self, asked: Asked) -> list[Any]:
        sweep = self._sweeps[asked.what, asked.storefront.lang]
        sweep.status = Status.ERROR
        ended = self._ended(asked, sweep, "error")
        ended.error = asked.reason
        return [ended]

    def invalid(self, entry: str, storefront: Storefront) -> Any:
        record = ReviewSweep(
            **self._key(entry, storefront.lang, Status.INVALID_ID), error=app_ids.problem(entry)
        )
        record.url = None
        return record

    def _key(self, app_id: str, lang: str, status: Status) -> dict[str, Any]:
        url = f"{self.origin}/store/apps/details?id={app_id}&hl={lang}&gl={self._country}"
        return {"app_id": app_id, "lang": lang, "status": status.value, "url": url}

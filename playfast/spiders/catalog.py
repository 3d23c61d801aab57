"""The catalog spider: all apps that the store lists in its sitemaps, a sample of them, or what has changed in them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

from playfast import arguments
from playfast.errors import CrawlEndsError, RepublishedError, SitemapError
from playfast.items import CatalogApp, CatalogChange, CatalogComparison, CatalogEstimate, CatalogShard
from playfast.items.catalog import GONE
from playfast.play import sitemap
from playfast.play.envelope import Answer, Call
from playfast.play.generation import Found, Generation
from playfast.play.verdict import Status
from playfast.runs import estimate
from playfast.runs.ledger import Key, digest
from playfast.spiders.census import Census, Comparison, from_mark, mark
from playfast.spiders.from_list import FromList
from playfast.spiders.packed import HTTP_NOT_FOUND
from playfast.spiders.plan import Asked, Pack, Storefront, Via
from playfast.spiders.sitemaps import META, Sitemaps

_AHEAD = 64
_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class _Shards:
    """The names of shards, in the place of a list of ids."""

    generation: Generation
    numbers: range | list[int]
    name: str = "the indices of sitemaps"

    def lines(self) -> Iterator[str]:
        return map(self.generation.name, self.numbers)

    def count(self) -> int | None:
        return len(self.numbers)


class CatalogSpider(FromList):
    """The apps that the store lists: a row for each, and one record for every sitemap.

    With `sample`, random sitemaps are read, and at the end comes an estimate of the number of all apps. With `since`, the whole list is
    compared with an earlier one.
    """

    name = "catalog"
    item = CatalogApp
    source = "sitemaps"
    reads_feeds = False
    other_items = (CatalogShard, CatalogEstimate, CatalogChange, CatalogComparison)
    beside: ClassVar[Mapping[str, type[Any]]] = {
        "sweeps": CatalogShard,
        "estimates": CatalogEstimate,
        "changes": CatalogChange,
        "comparisons": CatalogComparison,
    }
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.percent(
            "sample",
            "Read so many percent of the sitemaps, drawn at random, and estimate how many apps there are; at least two sitemaps.",
        ),
        arguments.text("seed", "What the sample is drawn by: another one draws other sitemaps.", "0"),
        arguments.spans("shards", "Read these sitemaps alone, by number, from 0: `0-99,500`."),
        arguments.earlier_list(
            "since",
            "An earlier list of all apps (the feed of such a crawl, or ids, one a line): tell what is new since then, and what is gone.",
        ),
        arguments.beside(CatalogShard, "sweeps", "for each sitemap, how many apps are in it"),
        arguments.beside(CatalogEstimate, "estimates", "how many apps there are, with sample"),
        arguments.beside(CatalogChange, "changes", "apps that are new and gone, with since"),
        arguments.beside(CatalogComparison, "comparisons", "how many of them there are, with since"),
        replace(
            arguments.retry(Status),
            help="With a ledger: read sitemaps again that are done with one of these statuses (`error`).",
        ),
        replace(
            arguments.ledger(),
            help="Keep in this file (SQLite) which sitemaps are done, so that the same command goes on where a crawl was stopped or "
            "killed, as long as the store has the same generation of them.",
        ),
        arguments.whole_number("limit", "Read at most so many sitemaps.", "", least=1),
    )

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:
        problems = super().consider(asked)
        for name in ("sample", "shards", "limit"):
            if asked["since"] is not None and asked[name] is not None:
                problems.append(
                    f"since: a part of the list cannot be compared with the whole of another; leave out {name}="
                )
            elif name != "sample" and asked["sample"] is not None and asked[name] is not None:
                problems.append(f"sample: it is drawn from all sitemaps; leave out {name}=")
        for name, needs in (("estimates", "sample"), ("changes", "since"), ("comparisons", "since")):
            if asked[name] is not None and asked[needs] is None:
                problems.append(f"{name}: there is nothing to write without {needs}=")
        return problems

    @classmethod
    def check(cls, settings: BaseSettings, given: dict[str, Any]) -> dict[str, Any]:
        return super().check(settings, given) | {"batch": _AHEAD}

    def prepare(self) -> None:
        self.plan_for((), via=Via.PAGE)
        self.verification = None  # a sitemap is of no country's store
        self._sitemaps = Sitemaps(self)
        self._generation: Generation | None = None
        self._comparison = None if self.asked["since"] is None else Comparison(self.asked["since"])
        self._missing = 0
        self._looking_again = asyncio.Lock()
        self._ending: asyncio.Future[None] | None = None

    # What the extensions show.

    @property
    def due(self) -> int | None:
        return None if self._generation is None else self._due

    @property
    def storefronts(self) -> int:
        return 1

    @property
    def files(self) -> tuple[Path, ...]:
        since = getattr(self.asked["since"], "path", None)
        return (*super().files, *((since,) if since is not None else ()))

    def expected(self) -> int | None:
        return None  # the indices will say, at once

    # What is asked.

    async def start(self) -> AsyncIterator[Any]:
        """First what there is, then that, then what is made of it all."""
        try:
            async for item in self._all():
                yield item
        finally:
            if self._comparison is not None:
                self._comparison.earlier.close()

    async def _all(self) -> AsyncIterator[Any]:
        try:
            found = await self._sitemaps.found()
        except CrawlEndsError:
            return
        except RepublishedError as error:
            raise self._without(
                f"{error}: they are just being published; begin again in some minutes"
            ) from error
        except SitemapError as error:
            raise self._without(str(error)) from error
        await self._from_list(self._list, found)
        async for item in super().start():
            yield item
        closing = self._closing()
        while items := list(islice(closing, _AT_A_TIME)):
            self.count(items)
            self._unasked.see_off()
            for item in items:
                yield item
            await self._unasked.done()

    def _without(self, reason: str) -> CloseSpider:
        """The end of a crawl that has nothing to read."""
        self.logger.error("There is no catalog: %s", reason)
        self.crawler.stats.set_value("playfast/catalog/unreadable", reason)
        return CloseSpider("catalog_unreadable")

    def _list(self, found: Found) -> None:
        """Make the list of what is to be read. In a thread."""
        generation, stats = found.generation, self.crawler.stats
        stats.set_value("playfast/catalog/generation", generation.run)
        stats.set_value("playfast/catalog/sitemaps", generation.shards)
        if found.others:
            stats.set_value("playfast/catalog/other_files", found.others)
            self.logger.warning(
                "The indices name %d files that are no shards; they are not read.", found.others
            )
        self._census = Census(generation, keeps_counts=self.asked["sample"] is not None)
        self.asked[self.source] = _Shards(generation, self._numbers(generation))
        self._run = Storefront("", generation.run)
        self.list_for((self._run,))
        if self._comparison is not None:
            self._comparison.read()
        done = self._look_through(generation)
        listed = len(self.asked[self.source].numbers) - done
        limit = self.asked["limit"]
        self._due = (listed if limit is None else min(listed, limit)) + (self._comparison is not None)
        self._generation = generation

    def _numbers(self, generation: Generation) -> range | list[int]:
        asked, shards = self.asked, generation.shards
        if asked["sample"] is not None:
            return estimate.sample(shards, estimate.sample_size(shards, asked["sample"]), asked["seed"])
        if asked["shards"] is None:
            return range(shards)
        numbers = sorted({number for span in asked["shards"] for number in span if number < shards})
        if any(span[-1] >= shards for span in asked["shards"]):
            raise self._without(
                f"shards={self.given['shards']!r}: the store has {shards:,} sitemaps, with the numbers 0 to {shards - 1}"
            )
        return numbers

    def _look_through(self, generation: Generation) -> int:
        """Take in what earlier crawls with the ledger have read; returns how much of what is asked now is done."""
        if self.ledger is None:
            return 0
        again = self.asked_again(self.asked["retry"])
        others = {key.lang for key in self.ledger.left(again) if key.lang != generation.run}
        asked = (
            set(self.asked[self.source].lines())
            if not isinstance(self.asked[self.source].numbers, range)
            else None
        )
        done = 0
        for key, status, kept in self.ledger.kept():
            if key.lang != generation.run:
                others.add(key.lang)
            elif key.asked != GONE:
                if status == Status.AVAILABLE.value:
                    from_mark(self._census, self._comparison, key.asked, kept)
                done += status not in again and (asked is None or key.asked in asked)
        if others:
            raise CloseSpider(self._republished(generation, sorted(others)))
        return done

    def _republished(self, now: Generation, before: list[str]) -> str:
        """Say that what was begun cannot be completed, and what to do; returns the reason for the end."""
        told = (
            f"it has generation {now.run} now ({now.published_at:%Y-%m-%d %H:%M} UTC), and what was read so far is of {', '.join(before)}, "
            "which is not to be had any more; begin again with another ledger and other feeds"
        )
        self.logger.error("The store has published its sitemaps anew: %s.", told)
        self.crawler.stats.set_value("playfast/catalog/republished", told)
        return "republished"

    def entries_of(self, lines: Iterable[str]) -> Iterator[str]:
        return iter(lines)

    def problem(self, entry: str) -> str | None:  # noqa: ARG002 - the names are our own
        return None

    def page_address(self, asked: Asked) -> str:
        assert self._generation is not None
        return self.origin + self._generation.path(asked.what)

    def request(self, pack: Pack) -> Request:
        request = super().request(pack)
        request.meta.update(META)
        return request

    # What comes.

    async def parse_page(self, response: Response, pack: Pack) -> Iterable[Any]:  # type: ignore[override]
        """The apps of a shard; where it is not there any more, the whole list may be another."""
        if response.status == HTTP_NOT_FOUND and await self._is_replaced():
            return []  # a crawl that ends owes no record of what it did not get
        return super().parse_page(response, pack)

    def read_page(self, asked: Asked, response: Response, fetched_at: datetime) -> list[Any] | None:
        if response.status == HTTP_NOT_FOUND:
            raise SitemapError("HTTP status 404, though an index names it")
        found = sitemap.apps(response.body)
        if found.invalid:
            self.crawler.stats.inc_value("playfast/catalog/invalid_ids", len(found.invalid))
            self.logger.warning(
                "%s: %r is no package name; it gives no row.", asked.what, found.invalid[0][:100]
            )
        key = {"generation": self._run.lang, "shard": asked.what}
        ids = list(found.ids)
        new = [] if self._comparison is None else self._comparison.earlier.see(ids)
        rows: list[Any] = [CatalogApp(app_id=app_id, **key) for app_id in ids]
        rows += [CatalogChange(app_id=app_id, change="new", **key) for app_id in new]
        self._census.add(asked.what, len(ids), len(new))
        rows = self._to_write(asked.what, rows, mark(ids, len(new), ids=self._comparison is not None))
        record = CatalogShard(
            **key,
            status=Status.AVAILABLE.value,
            fetched_at=fetched_at,
            url=self.page_address(asked),
            bytes=len(response.body),
            addresses=found.addresses,
            apps=len(ids),
            invalid=len(found.invalid),
            repeated=found.repeated,
        )
        return [*rows, record]

    def _to_write(self, name: str, rows: list[Any], kept: str | None) -> list[Any]:
        """The rows that are not in the feeds yet; the ledger is told of these, and what to keep."""
        number = self.leased.get(Key(name, *_place(self._run)))
        if number is None or self.ledger is None:
            return rows
        here = self.ledger.rows(name).get(number)
        if here:
            before = len(rows)
            rows = [row for row in rows if digest(row.identity.row_of(row)) not in here]
            self.crawler.stats.inc_value("playfast/rows/written_before", before - len(rows))
        self.emitted[number] = self.emitted.get(number, 0) + len(rows)
        if kept is not None:
            self.marks[number] = kept
        return rows

    def unanswered(self, asked: Asked) -> list[Any]:
        return [
            CatalogShard(
                shard=asked.what,
                generation=self._run.lang,
                status=Status.ERROR.value,
                error=asked.reason,
                url=self.page_address(asked),
            )
        ]

    async def _is_replaced(self) -> bool:
        """Whether the store has another generation by now; then the crawl ends.

        It is looked up at the first shards that are missing, then ever more rarely.
        """
        async with self._looking_again:
            if self._ending is not None:
                return True
            self._missing += 1
            if self._missing & (self._missing - 1):
                return False
            assert self._generation is not None
            try:
                now = (await self._sitemaps.found()).generation
            except CrawlEndsError:
                return True
            except RepublishedError as error:
                self._end(self._republishing(error))
                return True
            except SitemapError as error:
                self.logger.warning("The indices could not be read again: %s", error)
                return False
            if now.run == self._generation.run:
                return False
            self._end(self._republished(now, [self._generation.run]))
            return True

    def _republishing(self, error: RepublishedError) -> str:
        told = f"{error}; begin again in some minutes, with another ledger and other feeds"
        self.logger.error("The store publishes its sitemaps anew: %s.", told)
        self.crawler.stats.set_value("playfast/catalog/republished", told)
        return "republished"

    def _end(self, reason: str) -> None:
        assert self.crawler.engine is not None
        self._ending = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    # What comes at the end.

    def _closing(self) -> Iterator[Any]:
        """What is made of all shards together."""
        if self.asked["sample"] is not None:
            yield from self._estimate()
        if self._comparison is not None:
            yield from self._compare(self._comparison)

    def _estimate(self) -> Iterator[Any]:
        found = self._census.estimated(list(self.asked[self.source].lines()), self.asked["seed"])
        if found is None:
            self.logger.warning("There is no estimate: %d sitemaps at least have to be read.", estimate.LEAST)
            return
        for name in ("apps", "margin", "low", "high", "read"):
            self.crawler.stats.set_value(f"playfast/catalog/estimate/{name}", getattr(found, name))
        self.logger.info(
            "The store lists about %s apps, give or take %s (95 %%), by %d of %d sitemaps.",
            f"{found.apps:,.0f}",
            f"{found.margin:,.0f}",
            found.read,
            found.shards,
        )
        yield found

    def _compare(self, comparison: Comparison) -> Iterator[Any]:
        if self.ledger is not None:
            leased = self.ledger.lease(
                [Key(GONE, *_place(self._run))], self.asked_again(self.asked["retry"])
            ).keys
            self.leased.update(leased)
            if not leased:
                return  # an earlier crawl has said it all
        if self._census.read == self._census.generation.shards:
            missing = comparison.missing()
            while chunk := list(islice(missing, _AT_A_TIME)):
                rows = [
                    CatalogChange(app_id=app_id, generation=self._run.lang, shard=GONE, change="gone")
                    for app_id in chunk
                ]
                yield from self._to_write(GONE, rows, None)
            self.crawler.stats.set_value("playfast/catalog/gone", comparison.gone)
        self.crawler.stats.set_value("playfast/catalog/new", self._census.new)
        yield comparison.ended(self._census)

    # What a spider of pages alone never does.

    def calls_of(self, asked: Asked, tag: str) -> Iterable[Call]:
        raise NotImplementedError

    def read(
        self, asked: Asked, tag: str, answers: Mapping[str, Answer], fetched_at: datetime
    ) -> list[Any] | None:
        raise NotImplementedError


def _place(storefront: Storefront) -> tuple[str, str]:
    return storefront.country, storefront.lang

"""What to ask for next, in which pack, and what to do with what got no answer. No Scrapy, no clock, no I/O.

Everything asked leaves the plan exactly once: answered, or given up with a reason. Between the two it climbs down a ladder:

1. in a pack with others; where its answer alone was missing or an error, in a later pack, up to `TRIES_PACKED` times;
2. a pack that failed as a whole is asked once more as it is, then in halves, down to single calls;
3. alone, once more;
4. through its page, up to `TRIES_PAGE` times, if it has one;
5. given up.

Where the RPC way fails altogether (the first packs, or many in a row), the plan goes over to pages for everything; what has no page is
given up.

An answer may bring more to ask (`follow`: the next page of a list), which goes before everything new, so that few lists are open at once.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

TRIES_PACKED = 3
TRIES_PACK = 2
TRIES_PAGE = 3
FIRST_FAILURES = 3
"""Packs that may fail before any has been answered, until the RPC way counts as closed."""
FAILURES_IN_A_ROW = 10


class Via(StrEnum):
    """The two ways to a record."""

    RPC = "rpc"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Storefront:
    """What a POST is bound to: one country and one language."""

    country: str
    lang: str


@dataclass(slots=True)
class Asked:
    """Something (an app's id, a developer) asked of one storefront, and how often it went unanswered.

    `step` is the asker's, for what follows on an answer; that is asked over RPC alone.
    """

    what: str
    storefront: Storefront
    missed: int = 0
    reason: str = ""
    step: Any = None


@dataclass(slots=True)
class Pack:
    """What travels together to one storefront: many in a POST, or one through its page."""

    via: Via
    storefront: Storefront
    asked: list[Asked]
    failed: int = 0
    reasked: bool = field(default=False)


class Plan:
    """The order of asking for a crawl.

    Args:
        storefronts: all that each id is asked of, unless it is added with others.
        batch: most of them in a POST.
        via: the way to begin with.
        eager: ask again for what got no answer as soon as nothing new is there, in packs that are not full.
        pages: whether what is asked can be read from a page as well.
        give_up: told each that got no answer any way, with the last reason.
        on_closed: told, with the reason, when the RPC way is given up.
    """

    def __init__(
        self,
        storefronts: Iterable[Storefront],
        *,
        batch: int,
        via: Via,
        eager: bool = False,
        pages: bool = True,
        give_up: Callable[[Asked], None],
        on_closed: Callable[[str], None],
    ) -> None:
        self.storefronts = tuple(storefronts)
        self.batch = batch
        self.via = via
        self._eager = eager
        self._pages = pages
        self._closed: str | None = None
        self._give_up = give_up
        self._on_closed = on_closed
        self._ids: deque[tuple[str, tuple[Storefront, ...]]] = deque()
        self._fresh: deque[Pack] = deque()
        self._again: deque[Pack] = deque()
        self._further: defaultdict[Storefront, deque[Asked]] = defaultdict(deque)
        self._missing: defaultdict[Storefront, list[Asked]] = defaultdict(list)
        self._ended = False
        self._held = False
        self._pack_answered = False
        self._failures_in_a_row = 0
        self.in_flight = 0

    # What goes in.

    def add(self, app_ids: Iterable[str], storefronts: tuple[Storefront, ...] | None = None) -> None:
        """Ids to ask for, of all storefronts or of these alone.

        Neighbours travel together only where they are asked of the same storefronts, so whoever adds single pairs sorts them.
        """
        of = self.storefronts if storefronts is None else storefronts
        self._ids.extend((app_id, of) for app_id in app_ids)

    def follow(self, asked: Asked) -> None:
        """Something that an answer has led to, to be asked of the same storefront; its `step` says what."""
        if self._closed is not None:
            asked.reason = self._closed
            self._give_up(asked)
        else:
            self._further[asked.storefront].append(asked)

    def end(self) -> None:
        """No more ids will be added."""
        self._ended = True

    def hold(self) -> None:
        """Ask for what was added and no more, in packs as full as that gives, until `go_on`."""
        self._held = True

    def go_on(self) -> None:
        self._held = False

    @property
    def ended(self) -> bool:
        """Whether all ids have been added."""
        return self._ended

    @property
    def hungry(self) -> bool:
        """Whether it could make fuller packs of more ids."""
        return not (self._ended or self._held) and len(self._ids) < self.batch

    @property
    def done(self) -> bool:
        """Whether every app has left the plan."""
        return self._ended and self.settled

    @property
    def settled(self) -> bool:
        """Whether every app that was added so far has left the plan."""
        return not (
            self._ids
            or self._fresh
            or self._again
            or self.in_flight
            or self._further
            or any(self._missing.values())
        )

    # What comes out.

    def next(self) -> Pack | None:
        """The next pack to send, or None when there is none now (more ids are due, or answers)."""
        pack = self._next()
        if pack is not None:
            self.in_flight += 1
        return pack

    def _next(self) -> Pack | None:
        # After a failure new ids go first: whether they fail too tells a closed way from an app that breaks its pack.
        fresh_first = self.via is Via.RPC and self._failures_in_a_row > 0
        if not self._again:
            self._gather()
        if not self._again and self._further:
            return self._go_further()
        # Where nothing can be asked any more, cutting gives up what is cut.
        while (fresh_first or not self._again) and not self._fresh and self._ids and not self.hungry:
            self._cut()
        for queue in (self._fresh, self._again) if fresh_first else (self._again, self._fresh):
            if queue:
                return queue.popleft()
        return None

    def _gather(self) -> None:
        """Packs of the apps whose answers were missing: full ones, and at the end what is left."""
        nothing_new = (self._ended or self._held) and not self._ids
        at_end = nothing_new and (self._eager or not self.in_flight)
        for storefront, missing in self._missing.items():
            while len(missing) >= self.batch or (missing and at_end):
                self._again.append(Pack(Via.RPC, storefront, missing[: self.batch], reasked=True))
                del missing[: self.batch]

    def _go_further(self) -> Pack:
        """What follows on earlier answers: as many of one storefront as are there."""
        storefront, waiting = next(iter(self._further.items()))
        taken = [waiting.popleft() for _ in range(min(self.batch, len(waiting)))]
        if not waiting:
            del self._further[storefront]
        return Pack(Via.RPC, storefront, taken)

    def _cut(self) -> None:
        """The next ids that are asked of the same storefronts, once for each of these."""
        storefronts = self._ids[0][1]
        taken: list[str] = []
        while self._ids and len(taken) < self.batch and self._ids[0][1] == storefronts:
            taken.append(self._ids.popleft()[0])
        for storefront in storefronts:
            asked = [Asked(what, storefront) for what in taken]
            if self.via is Via.RPC:
                self._fresh.append(Pack(Via.RPC, storefront, asked))
            else:
                for one in asked:
                    one.reason = self._closed or ""
                    self._by_page(one, self._fresh)

    # What becomes of it.

    def settle(self, pack: Pack, missed: Iterable[Asked]) -> None:
        """A pack's answer came, and these of its apps found none in it (their `reason` says why)."""
        self.in_flight -= 1
        if pack.via is Via.PAGE:
            for asked in missed:
                self._page_failed(pack, asked)
            return
        missed = list(missed)
        if len(missed) < len(pack.asked):
            self._pack_answered = True
            self._failures_in_a_row = 0
        else:
            self._count_failure(pack, missed[0].reason)
        for asked in missed:
            asked.missed += 1
            if self._closed is not None or asked.missed > TRIES_PACKED:
                self._by_page(asked, self._again)
            elif asked.missed == TRIES_PACKED:
                self._again.append(Pack(Via.RPC, asked.storefront, [asked], reasked=True))
            else:
                self._missing[asked.storefront].append(asked)

    def fail(self, pack: Pack, reason: str, *, unreachable: bool = False, refused: bool = False) -> None:
        """A pack got no answer at all.

        Args:
            pack: it may be asked again.
            reason: for the records of its apps, should they be given up.
            unreachable: there was no answer of any kind, which says nothing of its way.
            refused: the store said that it is asked too much, which says little of it.
        """
        self.in_flight -= 1
        for asked in pack.asked:
            asked.reason = reason
        if pack.via is Via.PAGE:
            for asked in pack.asked:
                self._page_failed(pack, asked)
            return
        if not (unreachable and self._pack_answered):
            self._count_failure(pack, reason, refused=refused)
        pack.failed += 1
        if self._closed is not None:
            for asked in pack.asked:
                self._by_page(asked, self._again)
        elif pack.failed < TRIES_PACK:
            pack.reasked = True
            self._again.append(pack)
        elif len(pack.asked) > 1:
            # The failure may hang on one app: each half is asked once, and halved again if it fails.
            middle = len(pack.asked) // 2
            for half in (pack.asked[:middle], pack.asked[middle:]):
                self._again.append(Pack(Via.RPC, pack.storefront, half, failed=TRIES_PACK - 1, reasked=True))
        else:
            self._by_page(pack.asked[0], self._again)

    def close_rpc(self, reason: str) -> None:
        """Give up the RPC way for the rest of the crawl: what waits for it goes through pages."""
        if self._closed is not None:
            return
        self.via, self._closed = Via.PAGE, reason
        waiting = [
            asked for kind in (self._missing, self._further) for group in kind.values() for asked in group
        ]
        for missing in self._missing.values():
            missing.clear()
        self._further.clear()
        for queue in (self._fresh, self._again):
            packs = list(queue)
            queue.clear()
            for pack in packs:
                if pack.via is Via.PAGE:
                    queue.append(pack)
                else:
                    for asked in pack.asked:
                        self._by_page(asked, queue)
        for asked in waiting:
            self._by_page(asked, self._again)
        self._on_closed(reason)

    def open_rpc(self) -> None:
        """Ask in packs again, since it is known now how; what waits for its page and was not asked for it yet is among them."""
        if self._closed is None:
            return
        self.via, self._closed = Via.RPC, None
        self._pack_answered, self._failures_in_a_row = False, 0
        for queue in (self._fresh, self._again):
            packs = list(queue)
            queue.clear()
            for pack in packs:
                if pack.failed:
                    queue.append(pack)
                    continue
                for asked in pack.asked:
                    asked.missed = 0
                    self._missing[asked.storefront].append(asked)

    def forbid(self, pack: Pack, reason: str) -> None:
        """A pack may not be asked at all: the RPC way is closed for all, a page for its app alone."""
        self.in_flight -= 1
        for asked in pack.asked:
            asked.reason = reason
        if pack.via is Via.RPC:
            self.close_rpc(reason)
            for asked in pack.asked:
                self._by_page(asked, self._again)
        else:
            for asked in pack.asked:
                self._give_up(asked)

    def _by_page(self, asked: Asked, queue: deque[Pack]) -> None:
        """Have something asked through its page; what has none is given up."""
        if self._pages and asked.step is None:
            queue.append(Pack(Via.PAGE, asked.storefront, [asked], reasked=asked.missed > 0))
        else:
            asked.reason = asked.reason or self._closed or "no answer"
            self._give_up(asked)

    def _page_failed(self, pack: Pack, asked: Asked) -> None:
        pack.failed += 1
        if pack.failed < TRIES_PAGE:
            pack.reasked = True
            self._again.append(pack)
        else:
            self._give_up(asked)

    def _count_failure(self, pack: Pack, reason: str, *, refused: bool = False) -> None:
        if pack.reasked and (self._fresh or self._ids or not self._ended):
            return  # it may hang on one of its apps; new ids will tell
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= (
            FAILURES_IN_A_ROW if self._pack_answered or refused else FIRST_FAILURES
        ):
            self.close_rpc(reason)

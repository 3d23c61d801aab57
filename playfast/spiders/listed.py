"""What a crawl is asked for, a chunk at a time: ids for all storefronts, or single keys of an earlier crawl's feed.

Both are used as a `with` block, by threads: a slow disk or pipe must not hold up the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, Protocol, Self

from playfast.errors import ArgumentError
from playfast.runs.ledger import Key, Ledger
from playfast.sources import feed
from playfast.sources.lines import Inline, Source
from playfast.sources.seen import Seen
from playfast.sources.unsettled import Choice, Unsettled
from playfast.spiders.plan import Storefront

Reader = Callable[[Iterable[str]], Iterator[str]]
"""What makes entries of lines."""


class Chunk(NamedTuple):
    """The next entries: how many were read, how many of them came before, and those to ask for, each with its storefronts.

    `done` counts records that an earlier crawl with the same ledger has made.
    """

    read: int
    duplicates: int
    fresh: list[tuple[str, tuple[Storefront, ...]]]
    done: int = 0


class Listed(Protocol):
    """What a crawl is asked for."""

    @property
    def storefronts(self) -> int:
        """How many pairs of country and language are asked; 0 while that is not known."""

    @property
    def keys(self) -> int | None:
        """How many entries there are, where that is known before the last one is read."""

    @property
    def looked_through(self) -> int | None:
        """Records of a feed that were looked through for the entries; None where there is no such feed."""

    def begin(self) -> None:
        """Do what has to be done before the first chunk; may take long.

        Raises:
            SourceError: the list cannot be read.
        """

    def next(self, most: int) -> Chunk:
        """The next entries; nothing is read at the end.

        Raises:
            SourceError: the list cannot be read.
        """

    def __enter__(self) -> Self: ...

    def __exit__(self, *about: object) -> None: ...


class Ids:
    """The distinct ids of a list, each for all storefronts."""

    keys = looked_through = None

    def __init__(self, source: Source, read: Reader, storefronts: tuple[Storefront, ...]) -> None:
        self._source = source
        self._read = read
        self._of = storefronts

    @property
    def storefronts(self) -> int:
        return len(self._of)

    def __enter__(self) -> Self:
        self._seen = Seen()
        return self

    def __exit__(self, *about: object) -> None:
        self._seen.close()

    def begin(self) -> None:
        self._entries = self._read(self._source.lines())

    def next(self, most: int) -> Chunk:
        chunk = list(islice(self._entries, most))
        fresh = self._seen.new(chunk)
        return Chunk(len(chunk), len(chunk) - len(fresh), [(entry, self._of) for entry in fresh])


class Undone:
    """The ids of a list, each for the storefronts in which a ledger does not have it as done.

    Args:
        again: statuses; what is done with one of them is asked again.
        leased: gets the ledger's numbers of the keys that are to be asked.
        country_free: the answers do not depend on the country, so neither do the keys.
        prefix: of the keys (`play.identity`).
    """

    keys = looked_through = None

    def __init__(
        self,
        source: Source,
        read: Reader,
        storefronts: tuple[Storefront, ...],
        ledger: Ledger,
        again: frozenset[str],
        leased: dict[Key, int],
        *,
        country_free: bool = False,
        prefix: str = "",
    ) -> None:
        self._source = source
        self._read = read
        self._of = storefronts
        self._prefix = prefix
        self._places = {
            ("" if country_free else storefront.country, storefront.lang): storefront
            for storefront in storefronts
        }
        self._ledger = ledger
        self._again = again
        self._leased = leased

    @property
    def storefronts(self) -> int:
        return len(self._of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        """The ledger is closed when all that was asked is settled."""

    def begin(self) -> None:
        self._entries = self._read(self._source.lines())

    def next(self, most: int) -> Chunk:
        chunk = list(islice(self._entries, most))
        of = self._of
        lease = self._ledger.lease(
            (Key(self._prefix + entry, *place) for entry in chunk for place in self._places),
            self._again,
        )
        self._leased.update(lease.keys)
        fresh: dict[str, list[Storefront]] = {}
        for asked, country, lang in lease.keys:
            fresh.setdefault(asked.removeprefix(self._prefix), []).append(self._places[country, lang])
        whole = len(of)
        return Chunk(
            len(chunk),
            lease.repeated // whole,
            # The same tuple for all that are asked everywhere, so that they travel together.
            [(entry, of if len(places) == whole else tuple(places)) for entry, places in fresh.items()],
            lease.done,
        )


class Again:
    """The keys of a feed that are to be asked again, each for the one storefront it failed in."""

    def __init__(self, source: Source, choice: Choice) -> None:
        self._source = source
        self._choice = choice
        self._known = False

    @property
    def storefronts(self) -> int:
        return self._unsettled.storefronts if self._known else 0

    @property
    def keys(self) -> int | None:
        return self._unsettled.keys if self._known else None

    @property
    def looked_through(self) -> int | None:
        return self._unsettled.looked_through if self._known else None

    def __enter__(self) -> Self:
        self._unsettled = Unsettled()
        return self

    def __exit__(self, *about: object) -> None:
        self._unsettled.close()

    def begin(self) -> None:
        self._unsettled.look_through(feed.read(self._source.lines(), self._source.name), self._choice)
        self._known = True

    def next(self, most: int) -> Chunk:
        chunk = self._unsettled.next(most)
        return Chunk(len(chunk), 0, [(app_id, (Storefront(*where),)) for app_id, *where in chunk])


def chosen(asked: Mapping[str, Any], given: Mapping[str, Any]) -> Choice | None:
    """What `retry=` chooses, from the arguments' values and those of them that were given; None if nothing is to be asked again.

    Raises:
        ArgumentError: there is neither a feed nor a ledger to choose from.
    """
    statuses: list[str] | None = asked["retry"]
    if statuses is None:
        return None
    if asked["ledger"] is not None:
        return Choice(frozenset(statuses))
    source: Source = asked["ids"]
    if isinstance(source, Inline):
        problem = (
            f"retry={','.join(statuses)}: ids={source.text[:60]!r} is a list of ids; due is the feed of an earlier crawl "
            "(a file, - or an http(s) URL, in JSON Lines, JSON or CSV)"
        )
        raise ArgumentError([problem])
    # A default is no choice here.
    countries, langs = (frozenset(asked[name]) if name in given else None for name in ("countries", "langs"))
    return Choice(frozenset(statuses), countries, langs)

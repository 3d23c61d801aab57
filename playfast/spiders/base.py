"""What all spiders share: checked arguments, the address of the store, the slot their requests go through."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.settings import BaseSettings

from playfast import storage
from playfast.arguments import Arguments
from playfast.errors import ArgumentError
from playfast.extensions import feed_options, run_folder
from playfast.play.convert import ORIGIN
from playfast.play.fields import key_names, sources
from playfast.runs import chromium, files, options, sqlite_ledger
from playfast.runs.ledger import Key, Ledger
from playfast.runs.mending import mend
from playfast.runs.pace import SLOT
from playfast.runs.proxies import missing
from playfast.runs.sqlite_ledger import SqliteLedger
from playfast.spiders import slot

_OF_FILES = ("since", "ledger", "screenshots")
"""Arguments that name files, beside the list."""


class PlaySpider(Spider):
    """A spider of Google Play.

    A subclass names its `item` class and declares its `arguments`; their values are in `asked` by the time it starts. Items of the
    classes `other_items` go only to feeds that name them in their option `item_classes`.
    """

    item: ClassVar[type[Any]]
    source: ClassVar[str] = "ids"
    """The argument that names the list of what is asked, in spiders that are given one."""
    other_items: ClassVar[tuple[type[Any], ...]] = ()
    beside: ClassVar[Mapping[str, type[Any]]] = {}
    """Arguments that name the file for a feed of one of these."""
    decisive: ClassVar[tuple[str, ...]] = ()
    """Arguments that decide which rows and records belong to what is asked, beside `fields`: with others, a ledger would call things done
    that were never asked for."""
    rows_are_due: ClassVar[bool] = False
    """Whether nearly everything that is available has rows, so that none at all of many is no accident."""
    arguments: ClassVar[Arguments]
    asked: dict[str, Any]
    given: dict[str, str]
    origin: str
    browser: bool = False
    """Whether the crawl may open pages in a browser."""
    pictures: Path | None = None
    """The folder for pictures of pages."""
    run_folder: Path | None = None
    """The folder of this run alone, with PLAYFAST_RUNS."""
    ledger: Ledger | None = None
    leased: dict[Key, int]
    """The numbers of the ledger's keys that are under way."""
    emitted: dict[int, int]
    """How many rows of these have left the spider."""
    marks: dict[int, str]
    """How far the asking of these has come, with the rows that have left."""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        if not slot.problems(settings):  # else `check` tells them
            slot.apply(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; ArgumentError tells everything that is wrong with how it was called."""
        asked = cls.check(crawler.settings, kwargs)
        # Without the arguments, which Scrapy would make attributes in the place of what the spider has under these names.
        spider = super().from_crawler(crawler, *args)
        spider.asked = asked
        spider.given = cls.arguments.as_text(kwargs)
        spider.origin = store_address(crawler.settings)
        spider.leased, spider.emitted, spider.marks = {}, {}, {}
        fields = asked.get("fields")
        if fields is not None:
            crawler.settings.set(
                "FEED_EXPORT_FIELDS",
                [name for name in sources(cls.item) if name in fields],
                priority="spider",
            )
        spider.find_browser(crawler.settings)
        if (ledger := asked.get("ledger")) is not None:
            spider.ledger = SqliteLedger(ledger)
            mend(spider.ledger.begin(spider.about(asked, spider.given)))
            spider.ledger.mended()
        for name, kind in cls.beside.items():
            if (path := asked.get(name)) is not None:
                _feed_beside(crawler.settings, path, kind, overwrite=asked.get("ledger") is None)
        spider.prepare()
        if (runs := options.read(crawler.settings).runs) is not None:
            spider.run_folder = run_folder.prepare(crawler.settings, spider.name, runs)
        return spider

    @classmethod
    def about(cls, asked: Mapping[str, Any], given: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a ledger is told of a crawl; `alike` names what crawls with the same one must have in common."""
        return {
            **(given or {}),
            "spider": cls.name,
            "fields": ",".join(asked.get("fields") or ["all"]),
            **{name: _as_told(asked.get(name)) for name in cls.decisive},
            "alike": ",".join(("spider", "fields", *cls.decisive)),
        }

    def find_browser(self, settings: BaseSettings) -> None:
        """Have the crawl use Chromium, if its arguments ask for that and there is one."""
        self.browser = False  # Scrapy has put the argument of that name here, as text
        pictures: Path | None = self.asked.get("screenshots")
        if self.asked.get("browser", "none") == "none" and pictures is None:
            return
        path = chromium.find()
        if path is None:
            self.logger.warning("browser: %s.", chromium.MISSING)
            return
        self.browser, self.pictures = True, pictures
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
        for name, value in chromium.settings(path, pictures=pictures is not None).items():
            settings.set(name, value, priority="cmdline")

    def prepare(self) -> None:
        """Make what the crawl needs of its arguments, before anything is asked; for subclasses."""

    @classmethod
    def consider(cls, asked: dict[str, Any]) -> list[str]:  # noqa: ARG003 - for subclasses
        """What is wrong with the arguments together, in sentences; may complete them by what follows from each other."""
        return []

    @classmethod
    def check(cls, settings: BaseSettings, given: dict[str, Any]) -> dict[str, Any]:
        """The arguments' values, or ArgumentError with all that is wrong with arguments and settings."""
        problems = slot.problems(settings)
        if settings["JOBDIR"]:
            problems.append(
                "JOBDIR is not supported: a crawl that goes on with it would silently miss apps, since what is to be asked is not in "
                "Scrapy's queue; -a ledger=FILE goes on where a crawl was stopped"
            )
        address = store_address(settings)
        if not _is_address(address):
            problems.append(f"PLAYFAST_URL={address!r}: an http(s) address is due, such as {ORIGIN}")
        agent = settings["USER_AGENT"]
        if agent and not str(agent).isprintable():
            problems.append(f"USER_AGENT={str(agent)!r}: it holds a line break or another control character")
        asked = {}
        try:
            asked = cls.arguments.check(given)
            problems += cls.consider(asked)
        except ArgumentError as error:
            problems += error.problems
        try:
            options.read(settings, sources(cls.item))
        except ArgumentError as error:
            problems += error.problems
        problems += options.apart(settings, ledger=asked.get("ledger") is not None)
        problems += _report_problems(settings, asked, cls.source)
        problems += _outside(settings, asked, (cls.source, *_OF_FILES, *cls.beside))
        if slot.proxies(settings) and (asked.get("browser", "none") != "none" or asked.get("screenshots")):
            problems.append(
                "PLAYFAST_PROXIES: the browser does not go through proxies; leave out browser= and screenshots=, or these"
            )
        if lacking := missing(slot.proxies(settings), asked.get("countries", ())):
            problems.append(
                f"PLAYFAST_PROXIES: there is no proxy for {', '.join(lacking)}, and none for all countries"
            )
        if (ledger := asked.get("ledger")) is not None:
            found = sqlite_ledger.problem(ledger, cls.about(asked))
            problems += [f"ledger={str(ledger)!r}: {found}"] if found else []
        database = options.option(settings, "PLAYFAST_DATABASE")
        if database and (found := storage.problem(str(database).strip(), write=True)):
            problems.append(f"PLAYFAST_DATABASE: {found}")
        if problems:
            raise ArgumentError(problems)
        return asked

    def to_play(self, url: str, **kwargs: Any) -> Request:
        """A request to Play: through Play's slot wherever the address leads, and never dropped as a duplicate."""
        meta = {"download_slot": SLOT, **kwargs.pop("meta", {})}
        return Request(url, dont_filter=True, meta=meta, **kwargs)

    @property
    def field_names(self) -> list[str]:
        """The fields asked for, the key first."""
        chosen = self.asked.get("fields")
        return list(sources(self.item)) if chosen is None else list(chosen)

    # What the extensions show and judge.

    @property
    def key_names(self) -> tuple[str, ...]:
        """The fields that say what was asked."""
        return key_names(self.item)

    @property
    def storefronts(self) -> int:
        """How many pairs of country and language are asked."""
        return len(self.asked.get("countries", " ")) * len(self.asked.get("langs", " "))

    @property
    def due(self) -> int | None:
        """How many records the crawl owes; None while that is not known."""
        return None

    @property
    def files(self) -> tuple[Path, ...]:
        """Files that the crawl reads, or writes beside its feeds."""
        chosen = options.read(self.settings)
        source = getattr(self.asked.get(self.source), "path", None)
        named = (source, self.asked.get("ledger"), chosen.report, chosen.against)
        return tuple(path for path in named if path is not None)

    def expected(self) -> int | None:
        """About how many records there will be, where that can be found out beforehand. May read files: for a thread."""
        return None

    @property
    def filled_names(self) -> list[str]:
        """The fields that this crawl's records may fill: coverage is counted over them."""
        return self.field_names


def _report_problems(settings: BaseSettings, asked: dict[str, Any], source: str) -> list[str]:
    """What is wrong with the place of the run report, given the list of what is asked."""
    report = options.option(settings, "PLAYFAST_REPORT")
    taken = {
        f"the list of {source}": getattr(asked.get(source), "path", None),
        "the ledger": asked.get("ledger"),
    }
    return [
        f"PLAYFAST_REPORT={str(report)!r}: {what} stands there"
        for what, path in taken.items()
        if report and path is not None and files.same(Path(str(report)), path)
    ]


def _as_told(value: Any) -> str:
    """The value of an argument as a ledger keeps it, however it was written."""
    if isinstance(value, list | tuple):
        return ",".join(sorted(map(str, value)))
    return "none" if value is None else str(int(value) if isinstance(value, bool) else value)


def _feed_beside(settings: BaseSettings, path: Path, kind: type[Any], *, overwrite: bool) -> None:
    """Add a feed for the items of one class; whoever goes on with a ledger goes on with the file."""
    options = feed_options.completed(str(path), {"item_classes": [kind], "overwrite": overwrite})
    feeds = {**settings.getdict("FEEDS"), str(path): options}
    # Just above the priority the setting has: Scrapy's runner applies its own settings a second time, at the same priorities.
    settings.set("FEEDS", feeds, priority=(settings.getpriority("FEEDS") or 0) + 1)


def _outside(settings: BaseSettings, asked: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Arguments that name a file outside the folder in which they may name some."""
    folder = options.option(settings, "PLAYFAST_FOLDER")
    if not folder:
        return []
    root = Path(str(folder)).resolve()
    paths = {name: getattr(asked.get(name), "path", asked.get(name)) for name in names}
    return [
        f"{name}={str(path)!r}: it is not in {root}, and PLAYFAST_FOLDER allows no other files"
        for name, path in paths.items()
        if isinstance(path, Path) and not path.resolve().is_relative_to(root)
    ]


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    # urlsplit leaves out line breaks, which would end up in the headers.
    return parts.scheme in ("http", "https") and bool(parts.hostname) and text.isprintable()


def store_address(settings: BaseSettings) -> str:
    """`PLAYFAST_URL` from the settings or the environment, without a slash at its end."""
    return str(settings["PLAYFAST_URL"] or os.environ.get("PLAYFAST_URL") or ORIGIN).rstrip("/")

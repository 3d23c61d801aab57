"""`scrapy changes`: what has changed, as a feed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import NotConfigured
from scrapy.extensions.postprocessing import PostProcessingManager
from scrapy.settings import Settings
from scrapy.utils.misc import load_object
from scrapy.utils.python import without_none_values

from playfast import arguments, storage
from playfast.arguments import Arguments
from playfast.errors import ArgumentError, DatabaseError
from playfast.extensions import feed_options
from playfast.items import App, Change, Developer, DeveloperChange
from playfast.runs import options
from playfast.runs.printable import printable
from playfast.storage.findings import Wanted
from playfast.storage.kinds import RECORDS

_MODULE = "playfast.settings"
_USAGE = 2
_NOT_WRITTEN = 1
_DUE = "a date or a moment (2026-11-01, 2026-11-01T06:00, in UTC unless it says otherwise) or `last`, the last crawl, is due"


class Command(ScrapyCommand):
    """Writes the changes that a database's crawls found.

    Exits with 0, with 1 if the feed cannot be written, and with 2 if something about the command is wrong, the database among it.
    """

    requires_project = False
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's attribute

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Write what crawls into a database found changed, as a feed"

    def long_desc(self) -> str:
        return (
            "Write the changes that crawls with PLAYFAST_DATABASE have found in records of apps, or of --item, one record for each value: "
            "when, which app and storefront, which field, the values before and after."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add = parser.add_argument
        add(
            "--since",
            default="last",
            metavar="DATE",
            help="found then or later; `last`: by the last crawl of such records (default)",
        )
        add(
            "--item",
            default="apps",
            metavar="NAME",
            help=f"of which records: {', '.join(RECORDS)} (default: apps)",
        )
        add(
            "--database",
            metavar="ADDRESS",
            help="default: PLAYFAST_DATABASE, a setting or environment variable",
        )
        add(
            "--fields",
            metavar="NAMES",
            help="of these fields alone, separated by commas (status, version, price)",
        )
        add("--countries", metavar="CODES", help="in these countries alone")
        add("--langs", metavar="CODES", help="in these languages alone")
        add(
            "-O",
            dest="replace",
            metavar="FILE",
            help="the feed: FILE or FILE:FORMAT, as in scrapy crawl (default: JSON Lines, to standard output)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        problems = [f"no argument is due: {args[0]!r}"] if args else []
        address = opts.database or options.option(self.settings or {}, "PLAYFAST_DATABASE")
        if not address:
            problems.append("which database? Give --database ADDRESS, or set PLAYFAST_DATABASE")
        elif found := storage.problem(str(address), write=False):
            problems.append(f"database: {found}")
        since = _moment(opts.since, problems)
        kind = RECORDS.get(opts.item)
        if kind is None:
            problems.append(f"--item {opts.item}: there are {', '.join(RECORDS)}")
            kind = App
        given = {
            name: getattr(opts, name) for name in ("fields", "countries", "langs") if getattr(opts, name)
        }
        chosen: dict[str, Any] = {}
        try:
            chosen = Arguments(arguments.fields(kind), arguments.countries(), arguments.langs()).check(given)
        except ArgumentError as error:
            problems += error.problems
        try:
            uri, feed = self._feed(opts.replace, DeveloperChange if kind is Developer else Change)
        except ArgumentError as error:
            problems += error.problems
        if problems:
            self._fail(problems, _USAGE)
            return
        narrowed = {name: chosen[name] for name in given if chosen[name] is not None}
        if "fields" in narrowed:  # the argument of spiders adds those of the key
            named = {name.strip().casefold() for name in given["fields"].split(",")}
            narrowed["fields"] = [name for name in narrowed["fields"] if name in named]
        try:
            with closing(storage.reading(str(address))) as history:
                last = None if since else history.runs(1, kind)[0].number
                wanted = Wanted(kind=kind, since=since, run=last, **narrowed)
                self._write(history.changes(wanted), uri, feed)
        except DatabaseError as error:
            self._fail([f"database: {error}"], _USAGE)
        except BrokenPipeError:
            # Whoever reads has enough, as in `... | head`; Python would complain when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            self._fail([f"{uri}: {error.strerror or error}"], _NOT_WRITTEN)

    def _feed(self, output: str | None, item: type[Any]) -> tuple[str, dict[str, Any]]:
        """Where the feed of such items goes, and its options."""
        self._item = item
        settings = Settings()
        settings.setmodule(_MODULE, priority="project")  # the formats of this project, in whatever folder
        self._exporters = without_none_values(settings.getwithbase("FEED_EXPORTERS"))
        formats = self._exporters.keys()
        feeds = feed_options.from_command_line([output or "-:jsonl"], formats, overwrite=True)
        if problems := feed_options.problems(feeds, formats, settings):
            raise ArgumentError(problems)
        ((uri, feed),) = feeds.items()
        if "://" in uri:
            raise ArgumentError([f"{uri}: a file is due, or - for standard output"])
        try:
            self._exporter(feed)
        except NotConfigured as error:
            raise ArgumentError([f"{uri}: {error}"]) from error
        return uri, feed

    def _exporter(self, feed: dict[str, Any]) -> Any:
        """A function that makes the exporter for a file."""
        kind = load_object(self._exporters[feed["format"]])

        def make(file: IO[bytes]) -> Any:
            exporter = kind(file, encoding="utf-8")
            if hasattr(exporter, "expect"):
                exporter.expect(self._item)
            return exporter

        make(open(os.devnull, "wb"))  # noqa: SIM115, PTH123 - it tells of a package that is missing
        return make

    def _write(self, found: Iterator[Any], uri: str, feed: dict[str, Any]) -> None:
        with _opened(uri) as target:
            file: Any = target
            if plugins := feed.get("postprocessing"):
                file = PostProcessingManager([load_object(plugin) for plugin in plugins], target, feed)
            exporter = self._exporter(feed)(file)
            exporter.start_exporting()
            for change in found:
                exporter.export_item(change)
            exporter.finish_exporting()
            if file is not target:
                file.close()

    def _fail(self, problems: list[str], code: int) -> None:
        for problem in problems:
            print(printable(f"scrapy changes: {problem}"), file=sys.stderr)
        self.exitcode = code


@contextmanager
def _opened(uri: str) -> Iterator[IO[bytes]]:
    """A file that takes the place of another when it is whole; or standard output."""
    if uri == "stdout:":
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    path = Path(uri)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
            if not file.closed:
                file.flush()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _moment(text: str, problems: list[str]) -> datetime | None:
    """The moment that a text names; None for the last crawl, or a mistake."""
    if text == "last":
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        problems.append(f"--since {text}: {_DUE}")
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)

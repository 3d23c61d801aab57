"""The options of feeds, from the settings and from the command line: what their names say, and what is wrong with them.

`apps.csv.gz` says both: the format is csv, and the file is compressed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.utils.python import without_none_values

from playfast import arguments
from playfast.arguments import Mistake
from playfast.errors import ArgumentError
from playfast.play.fields import sources
from playfast.play.verdict import Status

Feeds = dict[str, dict[str, Any]]

GZIP = "playfast.exporters.gzip.GzipPlugin"
ZSTD = "playfast.exporters.zstd.ZstdPlugin"
_COMPRESSORS = {"gz": GZIP, "zst": ZSTD}
_BATCH = re.compile(r"%\(batch_time\)s|%\(batch_id\)")


def completed(uri: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a feed with what its name says: the format, and the compressor; what they say themselves wins."""
    *rest, last = ["", *(suffix.lower().removeprefix(".") for suffix in Path(uri).suffixes[-2:])]
    compressor = _COMPRESSORS.get(last)
    made: dict[str, Any] = dict(options)
    if compressor is not None:
        made.setdefault("format", rest[-1])
        made.setdefault("postprocessing", [compressor])
    elif last:
        made.setdefault("format", last)
    if not made.get("postprocessing", True):
        del made["postprocessing"]  # Scrapy would close a file that is still to be stored
    return made


def of_settings(settings: BaseSettings) -> Feeds:
    """The feeds of the setting FEEDS, completed, by address.

    Raises:
        Mistake: if the setting is no dict of dicts.
    """
    try:
        feeds = settings.getdict("FEEDS")
        return {
            address: completed(address, options)
            for uri, options in feeds.items()
            for address in [str(uri.absolute()) if isinstance(uri, Path) else str(uri)]
        }
    except (TypeError, ValueError) as error:
        raise Mistake(f"FEEDS is no dict of addresses and their options, nor JSON of one: {error}") from error


def from_command_line(outputs: Iterable[str], formats: Collection[str], *, overwrite: bool) -> Feeds:
    """The feeds that -o or -O name: FILE, FILE:FORMAT or -:FORMAT."""
    feeds: Feeds = {}
    for output in outputs:
        uri, _, given = output.rpartition(":")
        named = bool(uri) and given in formats
        if not named:
            uri = output
        to_stdout = uri in ("-", "stdout:")
        options: dict[str, Any] = {"format": given} if named else {}
        if overwrite and not to_stdout:
            options["overwrite"] = True
        feeds["stdout:" if to_stdout else uri] = completed(uri, options)
    return feeds


def take(settings: BaseSettings, add: list[str] | None, replace: list[str] | None) -> None:
    """Set the setting FEEDS to what it says and what -o (`add`) and -O (`replace`) name beside it.

    Raises:
        ArgumentError: with all that is wrong with the feeds.
    """
    if add and replace:
        raise ArgumentError(["one of -o (add to a file) and -O (overwrite it) can be given, not both"])
    formats = without_none_values(settings.getwithbase("FEED_EXPORTERS")).keys()
    try:
        given = of_settings(settings)
    except Mistake as mistake:
        raise ArgumentError([str(mistake)]) from mistake
    feeds = {**from_command_line(add or replace or [], formats, overwrite=bool(replace)), **given}
    found = problems(feeds, formats, settings)
    if found:
        raise ArgumentError(found)
    if add or replace:
        settings.set("FEEDS", feeds, priority="cmdline")


def problems(feeds: Feeds, formats: Collection[str], settings: BaseSettings) -> list[str]:
    """What is wrong with completed feeds, in one sentence each."""
    found = []
    for uri, options in feeds.items():
        if unknown := _unknown_format(options.get("format"), formats):
            found.append(f"{uri}: {unknown}")
        batch = options.get("batch_item_count", settings.getint("FEED_EXPORT_BATCH_ITEM_COUNT"))
        if batch and not _BATCH.search(uri):
            found.append(
                f"{uri}: batches need a name of their own each: put %(batch_id)05d or %(batch_time)s into it"
            )
        if isinstance(options.get("fields"), str):
            found.append(
                f"{uri}: fields={options['fields']!r}: a list of names is due, or a dict of names and columns"
            )
        try:
            only(options)
        except Mistake as mistake:
            found.append(f"{uri}: only={options['only']!r}: {mistake}")
    return found


def only(options: Mapping[str, Any]) -> frozenset[str] | None:
    """The statuses that a feed's own option `only` lets through; None for all.

    Raises:
        Mistake: if it names others.
    """
    chosen = options.get("only", "all")
    text = (
        chosen
        if isinstance(chosen, str)
        else ",".join(map(str, chosen))
        if isinstance(chosen, Iterable)
        else ""
    )
    statuses = arguments.only(Status).read(text)
    return None if statuses is None else frozenset(statuses)


def unknown_fields(options: Mapping[str, Any], item: type[Any]) -> list[str]:
    """Names among a feed's own `fields` that a declared item class does not have, each with the nearest that it has."""
    known = sources(item)
    found = []
    for name in options.get("fields") or ():
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            found.append(f"{name!r}" + (f" (did you mean {near[0]}?)" if near else ""))
    return found


def _unknown_format(given: str | None, formats: Collection[str]) -> str | None:
    if given in formats:
        return None
    there = f"there are: {', '.join(sorted(formats))}"
    if not given:
        return f"its name does not say which format it has; name it, as in -O FILE:csv; {there}"
    near = difflib.get_close_matches(given, formats, n=1)
    return f"there is no format {given!r}; {f'did you mean {near[0]}? ' if near else ''}{there}"

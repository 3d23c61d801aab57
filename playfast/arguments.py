"""Spider arguments: declared once with type, default and help; checked before the first request, all mistakes at once."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playfast.errors import ArgumentError, SourceError
from playfast.play.categories import AGES, CATEGORIES, COLLECTIONS, RETIRED
from playfast.play.fields import key_names, sources
from playfast.play.places import CLOSED, COUNTRIES, LANGUAGES, REVIEW_LANGUAGES
from playfast.sources.lines import Inline, locate, locate_names

REQUIRED = object()
_MOST_ENDINGS = 1_000
_OF_SCRAPYD = "_job"
_LONGEST_SPAN = 1_000_000
_USED_INSTEAD = {"uk": "gb", "en": "us", "ja": "jp", "ko": "kr", "zh": "cn"}
"""Country codes people type that mean another one."""


class Mistake(ValueError):  # noqa: N818 - one sentence about a value, not an error of its own
    """A value that an argument does not take; the text says what is valid."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One spider argument.

    `read` turns the text given after `-a name=` into the value, or raises `Mistake`; `default` is such a text, or REQUIRED.
    """

    name: str
    kind: str
    help: str
    read: Callable[[str], Any]
    default: Any = REQUIRED


class Arguments:
    """The arguments of one spider."""

    def __init__(self, *declared: Argument) -> None:
        self.declared = {argument.name: argument for argument in declared}

    def check(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values of all arguments.

        `_job` is left alone, which Scrapyd passes. Scrapy makes an attribute of the spider of every argument, so no other name may pass.

        Raises:
            ArgumentError: with one sentence for each mistake.
        """
        problems = [
            self._unknown(name) for name in given if name not in self.declared and name != _OF_SCRAPYD
        ]
        values = {}
        for argument in self.declared.values():
            text = given.get(argument.name, argument.default)
            if text is REQUIRED:
                problems.append(f"{argument.name} is missing: {argument.help}")
                continue
            try:
                values[argument.name] = argument.read(_as_text(text))
            except Mistake as mistake:
                problems.append(f"{argument.name}={_shown(text)}: {mistake}")
        if problems:
            raise ArgumentError(problems)
        return values

    def as_text(self, given: Mapping[str, Any]) -> dict[str, str]:
        """All arguments as text: as given, or else their defaults."""
        return {
            name: _as_text(given.get(name, argument.default))
            for name, argument in self.declared.items()
            if name in given or argument.default is not REQUIRED
        }

    def _all(self) -> str:
        return f"are: {', '.join(self.declared)}" if self.declared else "is none"

    def _unknown(self, name: str) -> str:
        near = difflib.get_close_matches(name, self.declared, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there {self._all()}"
        return f"unknown argument {name}: {hint}"


def _as_text(value: Any) -> str:
    """Arguments from Python may be lists and numbers; from the command line they are text."""
    if isinstance(value, str):
        return value
    return ",".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


def _shown(value: Any) -> str:
    text = _as_text(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")  # noqa: PLR2004 - what fits a line


def _split(text: str) -> list[str]:
    """The distinct entries of a comma-separated list, in order."""
    entries = list(dict.fromkeys(entry.strip() for entry in text.split(",") if entry.strip()))
    if not entries:
        raise Mistake("an empty list")
    return entries


def _one_of(
    entries: Iterable[str], valid: Mapping[str, str], what: str, hints: Mapping[str, str]
) -> list[str]:
    """Each entry as the valid value it stands for; all that stand for none are named, with the nearest that does."""
    found, problems = [], []
    for entry in entries:
        folded = entry.casefold()
        if folded in valid:
            found.append(valid[folded])
            continue
        near = hints.get(folded) or next(
            iter(difflib.get_close_matches(folded, valid, n=1, cutoff=0.5)), None
        )
        problems.append(
            f"{entry!r} is no {what}" + (f", did you mean {valid.get(near, near)}?" if near else "")
        )
    if problems:
        raise Mistake("; ".join(problems))
    return list(dict.fromkeys(found))


def _source(text: str) -> Any:
    try:
        return locate(text)
    except SourceError as error:
        raise Mistake(str(error)) from error


def _names(text: str) -> Any:
    try:
        return locate_names(text)
    except SourceError as error:
        raise Mistake(str(error)) from error


def _countries(text: str) -> list[str]:
    names = {name.casefold(): code for code, name in COUNTRIES.items()}
    return _one_of(
        _split(text),
        {code: code for code in COUNTRIES},
        "country code (ISO 3166-1, two letters)",
        {**names, **_USED_INSTEAD},
    )


def _langs(text: str) -> list[str]:
    entries = [entry.replace("_", "-") for entry in _split(text)]
    return _one_of(entries, {code.casefold(): code for code in LANGUAGES}, "language of Play", {})


def ids() -> Argument:
    return Argument(
        "ids",
        "file, -, list or URL",
        "Apps to ask for: a file with one id or Play address a line (or a CSV file), - for standard input, ids separated by commas, or the "
        "http(s) URL of such a file.",
        _source,
    )


def developers() -> Argument:
    return Argument(
        "developers",
        "file, -, names or URL",
        "Developers to ask for, by number or by name: a file with one of them (or the address of a page) a line, - for standard input, "
        "names separated by semicolons, or the http(s) URL of such a file.",
        _names,
    )


def queries() -> Argument:
    return Argument(
        "queries",
        "file, -, queries or URL",
        "What to search for: a file with one query (or the address of a search) a line, - for standard input, queries separated by "
        "semicolons, or the http(s) URL of such a file.",
        _names,
    )


def terms() -> Argument:
    return Argument(
        "terms",
        "file, -, terms or URL",
        "Beginnings of searches to ask suggestions for: a file with one a line, - for standard input, terms separated by semicolons, or "
        "the http(s) URL of such a file.",
        _names,
    )


def expand() -> Argument:
    """Characters that are put behind each term."""

    def read(text: str) -> tuple[str, ...]:
        blank = " " if text[:1] in (" ", "_") else ""
        endings: dict[str, None] = {}
        parts = [part for part in map(str.strip, text.removeprefix("_").split(",")) if part]
        if text.strip() and not parts:
            raise Mistake("nothing to put behind a term; due is what to put there, such as _a-z")
        for part in parts:
            if part.startswith("_"):
                raise Mistake(f"{part!r}: the _ stands before the first of them, and counts for all")
            first, dash, last = part.partition("-")
            if dash and not (
                len(first) == len(last) == 1 and first <= last and ord(last) - ord(first) < _MOST_ENDINGS
            ):
                raise Mistake(f"{part!r} is no range of characters such as a-z")
            endings.update(
                dict.fromkeys(map(chr, range(ord(first), ord(last) + 1))) if dash else {part: None}
            )
        return tuple(blank + ending for ending in endings)

    return Argument(
        "expand",
        "characters",
        "Ask for each term with each of these behind it too, separated by commas: ranges (`a-z,0-9`) and texts. With `_` before them "
        "(`_a-z`) they are a word of their own.",
        read,
        "",
    )


def categories(default: str = "all") -> Argument:
    """Categories, as a list that can be crawled."""
    valid = {code.casefold(): code for code in CATEGORIES}

    def read(text: str) -> Inline:
        chosen = list(CATEGORIES) if text.strip() == "all" else _one_of(_split(text), valid, "category", {})
        return Inline(",".join(chosen), "the categories")

    return Argument(
        "categories",
        "categories",
        f"Categories, separated by commas, or `all`: the {len(CATEGORIES)} that are known (`scrapy crawl categories` tells which of them a "
        "country has).",
        read,
        default,
    )


def collections() -> Argument:
    """Charts by name."""
    valid = {name: name for name in COLLECTIONS}

    def read(text: str) -> list[str]:
        if text.strip() == "all":
            return list(COLLECTIONS)
        asked = _split(text)
        if gone := [name for name in asked if name.casefold() in RETIRED]:
            raise Mistake(
                f"{', '.join(gone)}: Play gives nothing under this name any more; there are: {', '.join(valid)}"
            )
        return _one_of(asked, valid, f"chart; there are: {', '.join(valid)}", {})

    return Argument(
        "collections",
        "charts",
        f"Charts to ask for, separated by commas, or `all`: {', '.join(valid)}.",
        read,
        "all",
    )


def age() -> Argument:
    """Whose children a chart is for."""
    return choice(
        "age",
        ("all", *AGES),
        "Charts of apps for children of an age, for the categories of `FAMILY`. Unverified: a public measurement saw no effect in 2026.",
        "all",
    )


def countries() -> Argument:
    return Argument(
        "countries", "country codes", "Storefronts to ask, separated by commas.", _countries, "us"
    )


def all_countries() -> Argument:
    """Storefronts of a matrix: every country unless some are named."""

    def read(text: str) -> list[str]:
        return (
            [code for code in COUNTRIES if code not in CLOSED] if text.strip() == "all" else _countries(text)
        )

    return Argument(
        "countries",
        "country codes",
        f"Countries to ask, separated by commas, or `all`: those of ISO 3166-1 without {', '.join(sorted(CLOSED))}, which have no store.",
        read,
        "all",
    )


def one_country(help: str) -> Argument:  # noqa: A002 - the word for it
    """One storefront."""

    def read(text: str) -> list[str]:
        found = _countries(text)
        if len(found) > 1:
            raise Mistake("one country is due")
        return found

    return Argument("countries", "country code", help, read, "us")


def one_lang(
    help: str = "Language to ask in; the answer does not depend on it.",  # noqa: A002 - the word for it
    *,
    matters: bool = False,
) -> Argument:
    """The one language to ask in; whether it `matters` is said to who gives more."""

    def read(text: str) -> list[str]:
        found = _langs(text)
        if len(found) > 1:
            raise Mistake(
                "one language is due" + ("" if matters else ", since the answer does not depend on it")
            )
        return found

    return Argument("langs", "language code", help, read, "en")


def review_langs() -> Argument:
    """Languages whose reviews are asked for."""

    def read(text: str) -> list[str]:
        if text.strip() == "all":
            return list(REVIEW_LANGUAGES)
        codes = {code.casefold(): code for code in (*LANGUAGES, *REVIEW_LANGUAGES)}
        return _one_of([entry.replace("_", "-") for entry in _split(text)], codes, "language of Play", {})

    return Argument(
        "langs",
        "language codes",
        f"Languages whose reviews are asked for, separated by commas, or `all`: the {len(REVIEW_LANGUAGES)} that have some of their own.",
        read,
        "en",
    )


def langs() -> Argument:
    return Argument("langs", "language codes", "Languages to ask in, separated by commas.", _langs, "en")


def fields(item: type[Any], default: str = "all") -> Argument:
    """The fields of an item class that are asked for and exported, beside the key fields."""
    names = {name.casefold(): name for name in sources(item)}

    def read(text: str) -> list[str] | None:
        if text == "all":
            return None
        chosen = _one_of(_split(text), names, f"field of {item.__name__}", {})
        return [*key_names(item), *(name for name in chosen if name not in key_names(item))]

    return Argument(
        "fields",
        "field names",
        "Fields to ask for and export beside the key, separated by commas, or `all`.",
        read,
        default,
    )


def only(statuses: Iterable[str]) -> Argument:
    """The statuses of the records that go to the feeds; a feed's own option `only` is read the same way."""
    valid = {str(status): str(status) for status in statuses}

    def read(text: str) -> list[str] | None:
        if text == "all":
            return None
        return _one_of(_split(text), valid, f"status; there are: {', '.join(valid)}", {})

    return Argument(
        "only",
        "statuses",
        "Statuses of the records that are written to feeds, separated by commas (`available,preregister`); the others are only counted.",
        read,
        "all",
    )


def retry(statuses: Iterable[str]) -> Argument:
    """The statuses of an earlier crawl's records that are asked again."""
    valid = {str(status): str(status) for status in statuses}

    def read(text: str) -> list[str] | None:
        if text == "none":
            return None
        return _one_of(_split(text), valid, f"status; there are: {', '.join(valid)}", {})

    return Argument(
        "retry",
        "statuses",
        "Take `ids` for the feed of an earlier crawl (JSON Lines, JSON or CSV), and ask again for each app in the countries and "
        "languages in which its last record there has one of these statuses, separated by commas (`error`). `countries` and `langs`, if "
        "given, narrow that down; `limit` counts such records. With a ledger, it tells the statuses, and `ids` is the list as ever.",
        read,
        "none",
    )


def ledger() -> Argument:
    """The file in which the crawl keeps what is done."""
    return Argument(
        "ledger",
        "file",
        "Keep in this file (SQLite) what is done, so that the same command goes on where a crawl was stopped or killed: each app is "
        "asked once, however often that happens. With `retry`, what is done with these statuses is asked again.",
        lambda text: Path(text) if text else None,
        "",
    )


def limit() -> Argument:
    """How many entries of the list are asked for."""
    return whole_number("limit", "Ask for at most this many entries of the list.", "", least=1)


def via(ways: Iterable[str]) -> Argument:
    """The way to a record."""
    return choice("via", ways, "Ask in packs over RPC, or page by page (some 40 times the bytes).", "rpc")


def batch(help: str, default: str) -> Argument:  # noqa: A002 - the word for it
    """How many travel together."""
    return whole_number("batch", help, default, least=1, most=1000)


def beside(item: type[Any], name: str, what: str) -> Argument:
    """The feed of items that a crawl gives beside its main ones."""
    return Argument(
        name,
        "file",
        f"Write to this file a feed of its own with the `{item.__name__}` items: {what}. Its ending says the format, as with `-O`.",
        lambda text: Path(text) if text else None,
        "",
    )


def more() -> Argument:
    """How far lists are followed."""
    return choice(
        "more",
        ("tokens", "none"),
        "Go on with lists by the tokens that Play gives, which nobody has confirmed for all lists; `none` takes the first parts alone.",
        "tokens",
    )


def of_lists(closing: type[Any], app: type[Any]) -> tuple[Argument, ...]:
    """What the spiders of lists have in common: how much of them is taken, and whether to ask for the apps in them."""
    return (
        whole_number("most", "At most so many apps of each list.", "", least=1),
        flag(
            "details",
            "Ask for the whole record of each app in the lists too, once. They go to the same feeds as the rows, unless `apps` names one, "
            "which it has to with `fields`.",
        ),
        beside(app, "apps", "the whole records, with details=1"),
        beside(closing, "sweeps", "for each thing asked, how many apps came and why its lists ended"),
    )


def browser() -> Argument:
    """Whether a browser may be used."""
    return choice(
        "browser",
        ("none", "auto"),
        "Open in Chromium what the plain way does not get: the page on cookies that a header does not answer, a page without data.",
        "none",
    )


def screenshots() -> Argument:
    """The folder for pictures of the apps' pages."""
    return Argument(
        "screenshots",
        "folder",
        "Store a picture of each app's page there (ID_COUNTRY_LANGUAGE.png). Every page is opened in Chromium, and the record read from "
        "it.",
        lambda text: _folder(text) if text else None,
        "",
    )


def _folder(text: str) -> Path:
    path = Path(text)
    try:
        if "\0" in text:
            raise Mistake("a path has no null characters")
        if path.exists() and not path.is_dir():
            raise Mistake("this is no folder")
    except (OSError, ValueError) as error:
        raise Mistake(getattr(error, "strerror", None) or str(error)) from error
    return path


def choice(name: str, options: Iterable[str], help: str, default: str) -> Argument:  # noqa: A002 - the word for it
    valid = {option: option for option in options}

    def read(text: str) -> str:
        entries = _one_of([text.strip()], valid, f"choice; there are: {', '.join(valid)}", {})
        return entries[0]

    return Argument(name, " or ".join(valid), help, read, default)


def flag(name: str, help: str) -> Argument:  # noqa: A002 - the word for it
    """A yes or no, which is no by default."""
    words = {"0": False, "1": True, "no": False, "yes": True, "false": False, "true": True}

    def read(text: str) -> bool:
        if text.strip().casefold() not in words:
            raise Mistake("0 or 1 is due")
        return words[text.strip().casefold()]

    return Argument(name, "0 or 1", help, read, "0")


def since() -> Argument:
    """The moment up to which reviews are wanted."""

    def read(text: str) -> datetime | str | None:
        text = text.strip()
        if text in ("", "last"):
            return text or None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise Mistake("a date is due (2026-07-31, or with a time: 2026-07-31T12:00), or `last`") from None
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)

    return Argument(
        "since",
        "date or last",
        "Stop at reviews written before this moment (UTC unless it says otherwise), or with `last` at those that the ledger knows from the "
        "crawl before.",
        read,
        "",
    )


def whole_number(name: str, help: str, default: str, *, least: int, most: int = sys.maxsize) -> Argument:  # noqa: A002 - as above
    span = f"{least} or more" if most == sys.maxsize else f"{least} to {most}"

    def read(text: str) -> int | None:
        if text == default == "":
            return None
        try:
            value = int(text)
        except ValueError:
            raise Mistake(f"a whole number is due, {span}") from None
        if not least <= value <= most:
            raise Mistake(f"a whole number is due, {span}")
        return value

    return Argument(name, "whole number", help, read, default)


def text(name: str, help: str, default: str) -> Argument:  # noqa: A002 - as above
    """Any text but an empty one."""

    def read(given: str) -> str:
        if not given.strip():
            raise Mistake("a text is due")
        return given.strip()

    return Argument(name, "text", help, read, default)


def percent(name: str, help: str) -> Argument:  # noqa: A002 - as above
    """A share, more than nothing; none by default."""

    def read(given: str) -> float | None:
        if not given:
            return None
        try:
            value = float(given.strip().removesuffix("%"))
        except ValueError:
            raise Mistake("a number of percent is due, such as 0.1") from None
        if not 0 < value <= 100:  # noqa: PLR2004 - percent
            raise Mistake("a number of percent is due, more than 0 and at most 100")
        return value

    return Argument(name, "percent", help, read, "")


def spans(name: str, help: str) -> Argument:  # noqa: A002 - as above
    """Whole numbers and spans of them; none by default."""

    def read(given: str) -> list[range] | None:
        if not given:
            return None
        found, problems = [], []
        for entry in _split(given):
            first, dash, last = entry.partition("-")
            if not (
                first.isascii() and first.isdecimal() and (not dash or (last.isascii() and last.isdecimal()))
            ):
                problems.append(f"{entry!r} is neither a number nor a span such as 0-99")
                continue
            span = range(int(first), int(last or first) + 1)
            if not span:
                problems.append(f"{entry!r} ends before it begins")
            elif len(span) > _LONGEST_SPAN or span[-1] > _LONGEST_SPAN:
                problems.append(f"{entry!r} goes beyond {_LONGEST_SPAN:,}")
            found.append(span)
        if problems:
            raise Mistake("; ".join(problems))
        return found

    return Argument(name, "numbers", help, read, "")


def earlier_list(name: str, help: str) -> Argument:  # noqa: A002 - as above
    """A list that an earlier crawl has made; none by default."""
    return Argument(name, "file, - or URL", help, lambda given: _source(given) if given else None, "")

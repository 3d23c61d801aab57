"""What is to be recorded: a page by its address, or a call, by our name for its kind or by the id of its RPC."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from playfast import arguments
from playfast.arguments import Argument, Arguments, Mistake
from playfast.errors import ArgumentError
from playfast.items import App
from playfast.play import calls, templates
from playfast.play.envelope import Call
from playfast.play.fields import Extractor

TAG = "recorded"
_RPC = re.compile(r"(?=.*[A-Z0-9])[A-Za-z0-9]{5,8}", re.ASCII)
"""No such id on record is of small letters alone, as our own names are."""
_WORD = re.compile(r"[^A-Za-z0-9.]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Question:
    """A page (`path`) or a call, of a storefront; `name` is what the files are called."""

    name: str
    country: str | None
    lang: str | None
    path: str | None = None
    call: Call | None = None


def _given(text: str) -> str:
    if not text.strip():
        raise Mistake("a text is due")
    return text


def _json(text: str) -> str:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Mistake(f"it is no JSON: {error}") from error
    return text


def _number(name: str, default: str | None, most: int = 4_000) -> Argument:
    def read(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise Mistake(f"a number from 1 to {most:,} is due")
        return int(text)

    return Argument(name, "number", "", read, default) if default else Argument(name, "number", "", read)


def _text(name: str, default: str | None = None) -> Argument:
    help_ = f"{name}=... is due"
    return (
        Argument(name, "text", help_, _given, default) if default else Argument(name, "text", help_, _given)
    )


_ROWS = _number("rows", "20")
_STOREFRONT = (
    replace(arguments.one_country(""), name="country"),
    replace(arguments.one_lang("", matters=True), name="lang"),
)
_KINDS: Mapping[str, tuple[tuple[Argument, ...], Callable[[dict[str, Any]], Call]]] = {
    templates.DETAILS: (
        (_text("app"), arguments.fields(App)),
        lambda given: calls.details(
            given["app"], Extractor(App, given["fields"], always=calls.ALWAYS_ASKED).mask, TAG
        ),
    ),
    templates.PROFILE: ((_text("developer"),), lambda given: calls.profile(given["developer"], TAG)),
    templates.REVIEWS: (
        (_text("app"), _ROWS, _number("sort", "2", 3)),
        lambda given: calls.reviews(given["app"], TAG, rows=given["rows"], sort=given["sort"]),
    ),
    templates.RELATED: ((_text("app"), _ROWS), lambda given: calls.related(given["app"], TAG, given["rows"])),
    "developer": (
        (_text("developer"), _ROWS),
        lambda given: calls.developer(given["developer"], TAG, given["rows"]),
    ),
    templates.ABOVE: ((_text("developer"),), lambda given: calls.above(given["developer"], TAG)),
    templates.MORE: ((_text("token"), _ROWS), lambda given: calls.more(given["token"], TAG, given["rows"])),
    templates.SEARCH: ((_text("query"),), lambda given: calls.search(given["query"], calls.CARD, TAG)),
    templates.OLDER_SEARCH: ((_text("query"),), lambda given: calls.older_search(given["query"], TAG)),
    templates.SUGGESTIONS: ((_text("term"),), lambda given: calls.suggestions(given["term"], TAG)),
    templates.CHART: (
        (_text("collection", "topselling_free"), _text("category", "APPLICATION"), _ROWS),
        lambda given: calls.chart(
            given["collection"], given["category"], given["rows"], calls.CARD_OF_CHART, TAG
        ),
    ),
    templates.HOME: (
        (_text("category", "APPLICATION"),),
        lambda given: calls.home(given["category"], calls.CARD, TAG),
    ),
    templates.STOREFRONT: ((), lambda _: calls.storefront(TAG)),
}
"""Our names for the kinds of calls, what each needs, and how it is made."""


def read(words: Sequence[str], origin: str) -> Question:
    """What the words of a command ask for.

    Args:
        words: an address; or a kind or an RPC's id, then what it needs.
        origin: of the store.

    Raises:
        ArgumentError: with everything that is wrong with them.
    """
    first, *others = words
    if "/" in first:
        return _page(first, others, origin)
    given, problems = _pairs(others)
    if first in _KINDS:
        declared, make = _KINDS[first]
    elif _RPC.fullmatch(first):
        declared, make = (
            (Argument("request", "JSON", "request=... is due", _json),),
            lambda asked: Call(first, asked["request"], TAG),
        )
    else:
        near = difflib.get_close_matches(first, _KINDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(_KINDS)}"
        raise ArgumentError([f"{first[:60]!r} is no address, no kind of call and no id of an RPC; {hint}"])
    asked: dict[str, Any] = {}
    try:
        asked = Arguments(*declared, *_STOREFRONT).check(given)
    except ArgumentError as error:
        problems += error.problems
    if problems:
        raise ArgumentError(problems)
    (country,), (lang,) = asked.pop("country"), asked.pop("lang")
    unnamed = ("request", "token", "fields", "country", "lang")
    values = [value for name, value in given.items() if name not in unnamed]
    return Question(_named(first, *values, lang, country), country, lang, call=make(asked))


def _page(address: str, others: Sequence[str], origin: str) -> Question:
    problems = [f"{other[:60]!r}: nothing is due behind an address; it says everything" for other in others]
    given, of = urlsplit(address), urlsplit(origin)
    if address.startswith("/"):
        given = urlsplit(f"{origin}{address}")
    if (given.scheme, given.netloc) != (of.scheme, of.netloc):
        problems.append(
            f"{address[:100]!r}: an address of the store is due, which is at {origin} (PLAYFAST_URL)"
        )
    query = {name: values[0] for name, values in parse_qs(given.query).items()}
    country, lang = query.get("gl"), query.get("hl")
    try:
        Arguments(*_STOREFRONT).check({k: v for k, v in (("country", country), ("lang", lang)) if v})
    except ArgumentError as error:
        problems += error.problems
    if problems:
        raise ArgumentError(problems)
    path = given.path + (f"?{given.query}" if given.query else "")
    kept = [value for name, value in query.items() if name not in ("gl", "hl")]
    return Question(
        _named(given.path.removeprefix("/store/"), *kept, lang or "", country or "") or "page",
        country,
        lang,
        path,
    )


def _pairs(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    given: dict[str, str] = {}
    problems = []
    for word in words:
        name, equals, value = word.partition("=")
        if word[:1] in "[{" and "request" not in given:
            given["request"] = word
        elif not equals:
            problems.append(f"{word[:60]!r}: name=value is due")
        elif name in given:
            problems.append(f"{name}: it is given twice")
        else:
            given[name] = value
    return given, problems


def _named(*parts: str) -> str:
    """A name for files, of what was asked."""
    return "_".join(word for part in parts if (word := _WORD.sub("-", part).strip("-.")))[:_LONGEST_NAME]

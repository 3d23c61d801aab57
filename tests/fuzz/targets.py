"""Every function of `playfast/play` that something from outside reaches, and the errors that it may raise."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any, NamedTuple

import deflate
import orjson

from playfast import play
from playfast.errors import EnvelopeError, PageError, SitemapError, UnreadableError
from playfast.items import App, DataSafety, Listing, Permissions, Review
from playfast.play import (
    asked,
    calls,
    cards,
    convert,
    envelope,
    generation,
    json_text,
    lists,
    markup,
    money,
    page,
    page_only,
    parts,
    record,
    reviews,
    sitemap,
    storefronts,
    suggestions,
    trouble,
    verdict,
    zipped,
)
from playfast.play.fields import Extractor, Rows, rules
from tests.fuzz import changes
from tests.fuzz.seeds import Seeds

_EXTRACT = Extractor(App)
_GIVEN = {"app_id": "com.example.one", "country": "us", "lang": "en", "status": "available"}
_ONE, _TWO = 1, 2
_KNOWN = {"app": "com.example.one", "developer": "1", "query": "one", "category": "GAME"}
_LABEL, _MAY = Extractor(DataSafety), Extractor(Permissions)
_REVIEW, _CARD, _OLDER = Rows(Review), Rows(Listing), Rows(Listing, None, cards.PLACES_OF_MORE)
_CARD_GIVEN = {"asked": "a.b", "list": "similar", "rank": 1, "app_id": "c.d", "country": "us", "lang": "en"}


class Target(NamedTuple):
    """`make` makes its input, of which `run` is handed one; `may_raise` is what its docstring names."""

    make: Callable[[Seeds, Random], Any]
    run: Callable[[Any], Any]
    may_raise: tuple[type[Exception], ...] = ()


def _body(seeds: Seeds, chance: Random) -> bytes:
    return changes.of_bytes(chance.choice(seeds.bodies), chance)


def _value(seeds: Seeds, chance: Random) -> Any:
    return changes.of_value(chance.choice(seeds.values), chance)


def _node(seeds: Seeds, chance: Random) -> Any:
    """Some part of a record, changed: what single converters are handed."""
    node = chance.choice(seeds.values)
    while isinstance(node, list | dict) and node and chance.random() < 0.85:
        node = chance.choice(list(node.values()) if isinstance(node, dict) else node)
    return changes.of_value(node, chance)


def _text(seeds: Seeds, chance: Random) -> str:
    return changes.of_text(chance.choice(seeds.texts), chance)


def _ours(seeds: Seeds, chance: Random) -> str:
    """A text that is sent, and came through our own hands: any, but without halves of characters."""
    return _text(seeds, chance).encode("utf-8", "replace").decode()


def _zipped(seeds: Seeds, chance: Random) -> bytes:
    packed: bytes = deflate.gzip_compress(chance.choice(seeds.bodies)[: chance.randrange(1, 100_000)], 1)
    return changes.of_bytes(packed, chance)


def _two(make: Callable[[Seeds, Random], Any]) -> Callable[[Seeds, Random], tuple[Any, Any]]:
    return lambda seeds, chance: (make(seeds, chance), make(seeds, chance))


def _path(seeds: Seeds, chance: Random) -> tuple[Any, tuple[int, ...]]:
    return _value(seeds, chance), tuple(
        chance.choice((0, 1, 2, 57, 200)) for _ in range(chance.randrange(1, 6))
    )


def _record_of(body: bytes) -> Any:
    told = page.Page(body)
    return _EXTRACT(page.details(told), _GIVEN, lambda *_: None, page_only.extras(told))


def _checked(value: Any) -> None:
    made = _EXTRACT(value, _GIVEN, lambda *_: None)
    for name, rule in rules(App).items():
        if (value := getattr(made, name)) is not None:
            rule.holds(value)


_SITEMAPS = (
    b"<urlset><url><loc>https://play.google.com/store/apps/details?id=com.example.one&amp;hl=de</loc></url></urlset>",
    (
        b"<sitemapindex><sitemap><loc>https://play.google.com/sitemaps/play_sitemaps_2026-08-23_1787500934-00000-of-00001.xml.gz</loc>"
        b"</sitemap></sitemapindex>"
    ),
    b"User-agent: *\nSitemap: https://play.google.com/sitemaps/sitemaps-index-0.xml\n",
)


def _sitemap(_: Seeds, chance: Random) -> bytes:
    """A small sitemap, index or robots.txt; changed, packed and changed again, or both."""
    body = chance.choice(_SITEMAPS) * chance.choice((1, 1, 30))
    if chance.random() < 0.8:
        body = changes.of_bytes(body, chance)
    if chance.random() < 0.5:
        body = deflate.gzip_compress(body, 1)
        if chance.random() < 0.5:
            body = changes.of_bytes(body, chance)
    return body


def _spread(run: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda two: run(*two)


def _reviewed(value: Any) -> None:
    for row in reviews.page(value).rows:
        _REVIEW(row, {"app_id": "a.b", "lang": "en", "review_id": "r"}, lambda *_: None)


def _listed(value: Any) -> None:
    for section in lists.sections(value):
        for card in section.cards:
            _CARD(card, _CARD_GIVEN, lambda *_: None)


def _gone_on(value: Any) -> None:
    _rows_of(lists.more(value))


def _rows_of(part: lists.More) -> None:
    for card in part.cards:
        (_OLDER if part.older else _CARD)(card, _CARD_GIVEN, lambda *_: None)


def _found(value: Any) -> None:
    listed = lists.results(value, "search")
    for card in (*listed.above, *listed.cards):
        _CARD(card, _CARD_GIVEN, lambda *_: None)


_CONVERTERS = (
    *(
        "text",
        "unescaped",
        "plain",
        "integer",
        "flag",
        "number",
        "micros",
        "moment",
        "precise_moment",
        "address",
        "id_in_url",
    ),
    *("size", "items"),
)
_PARTS = ("stated_permissions", "data_types", "criteria", "availability", "there", "score", "score_text", "histogram", "scores_by_device", "free", "tags", "rank", "image_urls", "image_sizes",
          "version_varies", "permissions", "data_safety")  # fmt: skip
_PARTS_OF_TWO = (
    *(
        "in_app_price_min",
        "in_app_price_max",
        "developer_numeric_id",
        "categories",
        "min_sdk",
        "min_android",
        "target_sdk",
    ),
)

TARGETS: dict[str, Target] = {
    "json_text.decoded": Target(_body, json_text.decoded, (orjson.JSONDecodeError,)),
    "json_text.decoded, text": Target(_text, json_text.decoded, (orjson.JSONDecodeError,)),
    "envelope.unpack": Target(_body, envelope.unpack, (EnvelopeError,)),
    "envelope.Answer": Target(
        _text, lambda text: envelope.Answer(text, None, None).decoded(), (EnvelopeError,)
    ),
    "envelope.pack": Target(
        _two(_ours), lambda two: envelope.pack([calls.details(two[0], [_ONE, _TWO], two[1])])
    ),
    "envelope.address": Target(
        _two(_ours), lambda two: envelope.address("http://h", [two[0]], two[1], two[0])
    ),
    "calls.details": Target(_ours, lambda text: calls.details(text, [_ONE], text)),
    **{
        f"calls.{name}": Target(_ours, lambda text, call=call: call(text, text))
        for name, call in {
            "reviews": partial(calls.reviews, rows=_ONE, sort=_TWO, token="t"),
            "related": partial(calls.related, rows=_ONE),
            "developer": partial(calls.developer, rows=_ONE),
            "above": calls.above,
            "profile": calls.profile,
            "more": partial(calls.more, rows=_ONE),
            "search": lambda query, tag: calls.search(query, [_ONE], tag),
            "older_search": calls.older_search,
            "more_of_search": calls.more_of_search,
            "suggestions": calls.suggestions,
            "chart": lambda name, tag: calls.chart(name, name, _ONE, [_TWO], tag),
            "home": lambda category, tag: calls.home(category, [_ONE], tag),
        }.items()
    },
    "calls.storefront": Target(_ours, calls.storefront),
    "asked.read": Target(_body, lambda body: asked.renewed(asked.read(page.Page(body).requests, _KNOWN))),
    "asked.fields": Target(_body, lambda body: asked.fields(page.Page(body).requests, "com.example.one")),
    "asked.others": Target(_body, lambda body: asked.others("Ws7gDc", page.Page(body).requests)),
    "asked.unified": Target(_two(_value), lambda two: asked.unified(*two)),
    "asked.in_words": Target(_two(_value), lambda two: asked.in_words(*two)),
    "asked.known": Target(_text, asked.known),
    "calls.is_number": Target(_text, calls.is_number),
    "reviews.page": Target(_value, _reviewed, (UnreadableError,)),
    "reviews.id_of": Target(_node, reviews.id_of),
    "lists.sections": Target(_value, _listed, (UnreadableError,)),
    "lists.more": Target(_value, _gone_on, (UnreadableError,)),
    "lists.above": Target(_value, lambda value: cards.id_of(lists.above(value))),
    "lists.chart": Target(
        _value, lambda value: lists.chart(value, "topselling_free_GAME"), (UnreadableError,)
    ),
    "lists.results": Target(_value, _found, (UnreadableError,)),
    "lists.older": Target(_value, lambda value: _rows_of(lists.older(value)), (UnreadableError,)),
    "suggestions.read": Target(_value, suggestions.read, (UnreadableError,)),
    "cards.id_of": Target(_node, cards.id_of),
    "cards.bare": Target(_node, cards.bare),
    "cards.is_older": Target(_node, cards.is_older),
    "cards.of_record": Target(
        _value, lambda value: _CARD(cards.of_record("c.d", value), _CARD_GIVEN, lambda *_: None)
    ),
    "storefronts.country": Target(_node, lambda node: storefronts.country(node, "en")),
    "fields.Extractor, label": Target(_value, lambda value: _LABEL(value, _GIVEN, lambda *_: None)),
    "fields.Extractor, permissions": Target(_value, lambda value: _MAY(value, _GIVEN, lambda *_: None)),
    "page.Page": Target(_body, lambda body: (page.Page(body).is_whole, page.Page(body).country)),
    "page.details": Target(_body, lambda body: page.details(page.Page(body)), (PageError,)),
    "page_only.extras": Target(_body, lambda body: page_only.extras(page.Page(body)), (PageError,)),
    "markup.described": Target(_body, lambda body: markup.described(page.Page(body))),
    "markup.same": Target(_two(_node), lambda two: markup.same(*two)),
    "trouble.of_answer": Target(
        _body,
        lambda body: (
            [
                trouble.of_answer(status, body, rpc=rpc, location=body[:50].decode("latin-1"), host="h")
                for status in (200, 302, 429)
                for rpc in (True, False)
            ]
            + [trouble.of_answer(200, body, rpc=False, sitemap=True)]
        ),
    ),
    "sitemap.apps": Target(_sitemap, sitemap.apps, (SitemapError,)),
    "sitemap.apps, pages": Target(_body, sitemap.apps, (SitemapError,)),
    "sitemap.files": Target(_sitemap, lambda body: list(sitemap.files(body)), (SitemapError,)),
    "sitemap.named_by_robots": Target(
        _sitemap, lambda body: sitemap.named_by_robots(body.decode("utf-8", "replace"))
    ),
    "generation.whole": Target(
        _sitemap, lambda body: generation.whole(body.decode("latin-1").split("loc")), (SitemapError,)
    ),
    "generation.path_of": Target(_text, lambda text: generation.path_of(text, "h"), (SitemapError,)),
    "generation.number_of": Target(_text, generation.number_of, (ValueError,)),
    "verdict.of_record": Target(_value, lambda value: verdict.of_record(value, "com.example.one")),
    "fields.Extractor": Target(_value, _checked),
    "fields.Extractor, page": Target(_body, _record_of, (PageError,)),
    "record.find": Target(_path, lambda both: record.find(*both)),
    "record.at": Target(_path, lambda both: record.at(*both), (UnreadableError,)),
    "record.child": Target(
        _value, lambda value: record.child(value, _TWO) if isinstance(value, list) else None
    ),
    "record.extent": Target(_value, lambda value: record.extent(value) if isinstance(value, list) else None),
    "money.amount": Target(_two(_text), lambda two: money.amount(*two), (ValueError,)),
    "money.price_range": Target(_two(_text), lambda two: money.price_range(*two)),
    "zipped.size_of": Target(_zipped, zipped.size_of),
    "zipped.unpacked": Target(_zipped, lambda body: zipped.unpacked(body, 200_000)),
    **{f"convert.{name}": Target(_node, getattr(convert, name), (UnreadableError,)) for name in _CONVERTERS},
    **{f"parts.{name}": Target(_node, getattr(parts, name), (UnreadableError,)) for name in _PARTS},
    **{
        f"parts.{name}": Target(_two(_node), _spread(getattr(parts, name)), (UnreadableError,))
        for name in _PARTS_OF_TWO
    },
}

DECLARATIONS = {
    "annotation": "reads annotations of fields",
    "arrow": "tables of items that are made already",
    "across": "rules across fields are declared",
    "fields": "fields are declared; `Extractor` and `Rows` are within targets",
    "identity": "reads attributes of items",
    "reviews.ReviewPage": "made by the target `reviews.page`",
    "lists.Section": "made by the target `lists.sections`", "lists.More": "made by the target `lists.more`",
    "storefronts.missing": "looks for a library",
    "generation.Generation": "made by the target `generation.whole`", "generation.Found": "the same",
    "sitemap.Apps": "made by the target `sitemap.apps`",
    "nested": "values that the targets make",
    "reader": "compiles declarations; what it makes runs within `Extractor`",
    "rules": "rules are declared; they run within the target `fields.Extractor`",
    "shared": "wraps functions that are targets",
    "whole_text": "texts of items, tested with every exporter",
    "templates": "ours, or a file's, tested by themselves",
    "asked.is_deeper": "within `asked.read`", "asked.placeholder": "within `asked.unified`", "asked.renewed": "within `asked.read`",
    "asked.parts": "within `asked.read`", "asked.differences": "within `asked.read`",
    "written": "writes functions from declarations",
    "cards.mask": "reads declarations",
    "categories.has_ages": "reads an argument",
    "envelope.Call": "a value that is sent",
    "trouble.Trouble": "words", "verdict.Status": "words",
}  # fmt: skip
"""What no answer reaches: whole modules, or single names, each with the reason."""


def public() -> set[str]:
    """The public functions and classes of `playfast/play`, as module.name."""
    found = set()
    for info in pkgutil.iter_modules(play.__path__):
        module = importlib.import_module(f"playfast.play.{info.name}")
        found |= {
            f"{info.name}.{name}"
            for name, value in vars(module).items()
            if not name.startswith("_")
            and (inspect.isfunction(value) or inspect.isclass(value))
            and value.__module__ == module.__name__
        }
    return found

"""What only an app's page carries: the storefront that answered, locales, ratings by phones, live events, stories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from playfast.errors import UnreadableError
from playfast.play.calls import DETAILS
from playfast.play.convert import address, integer, number, plain
from playfast.play.nested import Event, Story
from playfast.play.page import Page
from playfast.play.parts import histogram
from playfast.play.record import find

T = TypeVar("T")

STOREFRONT = "jRco8"
LINKS = "CLXjtf"
EVENTS = "ZittHe"
STORIES = "yowZ5"


def extras(page: Page) -> dict[str, Any]:
    """What only a page carries, by the name of the item's field; None where this page does not say."""
    store = page.block(STOREFRONT, lambda block: isinstance(find(block, (1,)), str)) if page.routes else None
    links = page.block(LINKS, lambda block: isinstance(find(block, (0, 3)), list))
    events = page.block(EVENTS) if page.routes else None
    stories = page.block(STORIES) if page.routes else None
    return {
        **_phone(page),
        "served_country": page.country,
        "served_country_name": _text(store, (1,)),
        "served_language": _text(store, (2,)),
        "tax_note": _text(store, (5,)),
        "canonical_url": _address(links, (0, 1)),
        "locales": tuple(
            code for entry in _list(links, (0, 3)) if (code := _text(entry, (0,))) and code != "x-default"
        )
        or None,
        "events": _cards(
            events, Event, {"title": (2, 1), "when": (6,), "image": (4, 3, 2), "url": (7, 4, 2)}
        ),
        "stories": _cards(
            stories,
            Story,
            {"title": (2, 1), "subtitle": (3, 1), "label": (6,), "image": (4, 3, 2), "url": (7, 4, 2)},
        ),
    }


def _phone(page: Page) -> dict[str, Any]:
    """The block that was asked for ratings alone, restricted to phones."""
    if not page.routes:
        return {}
    data = page.block(
        DETAILS,
        lambda block: find(block, (1, 2, 0, 0)) is None and isinstance(find(block, (1, 2, 51, 2, 1)), int),
    )
    rated = find(data, (1, 2, 51))
    return {
        "phone_score": _read(number, rated, (0, 1)) or None,
        "phone_ratings": _read(integer, rated, (2, 1)),
        "phone_reviews": _read(integer, rated, (3, 1)),
        "phone_histogram": _read(histogram, rated, (1,)),
    }


def _cards(block: Any, shape: Callable[..., T], parts: dict[str, tuple[int, ...]]) -> tuple[T, ...] | None:
    """The cards of a stream of sections, as ZittHe and yowZ5 answer it."""
    found = []
    for section in _list(block, (1, 1)):
        for card in _list(section, (52, 0)):
            read = {
                name: _address(card, path) if name == "url" else _shown(card, path)
                for name, path in parts.items()
            }
            if read["title"]:
                found.append(shape(**read))
    return tuple(found) or None


def _text(message: Any, path: tuple[int, ...]) -> str | None:
    value = find(message, path)
    return value if isinstance(value, str) and value else None


def _shown(message: Any, path: tuple[int, ...]) -> str | None:
    """A text that may carry tags and entities."""
    value = _text(message, path)
    return plain(value) if value else None


def _address(message: Any, path: tuple[int, ...]) -> str | None:
    value = _text(message, path)
    return address(value) if value else None


def _read(convert: Callable[[Any], Any], message: Any, path: tuple[int, ...]) -> Any:
    value = find(message, path)
    try:
        return None if value is None else convert(value)
    except UnreadableError:
        return None


def _list(message: Any, path: tuple[int, ...]) -> list[Any]:
    value = find(message, path)
    return value if isinstance(value, list) else []

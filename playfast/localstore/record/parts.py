"""Shapes that occur in many fields: links, images, HTML texts."""

from __future__ import annotations

from typing import Any

from playfast.localstore.media import Image


def link(url: str) -> list[Any]:
    """A link within the store."""
    return [None, None, None, None, [None, None, url]]


def outside(url: str) -> list[Any]:
    """A link to another place."""
    return [None, None, None, None, None, [None, None, url]]


def html(text: str) -> list[Any]:
    """A text with markup."""
    return [None, text]


def picture(url: str, size: list[int] | None = None) -> list[Any]:
    """An image of the store's own, without a colour."""
    return [None, 2, size, [None, None, url]]


def image(found: Image) -> list[Any]:
    """An image of an app, with its main colour where one is told."""
    node = [None, 2, [found.height, found.width], [None, None, found.url]]
    if found.colour:
        node += [None, [*found.colour, 255]]
    return node


def two_tone(light: str, dark: str) -> list[Any]:
    """A small drawing for light and for dark screens."""
    return [None, 2, None, [None, None, light], None, None, None, None, None, None, [None, None, dark]]


def anchor(url: str, words: str) -> str:
    """A link in HTML."""
    return f'<a href="{url}">{words}</a>'


def icon(found: Image) -> list[Any]:
    """The icon of an app, which has a tail that other images have not."""
    if found.colour is None:
        return [*image(found), None, None, None, None, None, 1]
    return [*image(found), None, None, None, 2]


def instant(moment: tuple[int, int]) -> list[int]:
    """A moment: seconds and nanoseconds."""
    return [moment[0], moment[1]]

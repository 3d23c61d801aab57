"""What is asked of both: apps of every variety, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from playfast.localstore.identifiers import ids
from playfast.localstore.varieties import VARIETIES


class Storefront(NamedTuple):
    """A country's store in a language."""

    country: str
    lang: str


HOME = Storefront("us", "en")
"""Where the store looks whom nobody tells a country; both peers ask there unless told otherwise."""
ABROAD = (
    Storefront("de", "de"),
    Storefront("jp", "ja"),
    Storefront("eg", "ar"),
    Storefront("br", "pt-BR"),
    Storefront("kr", "ko"),
    Storefront("in", "hi"),
)
_PLACED = tuple(VARIETIES)
_DRAWN = tuple(ids(60))
_NOT_EVERYWHERE = (
    "shop.variety.hidden",
    "shop.variety.locked",
    "shop.variety.locked2",
    "org.vufapu.fajesaneva",  # found at home, in some countries not
)
APPS: Mapping[Storefront, tuple[str, ...]] = {
    HOME: tuple(dict.fromkeys(_PLACED + _DRAWN + _NOT_EVERYWHERE)),
    **{
        place: tuple(
            dict.fromkeys(_PLACED[number :: len(ABROAD)] + _DRAWN[number :: len(ABROAD)] + _NOT_EVERYWHERE)
        )
        for number, place in enumerate(ABROAD)
    },
}
"""The hand-placed apps, one for each variety of answer, and others of the catalogue; abroad, each in one country, and those everywhere
that not every country has."""

"""What npm's scraper is known to get wrong in lists of apps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tests.peers.fields import FOUND, Case, Wrong
from tests.peers.page import NAMED, NO_BLOCK, NO_LISTS, NUMBERED
from tests.peers.wrong.saying import says

_FIRST_CARDS = {True: 10, False: 20}
"""How many stand on the page of a developer that was asked by number, and by name."""
_AMOUNT = re.compile(r"[0-9.,]+")
_UNDERSTOOD = re.compile(r"\d+(?:\.\d*)?|\.\d+")


def _price(text: str | None) -> float:
    """The number that JavaScript reads from the beginning of the first figures in a text."""
    found = _AMOUNT.search(text or "")
    understood = found and _UNDERSTOOD.match(found[0])
    return float(understood[0]) if understood else 0


def _first_of_developer(case: Case) -> Sequence[Any]:
    ids: Sequence[Any] = case.facts["ids"]
    return ids[: _FIRST_CARDS[case.facts["number"]]]


DEVELOPER = (
    Wrong(
        peer="npm",
        method="developer",
        fields=("ids",),
        why="a developer's list does not go on: it looks for the rest where lists of similar apps have it",
        file="lib/utils/processPages.js",
        source="apps: [0, 0, 0],",
        when=lambda case, _: len(_first_of_developer(case)) < len(case.facts["ids"]),
        says=lambda case, _: _first_of_developer(case),
    ),
)
SIMILAR = (
    Wrong(
        peer="npm",
        method="similar",
        fields=(FOUND,),
        why="a page whose block of lists has failed makes it fail",
        file="lib/similar.js",
        source="if (clusters.length === 0) {",
        when=lambda case, _: case.facts["there"] and case.facts["first"] == NO_BLOCK,
        says=says("Cannot read properties of undefined (reading 'length')"),
    ),
    Wrong(
        peer="npm",
        method="similar",
        fields=(FOUND,),
        why="an app without lists makes it fail",
        file="lib/similar.js",
        source="if (clusters.length === 0) {",
        when=lambda case, _: case.facts["first"] == NO_LISTS,
        says=says("Cannot read properties of null (reading 'length')"),
    ),
    Wrong(
        peer="npm",
        method="similar",
        fields=(FOUND,),
        why="it takes the first list, whatever it is; with the page of a developer by name it can do nothing",
        file="lib/similar.js",
        source="clusters;\n  });",
        when=lambda case, _: case.facts["first"] == NAMED,
        says=says("Cannot read properties of undefined (reading 'fantasy-land/map')"),
    ),
    Wrong(
        peer="npm",
        method="similar",
        fields=("ids",),
        why="it takes the first list, whatever it is: the first apps of a developer by number for similar ones",
        file="lib/similar.js",
        source="clusters;\n  });",
        when=lambda case, _: case.facts["first"] == NUMBERED,
        says=lambda case, _: case.facts["developer's"][: _FIRST_CARDS[True]],
    ),
    Wrong(
        peer="npm",
        method="similar",
        fields=("price",),
        why="where a list goes on, a price is read from its text, of which it understands no decimal mark but a point",
        file="lib/utils/appList.js",
        source="fun: (price) => price === undefined ? 0 : parseFloat(price.match(/([0-9.,]+)/)[0])",
        when=lambda case, _: case.facts["further"],
        says=lambda case, _: _price(case.ours["price_text"]),
    ),
)

"""What npm's scraper is known to get wrong in lists of apps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.peers.fields import FOUND, Case, Field, Wrong
from tests.peers.page import NAMED, NO_BLOCK, NO_LISTS, NUMBERED
from tests.peers.wrong.saying import says

_AMOUNT = re.compile(r"[0-9.,]+")
_UNDERSTOOD = re.compile(r"\d+(?:\.\d*)?|\.\d+")


def _price(text: str | None) -> float:
    """The number that JavaScript reads from the beginning of the first figures in a text."""
    found = _AMOUNT.search(text or "")
    understood = found and _UNDERSTOOD.match(found[0])
    return float(understood[0]) if understood else 0


def _below(page: Mapping[str, Any]) -> list[str]:
    """Ids of the apps in a developer's list, whoever stands above it."""
    return [app_id for app_id in page["ids"] if app_id != page["above"]]


def _read(page: Mapping[str, Any]) -> list[str]:
    """Those of them that the peer reads."""
    return _below(page)[: page["first"]]


def _none_below(case: Case, _field: Field) -> bool:
    """Whether it is sent to a developer's list without apps."""
    page = case.facts.get("developer", case.facts)
    return page is not None and bool(page["ids"]) and not _below(page)


DEVELOPER = (
    Wrong(
        peer="npm",
        method="developer",
        fields=(FOUND,),
        why="the app that stands above a developer's list is left out, be it the only one",
        file="lib/developer.js",
        source="apps: ['ds:3', 0, 1, 0, 21, 0],",
        when=_none_below,
        says=says("nothing"),
    ),
    Wrong(
        peer="npm",
        method="developer",
        fields=("ids",),
        why="a developer's list does not go on: it looks for the rest where lists of similar apps have it",
        file="lib/utils/processPages.js",
        source="apps: [0, 0, 0],",
        when=lambda case, _: len(_read(case.facts)) < len(_below(case.facts)),
        says=lambda case, _: _read(case.facts),
    ),
    Wrong(
        peer="npm",
        method="developer",
        fields=("ids",),
        why="the app that stands above a developer's list is left out",
        file="lib/developer.js",
        source="apps: ['ds:3', 0, 1, 0, 21, 0],",
        when=lambda case, _: case.facts["above"] is not None,
        says=lambda case, _: _read(case.facts),
    ),
)
CHARTS = (
    Wrong(
        peer="npm",
        method="list",
        fields=(FOUND,),
        why="a chart without apps makes it fail",
        file="lib/list.js",
        source="const processedApps = R.map(scriptData.extractor(appsMappings), R.path(appsPath, categoryObject));",
        when=lambda case, _: case.facts["empty"],
        says=says("Cannot read properties of undefined (reading 'fantasy-land/map')"),
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
        fields=(FOUND,),
        why="it takes the first list, whatever it is; a developer's may be empty below the app that stands above it",
        file="lib/similar.js",
        source="clusters;\n  });",
        when=_none_below,
        says=says("nothing"),
    ),
    Wrong(
        peer="npm",
        method="similar",
        fields=("ids",),
        why="it takes the first list, whatever it is: the first apps of a developer by number for similar ones",
        file="lib/similar.js",
        source="clusters;\n  });",
        when=lambda case, _: case.facts["first"] == NUMBERED,
        says=lambda case, _: _read(case.facts["developer"]),
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

"""What `app` of either peer is known to get wrong."""

from __future__ import annotations

import html
from collections.abc import Callable

from tests.peers.fields import EVERY, FOUND, SOMETHING, Case, Field, Wrong
from tests.peers.page import NOWHERE, Laid
from tests.peers.wrong.saying import always, says

_APP_JS = "lib/app.js"
_COMMA = ("de", "pt-BR")
"""Languages of those asked for whose decimal mark it is."""
_ELEMENT = "constants/element.py"


def _lost(case: Case, one: Field) -> bool:
    laid: Laid = case.facts["laid"]
    return laid.lost(*one.numbers)


def _lost_all(case: Case, *numbers: int) -> bool:
    """Whether the peer finds none of what it cannot do without."""
    laid: Laid = case.facts["laid"]
    return case.ours["status"] != "not_found" and laid.lost(*numbers)


def _in_another_block(case: Case, _field: Field) -> bool:
    return case.ours["status"] != "not_found" and case.facts["laid"] is NOWHERE


def _at_home_alone(case: Case, _field: Field) -> bool:
    return bool(case.ours["status"] == "not_found" != case.facts["at_home"])


def _none(name: str) -> Callable[[Case, Field], bool]:
    return lambda case, _: case.ours[name] is None


def _entities(text: str | None) -> str | None:
    return text and html.escape(text).replace("&#x27;", "&#39;")


def zero(case: Case) -> str:
    return "0,0" if case.ours["lang"] in _COMMA else "0.0"


def unrated_with_zeros(case: Case, _field: Field) -> bool:
    return case.ours["score"] is None and case.ours["ratings"] == 0


def tags_stay(method: str) -> Wrong:
    return Wrong(
        peer="pypi",
        method=method,
        fields=("description",),
        why="tags other than `<br>` stay in the text",
        file="utils/data_processors.py",
        source='return unescape(s.replace("<br>", "\\r\\n"))',
        when=lambda case, _: case.ours["description_html"] is not None,
        says=lambda case, _: html.unescape(case.ours["description_html"].replace("<br>", "\r\n")),
    )


NPM = (
    Wrong(
        peer="npm",
        method="app",
        fields=(FOUND,),
        why="the record is read from block 5 alone, whatever block the page says it is in; without a description it fails",
        file=_APP_JS,
        source="title: ['ds:5', 1, 2, 0, 0],",
        when=_in_another_block,
        says=says("Cannot read properties of undefined (reading 'replace')"),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=(FOUND,),
        why="far fields of a record may stand in an object at its end, where it looks for three of them alone; without a description it fails",
        file="lib/utils/mappingHelpers.js",
        source="const descriptionOriginal = R.path([72, 0, 1], searchArray);",
        when=lambda case, _: _lost_all(case, 13, 73),
        says=says("Cannot read properties of undefined (reading 'replace')"),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=(FOUND,),
        why="far fields of a record may stand in an object at its end; without the link to the developer's page it fails",
        file=_APP_JS,
        source="fun: (devUrl) => devUrl.split('id=')[1]",
        when=lambda case, _: _lost_all(case, 69),
        says=says("Cannot read properties of undefined (reading 'split')"),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("summary",),
        why="HTML entities stay in the text",
        file=_APP_JS,
        source="summary: ['ds:5', 1, 2, 73, 0, 1],",
        when=always,
        says=lambda case, _: _entities(case.ours["summary"]),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("histogram",),
        why="an app without ratings has zeros",
        file="lib/utils/mappingHelpers.js",
        source="return { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };",
        when=_none("histogram"),
        says=lambda _, one: one.absent,
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("score", "scoreText"),
        why="an unrated app may come with a score of 0, which is no score",
        file=_APP_JS,
        source="score: ['ds:5', 1, 2, 51, 0, 1],",
        when=unrated_with_zeros,
        says=lambda case, one: 0 if one.peer == "score" else zero(case),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("price",),
        why="what is not offered costs 0",
        file=_APP_JS,
        source="fun: (val) => val / 1000000 || 0",
        when=_none("price"),
        says=says(0),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("priceText",),
        why="what is not offered is Free",
        file="lib/utils/mappingHelpers.js",
        source="return priceText || 'Free';",
        when=_none("price"),
        says=says("Free"),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("free",),
        why="of what is not offered it says that it is not free, where Play says nothing",
        file=_APP_JS,
        source="fun: (val) => val === 0",
        when=_none("free"),
        says=says(False),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("available",),
        why="an announced app is available: any number that stands there counts as yes",
        file=_APP_JS,
        source="available: {\n    path: ['ds:5', 1, 2, 18, 0],\n    fun: Boolean",
        when=lambda case, _: case.ours["status"] == "preregister",
        says=says(True),
    ),
    Wrong(
        peer="npm",
        method="app",
        fields=("androidVersion", "androidVersionText"),
        why="a minimum that stands alone stands in the place of the target, where it does not look",
        file=_APP_JS,
        source="path: ['ds:5', 1, 2, 140, 1, 1, 0, 0, 1],",
        when=lambda case, _: case.ours["min_android"] is not None and case.ours["target_sdk"] is None,
        says=lambda _, one: "VARY" if one.peer == "androidVersion" else "Varies with device",
    ),
)

PYPI = (
    Wrong(
        peer="pypi",
        method="app",
        fields=(FOUND,),
        why="an app that a country does not have is asked for again without a country, and another country's record is told as this one's",
        file="features/app.py",
        source="url = Formats.Detail.fallback_build(app_id=app_id, lang=lang)",
        when=_at_home_alone,
        says=says(SOMETHING),
    ),
    Wrong(
        peer="pypi",
        method="app",
        fields=(FOUND,),
        why="the record is read from block 5 alone, whatever block the page says it is in",
        file=_ELEMENT,
        source='"title": ElementSpec(5, [1, 2, 0, 0]),',
        when=_in_another_block,
        says=says("a record without a title"),
    ),
    Wrong(
        peer="pypi",
        method="app",
        fields=(EVERY,),
        why="far fields of a record may stand in an object at its end, where it does not look",
        file="utils/__init__.py",
        source="return nested_lookup(source[indexes[0]], indexes[1:])",
        when=_lost,
        says=lambda _, one: one.absent,
    ),
    tags_stay("app"),
    Wrong(
        peer="pypi",
        method="app",
        fields=("score",),
        why="an unrated app may come with a score of 0, which is no score",
        file=_ELEMENT,
        source='"score": ElementSpec(5, [1, 2, 51, 0, 1]),',
        when=unrated_with_zeros,
        says=says(0),
    ),
    Wrong(
        peer="pypi",
        method="app",
        fields=("free",),
        why="of what is not offered it says that it is not free, where Play says nothing",
        file=_ELEMENT,
        source='"free": ElementSpec(5, [1, 2, 57, 0, 0, 0, 0, 1, 0, 0], lambda s: s == 0),',
        when=_none("free"),
        says=says(False),
    ),
    Wrong(
        peer="pypi",
        method="app",
        fields=("sale", "saleTime", "saleText", "originalPrice"),
        why="read from blocks that have had nothing of it for years: there is never a sale",
        file=_ELEMENT,
        source='"sale": ElementSpec(4, [0, 2, 0, 0, 0, 14, 0, 0], bool, False),',
        when=always,
        says=lambda _, one: False if one.peer == "sale" else None,
    ),
)

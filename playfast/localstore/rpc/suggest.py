"""IJ4APc: what the store suggests to those who begin to type."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote_plus

import orjson

from playfast.localstore.languages import language
from playfast.localstore.places import storefront
from playfast.localstore.record.parts import link
from playfast.localstore.suggestions import suggestions

from .calls import NOTHING, Answer, Storefront
from .reading import number, text

_LOG = ["CCO6AgYIARAFKAQ="]
_GOOD_FOR = [[None, [[172_800], None, [604_800]]]]


class Begun(NamedTuple):
    """What somebody has typed, and how many suggestions are wanted."""

    term: str
    rows: int


def understand(arguments: str) -> Begun | None:
    """Read the arguments of IJ4APc."""
    try:
        wish: Any = orjson.loads(arguments)
        how = wish[0]
        return Begun(text(how[1][0]), number(how[2][0]))
    except (LookupError, TypeError, ValueError):
        return None


def answer(wanted: Begun, front: Storefront) -> Answer:
    """Suggested searches, each with the address of its results."""
    country, lang = storefront(front.gl).code, language(front.hl).code
    found = suggestions(wanted.term, country, lang, front.seed, front.week)[: wanted.rows]
    if not found:
        return NOTHING
    rows = [
        [
            term,
            None,
            link(f"/store/search?q={quote_plus(term)}&c=apps"),
            None,
            None,
            _LOG,
            None,
            None,
            None,
            None,
            1,
        ]
        for term in found
    ]
    return Answer([[rows, ["CAhKAggD"], _GOOD_FOR]])

"""What stands on a page where a peer looks for it, read from the page itself and by nothing of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any
from urllib.parse import unquote_plus

_BLOCK = r"AF_initDataCallback\(\{key: '%s',[^\[]*?data:((?:(?!</script).)*), sideChannel: \{\}\}\);</script"
"""A whole one; one that has failed ends in other words."""


@dataclass(frozen=True, slots=True)
class Laid:
    """How a record is laid out: the numbers of the fields that stand at their index, how many there are of these, and whether the others
    follow in an object at the end."""

    indexed: frozenset[int]
    length: int
    goes_on: bool

    def lost(self, *numbers: int) -> bool:
        """Whether who looks at indices alone looks beyond the end, for fields that are or would be in the object."""
        return (
            self.goes_on and not self.indexed.intersection(numbers) and max(numbers, default=0) > self.length
        )


NOWHERE = Laid(frozenset(), 0, goes_on=True)
"""The record is in another block: nothing of it stands where it is looked for."""


DETAILS = (1, 2)
"""Where a block has the record that it is about."""
FEATURED = (0, 1, 0, 23, 16, 2)
"""Where the page of a search has the record of the app that is shown by itself."""


def laid(page: str, block: str, place: Sequence[int] = DETAILS) -> Laid:
    """How the record is laid out that a page has at a place in a block."""
    found = re.search(_BLOCK % block, page, re.DOTALL)
    try:
        record = reduce(getitem, place, json.loads(found[1])) if found else None
    except (LookupError, TypeError):
        record = None
    if not isinstance(record, list):
        return NOWHERE
    goes_on = isinstance(record[-1], dict)
    indexed = record[:-1] if goes_on else record
    there = frozenset(number for number, value in enumerate(indexed, 1) if value is not None)
    return Laid(there, len(indexed), goes_on)


_ROUTE = r"'(ds:\d+)' : \{id:'%s'"
NO_BLOCK, NO_LISTS, CLUSTER, NUMBERED, NAMED = "no block", "no lists", "cluster", "numbered", "named"
_LINKS = {
    "/store/apps/collection/cluster?": CLUSTER,
    "/store/apps/dev?": NUMBERED,
    "/store/apps/developer?": NAMED,
}


def first_list(page: str) -> tuple[str, str]:
    """Of the lists on a page of details, where the first one leads: the kind of page, and its id."""
    found = _of(page, "ag2B9c")
    if found is None:
        return NO_BLOCK, ""
    lists = found[1][1]
    if not lists:
        return NO_LISTS, ""
    link = lists[0][21][1][2][4][2]
    kind = next(kind for begin, kind in _LINKS.items() if link.startswith(begin))
    return kind, unquote_plus(link.partition("id=")[2]) if kind != CLUSTER else ""


def above(page: str) -> str | None:
    """Id of the app that stands by itself above the list on a developer's page."""
    found = _of(page, "r4RdKc")
    return found[1][1][0][23][16][3]["12"][0][0] if found and found[1][1] else None


def _of(page: str, rpc: str) -> Any:
    """The data of the block that an RPC fills; None where a page has none."""
    route = re.search(_ROUTE % rpc, page)
    found = route and re.search(_BLOCK % route[1], page, re.DOTALL)
    return json.loads(found[1]) if found else None

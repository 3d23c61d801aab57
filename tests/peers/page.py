"""What stands on a page where a peer looks for it, read from the page itself and by nothing of ours."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_BLOCK = r"AF_initDataCallback\(\{key: '%s',.*?data:(.*?), sideChannel: \{\}\}\);</script"


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


def laid(page: str) -> Laid:
    """How the record of a page of details is laid out in its block 5."""
    found = re.search(_BLOCK % "ds:5", page, re.DOTALL)
    try:
        record = json.loads(found[1])[1][2] if found else None
    except (LookupError, TypeError):
        record = None
    if not isinstance(record, list):
        return NOWHERE
    goes_on = isinstance(record[-1], dict)
    indexed = record[:-1] if goes_on else record
    there = frozenset(number for number, value in enumerate(indexed, 1) if value is not None)
    return Laid(there, len(indexed), goes_on)

"""One small builder per RPC: from what is wanted to a call that can be packed.

The requests are the ones that Play's own pages send (`AF_dataServiceRequests` of the recorded pages has them word by word).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import orjson

from playfast.play.envelope import Call

DETAILS = "Ws7gDc"
"""The RPC behind an app's page."""
AVAILABILITY = 19
PACKAGE_ID = 78
ALWAYS_ASKED = (AVAILABILITY, PACKAGE_ID)
"""Fields without which a record's status cannot be told, nor whose record it is."""

# What the page says of the device it renders for; without it some fields would be those of a phone.
_CONTEXT = (
    "[[[1,null,1],null,[[[]]],null,null,null,null,[null,2],null,null,null,null,null,null,null,null,null,null,null,null,null,null,[1]],"
    "[null,[[[]]],null,null,[1]],[null,[[[]]],null,[1]],[null,[[[]]]],null,null,null,null,[[[[]]]],[[[[]]]]]"
)
_APP = 7


def details(app_id: str, numbers: Iterable[int], tag: str) -> Call:
    """Ask for fields of an app's record by their numbers."""
    package = orjson.dumps([app_id, _APP]).decode()
    return Call(DETAILS, f"[null,null,[[{_written(tuple(numbers))}]],{_CONTEXT},null,[{package}]]", tag)


@lru_cache(maxsize=64)
def _written(numbers: tuple[int, ...]) -> str:
    """A mask as JSON writes it; a crawl asks for the same one in every call."""
    return ",".join(map(str, numbers))

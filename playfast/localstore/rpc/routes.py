"""The table of RPCs. A new one is a file beside this and a line here."""

from __future__ import annotations

from . import charts, details, echo, front, lists, permissions, reviews, search, suggest
from .calls import Rpc

#: Who answers which RPC. All others get a frame without payload.
RPCS: dict[str, Rpc] = {
    "Ws7gDc": Rpc(details.understand, details.answer),
    "oCPfdb": Rpc(reviews.understand, reviews.answer),
    "UsvDTd": Rpc(reviews.understand_older, reviews.answer),
    "xdSrCf": Rpc(permissions.understand, permissions.answer),
    "ag2B9c": Rpc(lists.understand_related, lists.related),
    "MRTdke": Rpc(lists.understand_numbered, lists.of_developer),
    "IRWBmd": Rpc(lists.understand_named, lists.of_developer),
    "r4RdKc": Rpc(lists.understand_above, lists.above),
    "qnKhOb": Rpc(lists.understand_following, lists.following),
    "lGYRle": Rpc(search.understand, search.answer),
    "IJ4APc": Rpc(suggest.understand, suggest.answer),
    "vyAe2": Rpc(charts.understand, charts.answer),
    "w3QCWb": Rpc(front.understand, front.answer),
    "jRco8": Rpc(echo.understand, echo.answer),
}

"""The table of RPCs. A new one is a file beside this and a line here."""

from __future__ import annotations

from . import details
from .calls import Rpc

#: Who answers which RPC. All others get a frame without payload.
RPCS: dict[str, Rpc] = {
    "Ws7gDc": Rpc(details.understand, details.answer),
}

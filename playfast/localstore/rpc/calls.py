"""What a call is, and what answering it may give."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from playfast.localstore.record.moves import Moves

_DATA_ERROR = "type.googleapis.com/wireless.android.finsky.boq.web.data.store.error.PlayDataError"
_GATEWAY_ERROR = "type.googleapis.com/com.google.play.gateway.proto.PlayGatewayError"

#: An entity that is not there: code 5.
NOT_FOUND_ERROR: list[Any] = [5, None, [[_DATA_ERROR, [1]]]]
#: Arguments that make no sense: code 3.
BAD_ARGUMENTS_ERROR: list[Any] = [3, None, [[_DATA_ERROR, [1]]]]
#: The store's own trouble; a later attempt may do. The exact numbers are not known.
GATEWAY_ERROR: list[Any] = [13, None, [[_GATEWAY_ERROR, [1]]]]


@dataclass(frozen=True, slots=True)
class Storefront:
    """Who is asked: seed of the catalogue, country and language as the query gave them, how booleans are written, what moved, the week.

    ``generation`` is that of the tokens which are good.
    """

    seed: int
    gl: str
    hl: str
    words: bool
    moves: Moves = ()
    week: int = 0
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A payload (a JSON value, None for none) or an error."""

    payload: Any = None
    error: list[Any] | None = None


NOTHING = Answer()


@dataclass(frozen=True, slots=True)
class Rpc:
    """One RPC: ``understand`` reads the arguments (JSON text) into what its answer depends on, which ``answer`` is then given.

    What ``understand`` gives is the key under which the answer is kept; None means that the arguments make no sense.
    """

    understand: Callable[[str], Hashable | None]
    answer: Callable[[Any, Storefront], Answer]

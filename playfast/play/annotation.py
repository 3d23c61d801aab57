"""What a field's annotation says of its values."""

from __future__ import annotations

import types
import typing
from typing import Any


def given(hint: Any) -> Any:
    """What an annotation says of a value that is not None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        kinds = [part for part in typing.get_args(hint) if part is not type(None)]
        return kinds[0] if len(kinds) == 1 else hint
    return hint

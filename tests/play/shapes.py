"""Whether a value is of a declared type, to the letter: a yes or no is no number, a float must be finite."""

from __future__ import annotations

import math
from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def is_a(value: Any, declared: Any) -> bool:
    origin, arguments = get_origin(declared), get_args(declared)
    if origin in (UnionType, Union):
        return any(is_a(value, argument) for argument in arguments)
    if origin is list:
        return type(value) is list and all(is_a(entry, arguments[0]) for entry in value)
    if origin is dict:
        return type(value) is dict and all(
            is_a(key, arguments[0]) and is_a(entry, arguments[1]) for key, entry in value.items()
        )
    if origin is tuple and arguments[-1] is Ellipsis:
        return type(value) is tuple and all(is_a(entry, arguments[0]) for entry in value)
    if origin is tuple:
        return (
            type(value) is tuple
            and len(value) == len(arguments)
            and all(is_a(entry, argument) for entry, argument in zip(value, arguments, strict=True))
        )
    if is_dataclass(declared):
        return type(value) is declared and all(
            is_a(getattr(value, name), kind) for name, kind in get_type_hints(declared).items()
        )
    if declared is None or declared is NoneType:
        return value is None
    if declared is float and type(value) is float:
        return math.isfinite(value)
    return type(value) is declared

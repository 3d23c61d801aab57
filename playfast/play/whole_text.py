"""Texts that UTF-8 can hold. Play's are, once they are read (`play.json_text`); a pipeline may bring others, and they cost no record."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

_HALVES = re.compile("[\ud800-\udfff]")


def whole(value: Any) -> Any:
    """The same value, each half of a surrogate pair in its texts U+FFFD; for what could not be written as it is."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {whole(name): whole(member) for name, member in value.items()}
    if value.__class__ in (list, tuple):
        return value.__class__([whole(member) for member in value])
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: whole(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **parts)
    return value

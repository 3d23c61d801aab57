"""What holding objects in a list costs. The standard library alone: it runs in the peers' environments too."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

_OF_THE_PROGRAM = (type, ModuleType, FunctionType, BuiltinFunctionType)
"""What objects refer to, and is there without them."""


def measured(make: Callable[[], Sequence[Any]]) -> dict[str, int]:
    """Make the objects, and tell what they cost, in bytes: the most that was in use while they were made, what stays when all else is
    collected, and of that the strings and the rest, found by walking from the objects."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    items = make()
    peak = tracemalloc.get_traced_memory()[1]
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    strings, others = sizes(items)
    return {
        "apps": len(items),
        "peak_bytes": peak - before,
        "held_bytes": held - before,
        "string_bytes": strings,
        "other_bytes": others,
    }


def sizes(items: Sequence[Any]) -> tuple[int, int]:
    """Bytes of all strings that the items lead to, and bytes of all else. What is shared counts once."""
    seen: set[int] = set()
    waiting = list(items)
    strings = others = 0
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, _OF_THE_PROGRAM):
            continue
        seen.add(id(thing))
        if isinstance(thing, str):
            strings += sys.getsizeof(thing)
            continue
        others += sys.getsizeof(thing)
        waiting += gc.get_referents(thing)
    return strings, others

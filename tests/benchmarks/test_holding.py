"""Bytes of what is held: strings and the rest, each object once."""

from __future__ import annotations

import sys

from benchmarks.peers.runners.holding import measured, sizes

TEXT = "a text that is long enough to be one object of its own"


class Slotted:
    __slots__ = ("text", "values")

    def __init__(self, text, values):
        self.text = text
        self.values = values


def test_strings_and_the_rest_are_told_apart():
    values = [1_000_000, TEXT]
    item = Slotted(TEXT, values)
    strings, others = sizes([item])
    assert strings == sys.getsizeof(TEXT)
    assert others == sys.getsizeof(item) + sys.getsizeof(values) + sys.getsizeof(1_000_000)


def test_what_is_shared_counts_once():
    assert sizes([Slotted(TEXT, None), Slotted(TEXT, None)])[0] == sys.getsizeof(TEXT)


def test_classes_are_no_part_of_their_objects():
    assert sizes([Slotted("", None)])[1] < 1_000


def test_what_is_held_is_what_was_allocated():
    told = measured(lambda: [bytearray(10_000) for _ in range(50)])
    assert told["apps"] == 50
    assert told["held_bytes"] >= told["other_bytes"] - 1_000 >= 490_000
    assert told["peak_bytes"] >= told["held_bytes"]

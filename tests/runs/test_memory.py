from __future__ import annotations

from playfast.runs import memory

MIB = 1024 * 1024


def test_memory_in_use_is_that_of_a_python_process():
    assert 10 * MIB < memory.resident() < 16_384 * MIB


def test_the_most_is_at_least_what_is_in_use():
    before = memory.resident()
    assert memory.peak() >= before


def test_memory_that_is_taken_shows():
    before = memory.resident()
    held = bytearray(64 * MIB)
    held[::4096] = b"x" * len(held[::4096])
    assert memory.resident() > before + 32 * MIB
    assert memory.peak() > before + 32 * MIB
    assert len(held) == 64 * MIB

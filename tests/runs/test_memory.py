from __future__ import annotations

import subprocess
import sys

from playfast.runs import memory
from tests.conftest import ROOT

MIB = 1024 * 1024


def test_memory_in_use_is_that_of_a_python_process():
    assert 10 * MIB < memory.resident() < 16_384 * MIB


def test_the_most_is_at_least_what_is_in_use():
    before = memory.resident()
    assert memory.peak() >= before


def test_memory_that_is_taken_shows():
    """In a process of its own: one that has run other tests may have room left that the system does not see being filled."""
    script = (
        "from playfast.runs import memory\n"
        "before, top = memory.resident(), memory.peak()\n"
        "held = b'x' * (64 << 20)\n"
        "print(memory.resident() - before, memory.peak() - top)\n"
        "del held\n"
        "print(memory.peak() - top)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert all(int(grown) > 48 * MIB for grown in done.stdout.split())

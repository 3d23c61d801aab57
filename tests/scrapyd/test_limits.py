"""What the system takes as arguments."""

from __future__ import annotations

import subprocess
import sys

import pytest

from playfast.scrapyd import limits


def test_the_longest_argument_is_taken_by_the_system_and_one_more_byte_is_not():
    longest = "ids=" + "x" * (limits.LONGEST - 4)
    assert not limits.too_long({"ids": longest[4:]})
    assert len(limits.too_long({"ids": longest[4:] + "x"})) == 1
    command = [sys.executable, "-c", "import sys; print(len(sys.argv[1]))"]
    done = subprocess.run([*command, longest], capture_output=True, text=True, check=True)
    assert done.stdout == "131071\n"
    if sys.platform == "linux":
        with pytest.raises(OSError, match="too long"):
            subprocess.run([*command, longest + "x"], check=True)


def test_bytes_are_counted_and_not_characters():
    assert "a has 140,002 bytes" in limits.too_long({"a": "é" * 70_000, "b": "x"})[0]


def test_all_together_may_be_too_much():
    assert limits.too_much(["x" * 100], {"A": "b"}) is None
    assert "all arguments together" in limits.too_much(["x" * 130_000] * 200, {})

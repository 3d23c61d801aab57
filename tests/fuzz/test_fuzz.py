"""Seconds of what `make fuzz` does for minutes."""

from __future__ import annotations

import pytest

from tests.fuzz.fuzzing import FuzzingError, examples, one
from tests.fuzz.seeds import Seeds, seeds
from tests.fuzz.targets import DECLARATIONS, TARGETS, Target, public


def test_every_public_function_is_a_target_or_reached_by_no_answer():
    targets = {name.split(",")[0] for name in TARGETS}
    declared = {name for name in public() if name in DECLARATIONS or name.split(".")[0] in DECLARATIONS}
    assert public() - targets - declared == set()
    assert targets - public() == set()


@pytest.mark.parametrize("name", TARGETS)
def test_changed_answers_bring_out_nothing_but_its_own_errors(name):
    assert examples(name, TARGETS[name], seeds(), 0, 40, 20) > 10


def test_a_target_that_fails_hangs_or_swells_is_found(monkeypatch):
    nothing = Seeds((b"",), (None,))
    fails = Target(lambda *_: b"", lambda _: 1 / 0)
    with pytest.raises(FuzzingError, match="seed 3: ZeroDivisionError"):
        one("fails", fails, nothing, 3, weighed=False)
    one("allowed", fails._replace(may_raise=(ZeroDivisionError,)), nothing, 3, weighed=False)
    with pytest.raises(FuzzingError, match="bytes for 0"):
        one("swells", fails._replace(run=lambda _: bytearray(50_000_000)), nothing, 3, weighed=True)
    monkeypatch.setattr("tests.fuzz.fuzzing.SECONDS", 0.05)

    def forever(_):
        while True:
            pass

    with pytest.raises(FuzzingError, match="did not end within"):
        one("hangs", fails._replace(run=forever), nothing, 3, weighed=False)

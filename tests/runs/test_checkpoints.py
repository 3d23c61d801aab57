from __future__ import annotations

from playfast.runs import checkpoints


def test_looks_are_early_at_first_then_regular():
    found, records = [], 0
    while records < 3000:
        records = checkpoints.after(records)
        found.append(records)
    assert found == [50, 100, 200, 500, 1000, 1500, 2000, 2500, 3000]


def test_the_next_look_is_always_ahead_and_the_same_from_everywhere_before_it():
    for records in range(3000):
        after = checkpoints.after(records)
        assert after > records
        assert checkpoints.after(after - 1) == after
        assert after - records <= 500

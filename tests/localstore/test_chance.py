from __future__ import annotations

import subprocess
import sys

from playfast.localstore.chance import Chance, Weighted

KNOWN_DICE = [3, 5, 2, 5, 1, 3, 2, 3, 5, 1, 6, 4]
KNOWN_STREAM = "5b5ee947"


def test_a_draw_depends_on_key_and_name_only():
    chance = Chance(7, "com.example.one")
    first = [chance.number("a"), chance.number("b"), chance.stream("c", 9)]
    assert [chance.number("a"), chance.number("b"), chance.stream("c", 9)] == first
    assert Chance(7, "com.example.one").number("b") == first[1]
    assert Chance(8, "com.example.one").number("b") != first[1]
    assert Chance(7, "com.example.two").number("b") != first[1]


def test_other_processes_draw_the_same():
    program = "from playfast.localstore.chance import Chance; c = Chance(1, 'x'); print(c.number('n'), c.stream('s', 4).hex(), c.also('y').number('n'))"
    chance = Chance(1, "x")
    here = f"{chance.number('n')} {chance.stream('s', 4).hex()} {chance.also('y').number('n')}\n"
    for hash_seed in ("1", "2"):
        out = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": hash_seed},
        )
        assert out.stdout == here


def test_a_catalogue_stays_the_same_from_version_to_version():
    assert [Chance(0, f"k{k}").between("d", 1, 6) for k in range(12)] == KNOWN_DICE
    assert Chance(0, "x").stream("s", 4).hex() == KNOWN_STREAM


def test_shares_come_out_as_asked():
    keys = [Chance(3, number) for number in range(20_000)]
    assert abs(sum(c.happens("one in ten", 0.1) for c in keys) / 20_000 - 0.1) < 0.01
    halves = Weighted((1, "a"), (3, "b"))
    assert abs(sum(c.pick_weighted("w", halves) == "b" for c in keys) / 20_000 - 0.75) < 0.02
    counts = [0] * 5
    for c in keys:
        counts[c.between("b", 0, 4)] += 1
    assert min(counts) > 3_600


def test_some_are_different_and_keep_their_order():
    for number in range(200):
        some = Chance(number).pick_some("some", range(24), 9)
        assert len(set(some)) == 9
        assert some == sorted(some)
    assert Chance(1).pick_some("some", [3, 1, 2], 7) == [3, 1, 2]


def test_forced_draws_come_out_as_forced_and_leave_the_others_alone():
    free, forced = Chance(1, "x"), Chance(1, "x", forced={"paid": True, "level": 3})
    assert forced.happens("paid", 0.0)
    assert forced.between("level", 0, 1) == 3
    assert forced.also("more").happens("paid", 0.0)
    assert forced.number("other") == free.number("other")

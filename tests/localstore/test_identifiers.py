from __future__ import annotations

import tracemalloc
from itertools import islice

import pytest

from playfast.localstore.identifiers import ids, is_catalogue_id, is_well_formed


def test_ids_are_different_well_formed_and_recognised():
    some = list(ids(20_000, seed=3))
    assert len(set(some)) == 20_000
    assert all(map(is_well_formed, some))
    assert all(map(is_catalogue_id, some))
    assert any(app_id != app_id.lower() for app_id in some)


def test_a_catalogue_can_be_entered_anywhere():
    assert list(ids(5, seed=1, start=1_000)) == list(islice(ids(2_000, seed=1), 1_000, 1_005))
    assert list(ids(3, seed=1)) != list(ids(3, seed=2))
    assert len(list(ids(2, start=3_000_000_000))) == 2


def test_many_ids_take_no_memory():
    tracemalloc.start()
    sum(1 for _ in ids(5_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000


@pytest.mark.parametrize("numbers", [{"count": -1}, {"count": 1, "start": -1}, {"count": 4_000_000_000}])
def test_impossible_counts_are_refused_at_once(numbers):
    with pytest.raises(ValueError, match=r"negative|a catalogue has"):
        ids(**numbers)


@pytest.mark.parametrize("app_id", ["com.spotify.music", "a.b", "com.Example_1.x9"])
def test_well_formed(app_id):
    assert is_well_formed(app_id)
    assert not is_catalogue_id(app_id)


@pytest.mark.parametrize(
    "app_id", ["", "com", "com.", ".com", "com.1x", "com..x", "com.a-b", "com.a b", "com.ä", "com.x\n"]
)
def test_ill_formed(app_id):
    assert not is_well_formed(app_id)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.errors import UnreadableError
from playfast.play.record import at, child, find

from .records import PLACES, record, sparse


@pytest.mark.parametrize(
    ("message", "path", "value"),
    [
        # dense: field n at index n - 1
        (["a", "b"], (0,), "a"),
        (["a", "b"], (1,), "b"),
        ([[["deep"]]], (0, 0, 0), "deep"),
        (["a"], (), ["a"]),
        # sparse: under its number in the object at the end
        (["a", {"141": "b"}], (140,), "b"),
        ([{"1": "first"}], (0,), "first"),
        (["a", {"2": "second"}], (1,), "second"),  # stands where the object itself stands
        (["a", {"3": "third"}], (2,), "third"),
        # a value at its index comes before the same field in the object
        (["index", {"1": "tail"}], (0,), "index"),
        # null at the index, value in the object
        ([None, "b", {"1": "tail"}], (0,), "tail"),
        # objects at the end of arrays at any depth
        ([None, ["x", {"5": [None, {"9": "nested"}]}], {"7": 0}], (1, 4, 8), "nested"),
        ([{"3": [{"2": [{"1": "all the way"}]}]}], (2, 1, 0), "all the way"),
        # falsy values are values
        ([0], (0,), 0),
        ([False], (0,), False),
        ([""], (0,), ""),
        ([[]], (0,), []),
        ([None, {"1": 0}], (0,), 0),
    ],
)
def test_a_field_is_found_wherever_the_rule_puts_it(message, path, value):
    assert at(message, path) == value
    assert find(message, path) == value


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ([], (0,)),
        ([None], (0,)),
        (["a"], (1,)),
        (None, (0,)),
        (None, ()),
        ([None], (0, 0, 0)),
        (["a", {"5": "e"}], (1,)),  # the object's own place is no index
        (["a", {"5": "e"}], (2,)),
        ([{"5": "e"}], (0,)),
        (["a", {"5": None}], (4,)),
        (["a", {"05": "e"}], (4,)),
        ([["x", {"9": 1}]], (8,)),  # an inner object serves its own array only
        ([{"9": 1}, "last"], (8,)),  # an object anywhere but at the end holds no fields
    ],
)
def test_what_is_not_said_is_none(message, path):
    assert at(message, path) is None
    assert find(message, path) is None


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ("text", (0,)),
        (["text"], (0, 0)),
        ([5], (0, 0)),
        ([0], (0, 0)),
        ([""], (0, 0)),
        ([False], (0, 1)),
        ([1.5], (0, 0)),
        ({"1": "a"}, (0,)),  # an object on its own is no message
        ([{"1": {"1": "a"}}], (0, 0)),
        ([None, {"1": "text"}], (0, 3)),
    ],
)
def test_another_shape_than_expected_is_told_apart_from_absence(message, path):
    with pytest.raises(UnreadableError):
        at(message, path)
    assert find(message, path) is None


def test_a_child_is_one_step_of_a_path():
    message = ["a", None, {"2": "b", "5": "e"}]
    assert [child(message, index) for index in range(6)] == ["a", "b", None, None, "e", None]


@given(st.integers(min_value=0, max_value=160))
def test_how_much_of_a_record_is_moved_into_the_object_makes_no_difference(kept):
    moved = sparse(record(), kept)
    for path, value in PLACES.items():
        assert at(moved, path) == value

"""The written-out reader reads what walking each path by itself does, whatever the message."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import UnreadableError
from playfast.play import convert
from playfast.play.reader import NO_MESSAGE, Flag, Made, Value, compiled
from playfast.play.record import at, child

NUMBERS = [str(number) for number in range(1, 7)]
MESSAGES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(
            st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NUMBERS), inner, max_size=4)
        ).map(lambda parts: [*parts[0], parts[1]])
    ),
    max_leaves=40,
)
RECORDS = st.lists(MESSAGES, max_size=6) | st.tuples(
    st.lists(MESSAGES, max_size=4), st.dictionaries(st.sampled_from(NUMBERS), MESSAGES, max_size=4)
).map(lambda parts: [*parts[0], parts[1]])
PATHS = st.lists(st.integers(0, 5), min_size=1, max_size=4).map(tuple)
CONVERSIONS = (convert.text, convert.integer, convert.plain, convert.size, convert.flag, lambda value: value)


def _together(*values):
    if values[0] == "":
        raise UnreadableError("it begins with nothing")
    return values if values[0] != 0 else None


FIELDS = st.lists(
    st.builds(Value, st.just(""), PATHS, st.sampled_from(CONVERSIONS))
    | st.builds(Flag, st.just(""), PATHS, st.just(lambda value: value is not None))
    | st.builds(Made, st.just(""), st.lists(PATHS, min_size=1, max_size=3).map(tuple), st.just(_together)),
    max_size=8,
).map(lambda fields: [replace(wanted, name=f"field{place}") for place, wanted in enumerate(fields)])


def by_walking(fields, record, served):
    """What the rule of `play.record` gives, field by field."""
    item, told = {}, []
    for wanted in fields:
        try:
            if isinstance(wanted, Made):
                values = [_or_no_message(record, path) for path in wanted.paths]
                if any(value is not None for value in values) and (value := wanted.make(*values)) is not None:
                    item[wanted.name] = value
                continue
            first = child(record, wanted.path[0])
            value = at(first, wanted.path[1:])
            if isinstance(wanted, Flag):
                if wanted.when(value):
                    item[wanted.name] = True
                elif wanted.path[0] + 1 in served:
                    item[wanted.name] = False
            elif value is not None and (value := wanted.convert(value)) is not None:
                item[wanted.name] = value
        except UnreadableError as error:
            told.append((wanted.name, str(error)))
    return item, sorted(told)


def _or_no_message(record, path):
    try:
        return at(record, path)
    except UnreadableError:
        return NO_MESSAGE


def by_reader(fields, record, served):
    item, told = SimpleNamespace(), []
    compiled(fields)(item, record, served, lambda name, error: told.append((name, str(error))))
    return vars(item), sorted(told)


@settings(max_examples=400)
@given(FIELDS, RECORDS, st.frozensets(st.integers(1, 6)))
def test_it_reads_what_walking_reads(fields, record, served):
    found, told = by_reader(fields, record, served)
    expected, due = by_walking(fields, record, served)
    assert told == due
    assert found == expected
    assert {name: type(value) for name, value in found.items()} == {
        name: type(value) for name, value in expected.items()
    }


def test_fields_inside_each_other_are_all_read():
    fields = [
        Value("whole", (0,), len),
        Value("first", (0, 0), convert.text),
        Value("again", (0, 0), convert.plain),
        Flag("there", (0, 0), lambda value: value is not None),
    ]
    assert by_reader(fields, [["a&amp;b", 1]], frozenset()) == (
        {"whole": 2, "first": "a&amp;b", "again": "a&b", "there": True},
        [],
    )


def test_fields_of_a_record_that_does_not_have_them_stay_as_they_are():
    assert by_reader([Value("title", (0, 0), convert.text)], [], frozenset()) == ({}, [])


def test_what_is_made_of_several_places_is_told_which_of_them_cannot_be_reached():
    made = Made("both", ((0, 0), (1, 0)), lambda *values: values)
    assert by_reader([made], [["a"], ["b"]], frozenset())[0] == {"both": ("a", "b")}
    assert by_reader([made], [["a"], []], frozenset())[0] == {"both": ("a", None)}
    assert by_reader([made], [["a"], "b"], frozenset())[0] == {"both": ("a", NO_MESSAGE)}
    assert by_reader([made], [[], None], frozenset()) == ({}, [])


def test_conversions_refuse_what_cannot_be_reached():
    made = Made("text", ((0, 0), (1, 0)), lambda one, other: convert.text(one) or convert.text(other))
    assert by_reader([made], ["a", ["b"]], frozenset()) == ({}, [("text", "not a text: _NoMessage")])


def test_no_field_at_all():
    assert by_reader([], ["anything"], frozenset({1})) == ({}, [])


@pytest.mark.parametrize("name", ["not a name", "class", "", "a; import os"])
def test_what_is_no_name_of_an_attribute_is_refused(name):
    with pytest.raises(ValueError, match="no name of an attribute"):
        compiled([Value(name, (0,), convert.text)])

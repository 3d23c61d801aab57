"""The written-out reader reads what walking each path by itself does, whatever the message."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import UnreadableError
from playfast.play import convert
from playfast.play.reader import Flag, Value, compiled
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
FIELDS = st.lists(
    st.builds(lambda path, what: (path, what), PATHS, st.sampled_from(CONVERSIONS) | st.just(None)),
    max_size=8,
).map(
    lambda wanted: [
        Flag(f"field{place}", path, lambda value: value is not None)
        if what is None
        else Value(f"field{place}", path, what)
        for place, (path, what) in enumerate(wanted)
    ]
)


def by_walking(fields, record, served):
    """What the rule of `play.record` gives, field by field."""
    item, told = {}, []
    for wanted in fields:
        try:
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


def test_no_field_at_all():
    assert by_reader([], ["anything"], frozenset({1})) == ({}, [])


@pytest.mark.parametrize("name", ["not a name", "class", "", "a; import os"])
def test_what_is_no_name_of_an_attribute_is_refused(name):
    with pytest.raises(ValueError, match="no name of an attribute"):
        compiled([Value(name, (0,), convert.text)])

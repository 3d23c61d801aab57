"""Where texts stand in JSON, however it is written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.recording.texts import texts, unescaped

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=20,
)  # fmt: skip


def all_texts(value, path=()):
    """The same, of the values; a key is named as it is written."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from all_texts(inner, (*path, index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from all_texts(inner, (*path, json.dumps(key)[1:-1]))


@given(value=JSON, indent=st.none() | st.integers(0, 2))
def test_every_text_is_found_at_its_place(value, indent):
    document = json.dumps(value, indent=indent)
    found = [(text.path, unescaped(document, text.start, text.end)[0]) for text in texts(document)]
    expected = [(path, said.encode("utf-16", "surrogatepass")) for path, said in all_texts(value)]
    assert [(path, said.encode("utf-16", "surrogatepass")) for path, said in found] == [
        (path, said) for path, said in expected
    ]


@given(st.text())
def test_each_character_knows_where_it_stands(said):
    document = json.dumps([said])
    (text,) = texts(document)
    characters, places = unescaped(document, text.start, text.end)
    assert len(places) == len(characters) + 1
    assert places[-1] == text.end
    for index, character in enumerate(characters):
        written = document[places[index] : places[index + 1]]
        assert json.loads(f'"{written}"') == character


@pytest.mark.parametrize(
    "broken", ["", "]", "]]]", '"', "{", '{"a"', "[,,", ":", '{"a":', '["\\', '{"a":"b"}}"c"']
)
def test_what_is_no_json_does_no_harm(broken):
    assert all(0 <= text.start <= text.end <= len(broken) for text in texts(broken))

"""What a value says does not hang on how Play writes it: dense, with an object at an array's end, or with empty places behind.

The usual dense shape is read at once, all others step by step; these tests hold that both ways say the same.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import UnreadableError
from playfast.play import convert, parts

from .records import sparse

# A tuple is a message, whose fields may stand in an object at its end; a list is a list, whose members may not.
odd = st.sampled_from([None, True, 0, 4.0, 2.5, -1, 2**64, "", "odd", []])


def mostly(usual: Any) -> Any:
    """Values of the usual type; one in a few is anything else."""
    return st.one_of(usual, usual, usual, odd)


texts = mostly(st.sampled_from(["", "a", "GAME_ARCADE", "/x", "one<br>two", "a &amp; <b>b</b>"]))
numbers = mostly(st.integers(0, 3_000))
said = st.tuples(st.none(), texts)
image = st.tuples(st.none(), numbers, st.tuples(numbers, numbers), st.tuples(st.none(), st.none(), texts))
link = st.tuples(st.none(), st.none(), st.none(), st.none(), st.tuples(st.none(), st.none(), texts))
tag = st.tuples(st.sampled_from(["Casual", ""]), link, texts, st.sampled_from(["/m/01", "", 5]))
group = st.tuples(texts, odd, st.lists(said, max_size=3), odd)
counts = st.tuples(odd, *[st.tuples(texts, numbers)] * 5)
device = st.tuples(numbers, st.tuples(st.none(), mostly(st.floats(1, 5))))
level = st.tuples(numbers, texts)

SHAPES = {
    convert.size: st.tuples(numbers, numbers),
    convert.precise_moment: st.tuples(numbers, numbers),
    parts.score: st.tuples(texts, mostly(st.floats(0, 5))),
    parts.score_text: st.tuples(texts, mostly(st.floats(0, 5))),
    parts.version_varies: st.tuples(st.tuples(st.tuples(texts))),
    parts.histogram: counts,
    parts.scores_by_device: st.lists(device, max_size=3),
    parts.image_urls: st.lists(image, max_size=3),
    parts.image_sizes: st.lists(image, max_size=3),
    parts.tags: st.lists(st.lists(tag, max_size=2), max_size=3),
    parts.permissions: st.tuples(
        st.lists(group, max_size=2), st.lists(group, max_size=2), st.lists(said, max_size=2)
    ),
    parts.data_safety: st.lists(st.tuples(odd, texts, said) | st.tuples(odd, texts), max_size=3),
}
OF_SEVERAL = {
    parts.categories: (
        st.none() | st.tuples(texts, link, texts),
        st.none() | st.lists(st.lists(tag, max_size=2), max_size=2),
    ),
    parts.min_sdk: (level, level),
    parts.min_android: (level, level),
    parts.target_sdk: (level, level),
}


def dense(node: Any) -> Any:
    return [dense(member) for member in node] if isinstance(node, list | tuple) else node


def otherwise(node: Any, draw: Any) -> Any:
    """The same in another encoding. What begins with a text keeps it in front: that is how a tag is known."""
    if isinstance(node, list):
        return [otherwise(member, draw) for member in node]
    if not isinstance(node, tuple):
        return node
    message = [otherwise(member, draw) for member in node]
    match draw(st.integers(0, 3)):
        case 0:
            return [*message, None, None]
        case 1:
            return message
        case _:
            return sparse(message, draw(st.integers(1 if isinstance(node[0], str) else 0, len(message))))


def told(function: Any, *values: Any) -> Any:
    try:
        return repr(function(*values))
    except UnreadableError:
        return UnreadableError


@pytest.mark.parametrize("function", SHAPES, ids=lambda function: function.__name__)
def test_a_value_says_the_same_in_every_encoding(function):
    @settings(max_examples=200, deadline=None, database=None)
    @given(SHAPES[function], st.data())
    def check(value: Any, data: Any) -> None:
        assert told(function, otherwise(value, data.draw)) == told(function, dense(value))

    check()


@pytest.mark.parametrize("function", OF_SEVERAL, ids=lambda function: function.__name__)
def test_what_several_values_say_is_the_same_in_every_encoding(function):
    @settings(max_examples=200, deadline=None, database=None)
    @given(st.tuples(*OF_SEVERAL[function]), st.data())
    def check(values: Any, data: Any) -> None:
        others = [otherwise(value, data.draw) for value in values]
        assert told(function, *others) == told(function, *[dense(value) for value in values])

    check()

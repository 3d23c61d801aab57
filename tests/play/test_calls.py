from __future__ import annotations

import json

import pytest

from playfast.items import App
from playfast.play import calls
from playfast.play.fields import Extractor

# The argument of the recorded pages, element by element: a context of the device, and the app with its type.
CONTEXT = [
    [[1, None, 1], None, [[[]]], None, None, None, None, [None, 2], *[None] * 14, [1]],
    [None, [[[]]], None, None, [1]],
    [None, [[[]]], None, [1]],
    [None, [[[]]]],
    None, None, None, None,
    [[[[]]]],
    [[[[]]]],
]  # fmt: skip


@pytest.mark.parametrize("numbers", [(1,), (19, 52, 78), (), range(1, 194), (n for n in (5, 6))])
def test_a_details_call_is_the_one_that_plays_pages_send(numbers):
    numbers = list(numbers)
    call = calls.details("org.example.kettle", iter(numbers), "7")
    assert (call.rpc, call.tag) == ("Ws7gDc", "7")
    assert json.loads(call.request) == [None, None, [numbers], CONTEXT, None, [["org.example.kettle", 7]]]


@pytest.mark.parametrize("app_id", ['a"b', "a\\b", "é.日", "a\nb", "a],[b"])
def test_an_id_of_any_text_stays_one_text(app_id):
    assert json.loads(calls.details(app_id, [1], "0").request)[5] == [[app_id, 7]]


@pytest.mark.parametrize("name", ["title", "score", "served_country", "app_id"])
def test_availability_and_package_id_are_asked_whatever_else_is(name):
    assert {19, 78} <= set(Extractor(App, [name], always=calls.ALWAYS_ASKED).mask)

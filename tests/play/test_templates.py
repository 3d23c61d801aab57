"""Templates: filled with any values, read off any page, and out of a file with all its mistakes at once."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.errors import TemplateError
from playfast.play import asked, calls, templates
from playfast.play.page import Page
from playfast.play.templates import OURS, Template

from .pages import block

APP = "com.example.kettle"
TEXTS = st.text(min_size=1, max_size=12) | st.sampled_from(["{app}", '"{rows}"', "\x00", "a\\b", '"'])
NUMBERS = st.lists(st.integers(1, 300), min_size=1, max_size=60).map(tuple)


def made(kind, text="x", number=1, numbers=(1,), token=None, slot=None):
    """A call of each kind, with these values."""
    call = {
        templates.DETAILS: lambda: calls.details(text, numbers, "t"),
        templates.PROFILE: lambda: calls.profile(text, "t"),
        templates.REVIEWS: lambda: calls.reviews(text, "t", rows=number, sort=1, device=slot, token=token),
        templates.RELATED: lambda: calls.related(text, "t", number),
        templates.NUMBERED_DEVELOPER: lambda: calls.developer("123", "t", number),
        templates.NAMED_DEVELOPER: lambda: calls.developer(f"n{text}", "t", number),
        templates.ABOVE: lambda: calls.above(text, "t"),
        templates.MORE: lambda: calls.more(text, "t", number),
        templates.SEARCH: lambda: calls.search(text, numbers, "t"),
        templates.OLDER_SEARCH: lambda: calls.older_search(text, "t"),
        templates.MORE_OF_SEARCH: lambda: calls.more_of_search(text, "t"),
        templates.SUGGESTIONS: lambda: calls.suggestions(text, "t"),
        templates.CHART: lambda: calls.chart(text, text, number, numbers, "t"),
        templates.HOME: lambda: calls.home(text, numbers, "t"),
        templates.STOREFRONT: lambda: calls.storefront("t"),
    }[kind]()
    return call.rpc, json.loads(call.request)


@pytest.mark.parametrize("kind", OURS)
@given(
    text=TEXTS,
    number=st.integers(1, 4000),
    numbers=NUMBERS,
    token=st.none() | TEXTS,
    slot=st.none() | st.just(2),
)
def test_a_request_is_its_template_whatever_the_values(kind, text, number, numbers, token, slot):
    rpc, request = made(kind, text, number, numbers, token, slot)
    assert rpc == OURS[kind].rpc
    assert asked.unified(OURS[kind].request, request)


READABLE = {
    templates.DETAILS: "app", templates.REVIEWS: "app", templates.RELATED: "app", templates.PROFILE: "developer",
    templates.ABOVE: "developer", templates.SEARCH: "query", templates.HOME: "category",
}  # fmt: skip


@pytest.mark.parametrize("kind", READABLE)
@given(text=st.text(min_size=1, max_size=12), number=st.integers(1, 4000), numbers=NUMBERS)
def test_a_template_is_read_back_from_a_request(kind, text, number, numbers):
    found = asked.read([made(kind, text, number, numbers)], {READABLE[kind]: text})
    assert asked.differences(OURS[kind], found[kind]) == []
    assert found[kind].request == OURS[kind].request
    assert asked.renewed(found) == {}


def changed(request, path, value):
    request = copy.deepcopy(request)
    place = request
    for index in path[:-1]:
        place = place[index]
    place[path[-1]] = value
    return request


CHANGES = {
    "context": (templates.DETAILS, (3, 0, 7, 1), 4, "the context is another (at 0,7,1 4, ours 2)"),
    "context's kind": (templates.DETAILS, (3, 1), None, "the context is another (at 1 null, ours [null,[[[]]],null,null,[1]])"),
    "layouts": (templates.ABOVE, (0, 2, 3), [96, 401], "the layouts are others (new 401; gone 108, 72,"),
    "some number": (templates.RELATED, (1, 0), 2, "at 1,0 2, ours 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_has_changed_is_told_in_words_and_taken(name):
    kind, path, value, words = CHANGES[name]
    rpc, request = made(kind, APP, 6, (1, 19, 78))
    found = asked.read([(rpc, changed(request, path, value))], {READABLE[kind]: APP})
    (told,) = asked.differences(OURS[kind], found[kind])
    assert told.startswith(words)
    assert found[kind].placeholders == OURS[kind].placeholders
    with templates.using(templates.replaced(asked.renewed(found))):
        assert made(kind, APP, 6, (1, 19, 78)) == (rpc, changed(request, path, value))
    assert made(kind, APP, 6, (1, 19, 78)) == (rpc, request)


def test_a_value_is_found_where_its_surroundings_are_though_all_else_has_moved():
    """One more level around everything: no place is what it was."""
    rpc, request = made(templates.DETAILS, APP, numbers=tuple(range(1, 50)))
    found = asked.read([(rpc, [[None, request]])], {"app": APP})[templates.DETAILS]
    assert found.request == [[None, OURS[templates.DETAILS].request]]


def test_an_rpc_with_another_id_is_known_by_its_request():
    page = [
        ("A6yuRe", [[APP, 7]]),
        ("Xy12Ab", made(templates.DETAILS, APP, numbers=tuple(range(1, 50)))[1]),
        ("ZittHe", [[None, [[3, [10]], None, None, [184]], [APP, 7]]]),
        made(templates.REVIEWS, APP),
    ]
    found = asked.renewed(asked.read(page, {"app": APP}))
    assert {kind: one.rpc for kind, one in found.items()} == {"details": "Xy12Ab", "profile": "Xy12Ab"}
    assert asked.differences(OURS[templates.DETAILS], found[templates.DETAILS]) == [
        "the RPC is Xy12Ab, ours Ws7gDc"
    ]
    assert asked.others("Ws7gDc", page) == {"Xy12Ab"}
    assert asked.others("ag2B9c", page) == set()


def test_a_page_of_another_app_tells_nothing_of_how_this_one_is_asked():
    assert asked.read([made(templates.DETAILS, APP)], {"app": "com.example.other"}) == {}


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("http://h/store/apps/details?id=a.b&hl=en", {"app": "a.b"}),
        ("http://h/store/apps/datasafety?id=a.b", {"app": "a.b"}),
        ("http://h/store/apps/dev?id=12", {"developer": "12"}),
        ("http://h/store/apps/developer?id=A+B", {"query": "pub:A B"}),
        ("http://h/store/search?q=a&c=apps", {"query": "a"}),
        ("http://h/store/apps/details?hl=en", {}),
        ("http://h/robots.txt", {}),
        ("http://[", {}),
    ],
)  # fmt: skip
def test_an_address_says_what_its_page_was_asked(address, known):
    assert asked.known(address) == known


def page_with(table, *blocks):
    return Page(
        f"<html><script>var AF_dataServiceRequests = {{{table}}}; var AF_initDataChunkQueue = [];</script>{''.join(blocks)}</html>".encode()
    )


def test_requests_are_read_off_the_page_as_far_as_they_can_be():
    tricky = "[\"'ds:9' : {id:'Nope',request:[1]\", \"]\"]"
    page = page_with(
        f"'ds:0' : {{id:'A',request:[]}},'ds:1' : {{id:'B',ext: 1.59168981E8 ,request:{tricky}}},"
        "'ds:2' : {id:'C',request:[1,}},'ds:3' : {id:'D',request:[[2]]}"
    )
    assert page.requests == [("A", []), ("B", ["'ds:9' : {id:'Nope',request:[1]", "]"]), ("D", [[2]])]
    deep = page_with(f"'ds:0' : {{id:'A',request:{'[' * 100_000}}},'ds:1' : {{id:'B',request:[]}}")
    assert deep.requests == [("B", [])]
    assert not page_with(f"'ds:0' : {{id:'A',request:{'[' * 200}{']' * 200}}}").requests


def test_a_block_whose_rpc_has_another_id_is_found():
    request = json.dumps(made(templates.RELATED, APP)[1])
    page = page_with(
        f"'ds:0' : {{id:'Other',request:[1]}},'ds:8' : {{id:'New1',request:{request}}}",
        block("ds:0", [1]),
        block("ds:8", ["it"]),
    )
    assert page.block("ag2B9c") == ["it"]
    assert page.block("Ws7gDc") is None


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ('{"G8C1sd":"%.@.[true],null]","x":1}', [[True], None]),
        ('{"G8C1sd":"%.@.]","x":"%.@.1]"}', []),
        ('{"G8C1sd":"nothing","x":"1"}', None),
        ('{"G8C1sd":"%.@.[[","x":"1"}', None),
        ('{"G8C1sd":"%.@.', None),
    ],
)
def test_a_list_among_the_settings(settings, found):
    assert Page(f"<script>window.WIZ_global_data = {settings};</script>".encode()).setting("G8C1sd") == found


def test_a_file_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "templates.json"
    path.write_bytes(templates.written(OURS))
    read = templates.read(path)
    assert {kind: (one.rpc, one.text) for kind, one in read.items()} == {
        kind: (one.rpc, one.text) for kind, one in OURS.items()
    }


MISTAKES = {
    "not there": (None, ["No such file or directory"]),
    "no JSON": ("{", ["it is no JSON: "]),
    "a list": ("[]", ["an object is due, with a template for each kind of call"]),
    "several at once": (
        json.dumps({
            "detail": {"rpc": "a", "request": []},
            "storefront": {"rpc": "jRco8", "request": ["{app}"]},
            "related": {"rpc": "a b", "request": [["{app}"]]},
            "reviews": [],
            "above": {"rpc": "r4RdKc", "request": "x"},
        }),
        [
            "there is no kind of call 'detail'; did you mean details?",
            'storefront: request: there is no "{app}" in calls of this kind; due: none',
            "related: rpc='a b': the id of an RPC is due, such as ag2B9c",
            'related: request: it lacks "{rows}"',
            'reviews: an object with "rpc" and "request" is due',
            "above: request: a list is due, such as [[[null",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_wrong_with_a_file_is_told_with_its_place_all_at_once(name, tmp_path):
    text, sentences = MISTAKES[name]
    path = tmp_path / "t.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(TemplateError) as caught:
        templates.read(path)
    assert len(caught.value.problems) == len(sentences)
    for problem, sentence in zip(caught.value.problems, sentences, strict=True):
        assert problem.startswith(f"{path}: {sentence}")


def test_templates_hold_where_they_are_used_and_nowhere_else():
    other = Template(templates.STOREFRONT, "Other", "[]")
    with templates.using(templates.replaced({templates.STOREFRONT: other})):
        assert calls.storefront("t").rpc == "Other"
        with templates.using(OURS):
            assert calls.storefront("t").rpc == "jRco8"
        assert calls.storefront("t").rpc == "Other"
    assert calls.storefront("t").rpc == "jRco8"

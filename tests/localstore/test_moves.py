"""A layout that has moved: what stood at one place of the record stands at the other, and all else is as before."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.localstore.catalogue import App
from playfast.localstore.cli import main
from playfast.localstore.record.fields import PAGE_MASK
from playfast.localstore.record.message import payload, record
from playfast.localstore.record.moves import fetched, moved, place
from playfast.localstore.record.view import View

from .conftest import at, call, frames, running
from .conftest import record as record_of
from .test_anatomy import details

APPS = ["shop.variety.ordinary", "shop.variety.sparse", "shop.variety.paid", "com.example.kettle"]
SCORE, ELSEWHERE = (51, 0, 1), (51, 0, 4)


def view(app_id="shop.variety.ordinary", gl="us", moves=()):
    return View(App(app_id), gl, "en", words=True, moves=moves)


def leaves(node, path=()):
    """Every value of a record that is no container, by its place, whichever form the record has."""
    if isinstance(node, list):
        tail = node[-1] if node and isinstance(node[-1], dict) else {}
        for index, entry in enumerate(node[: len(node) - bool(tail)]):
            yield from leaves(entry, (*path, index))
        for number, entry in tail.items():
            yield from leaves(entry, (*path, int(number) - 1))
    elif node is not None:
        yield path, node


def all_of(record_):
    return dict(leaves(record_))


def as_fields(record_):
    """A record as the builders give it: numbers with values."""
    tail = record_[-1] if record_ and isinstance(record_[-1], dict) else {}
    dense = record_[: len(record_) - bool(tail)]
    found = [(index + 1, entry) for index, entry in enumerate(dense) if entry is not None]
    return sorted([*found, *((int(number), entry) for number, entry in tail.items())])


# On any record

LEAF = st.integers(1, 9) | st.text("ab", min_size=1, max_size=2) | st.booleans()


def _message(inner):
    """A message as Play writes one: an array, whose last element may be an object that goes on with it."""
    dense = st.lists(st.none() | inner, max_size=4)
    tails = st.dictionaries(st.integers(6, 12).map(str), inner, min_size=1, max_size=2)
    return st.one_of(dense, st.tuples(dense, tails).map(lambda parts: [*parts[0], parts[1]]))


NODE = st.recursive(LEAF, _message, max_leaves=8)
FIELDS = st.dictionaries(st.integers(1, 12), NODE, min_size=1, max_size=5).map(
    lambda found: sorted(found.items())
)
MASK = tuple(range(1, 30))


def numbered(fields):
    return {(number - 1, *path): value for number, entry in fields for path, value in leaves(entry)}


@settings(max_examples=300, deadline=None, database=None)
@given(FIELDS, st.data())
def test_a_value_that_moves_stands_at_its_new_place_and_nothing_else_changes(fields, data):
    before = numbered(fields)
    if not before:
        return
    old = data.draw(st.sampled_from(sorted(before)))
    new = (data.draw(st.integers(15, 20)), *data.draw(st.lists(st.integers(0, 6), max_size=3)))
    kept = copy.deepcopy(fields)
    after = numbered(moved(fields, ((old, new),), MASK))
    assert after == {**{path: value for path, value in before.items() if path != old}, new: before[old]}
    assert fields == kept  # what was made is kept for other answers


@settings(max_examples=300, deadline=None, database=None)
@given(FIELDS, st.data())
def test_a_value_that_moves_within_its_message_leaves_its_neighbours_alone(fields, data):
    before = numbered(fields)
    deep = sorted(path for path in before if len(path) > 1)
    if not deep:
        return
    old = data.draw(st.sampled_from(deep))
    new = (*old[:-1], data.draw(st.integers(13, 16)))
    after = numbered(moved(fields, ((old, new),), MASK))
    assert after == {**{path: value for path, value in before.items() if path != old}, new: before[old]}


@settings(max_examples=200, deadline=None, database=None)
@given(FIELDS, st.lists(st.integers(0, 14), min_size=1, max_size=4).map(tuple))
def test_an_absent_place_moves_nothing(fields, old):
    if any(path[: len(old)] == old for path in numbered(fields)):
        return
    assert numbered(moved(fields, ((old, (17, 2)),), MASK)) == numbered(fields)


@settings(max_examples=200, deadline=None, database=None)
@given(FIELDS, st.data())
def test_two_places_may_change_places(fields, data):
    before = numbered(fields)
    if len(before) < 2:
        return
    one, other = data.draw(st.lists(st.sampled_from(sorted(before)), min_size=2, max_size=2, unique=True))
    after = numbered(moved(fields, ((one, other), (other, one)), MASK))
    assert after == {**before, one: before[other], other: before[one]}


def test_a_whole_message_moves_with_all_that_is_in_it():
    fields = [(3, ["a", [1, 2], {"9": "z"}]), (5, "b")]
    assert moved(fields, (((2,), (8,)),), MASK) == [(5, "b"), (9, ["a", [1, 2], {"9": "z"}])]
    assert moved(fields, (((2, 1), (4,)),), MASK) == [(3, ["a", None, {"9": "z"}]), (5, [1, 2])]
    assert moved(fields, (((2, 8), (6, 0)),), MASK) == [(3, ["a", [1, 2], {"9": None}]), (5, "b"), (7, ["z"])]


def test_only_fields_of_the_mask_are_sent():
    fields = [(1, "a"), (2, "b")]
    assert moved(fields, (((0,), (4,)),), (1, 2)) == [(2, "b")]
    assert moved(fields, (((0,), (4,)),), (5,)) == [(5, "a")]


@pytest.mark.parametrize(
    ("mask", "moves", "due"),
    [
        ((1, 52), (), (1, 52)),
        ((1, 52), ((SCORE, ELSEWHERE),), (1, 52)),
        ((1, 52), (((10, 0), (51, 9)),), (1, 11, 52)),
        ((1,), (((51,), (99,)),), (1,)),
        ((100,), (((51,), (99,)), ((0,), (99, 1))), (1, 52, 100)),
    ],
)
def test_what_now_stands_in_an_asked_field_is_made_too(mask, moves, due):
    assert fetched(mask, moves) == due


# On the store's records


@pytest.mark.parametrize("app_id", APPS)
@pytest.mark.parametrize(
    "move",
    [
        (SCORE, ELSEWHERE),
        ((72, 0, 1), (130, 3)),
        ((13,), (160,)),
        ((0, 0), (0, 7)),
        ((77, 0), (3,)),
        ((145, 0, 1), (2, 2, 2)),
    ],
    ids=str,
)
def test_in_a_record_of_any_form_the_value_stands_elsewhere(app_id, move):
    old, new = move
    mask = (*PAGE_MASK, new[0] + 1)
    plain, after = record(view(app_id), mask), record(view(app_id, moves=(move,)), mask)
    assert at(after, *new) == at(plain, *old) is not None
    assert at(after, *old) is None
    under = len(old)
    expected = {
        (*new, *path[under:]) if path[:under] == old else path: value for path, value in all_of(plain).items()
    }
    assert all_of(after) == expected


def test_records_come_in_both_forms_here():
    """Or the test above would say less than it seems to."""
    forms = {isinstance(record(view(app_id), PAGE_MASK)[-1], dict) for app_id in APPS}
    assert forms == {True, False}


@pytest.mark.parametrize("app_id", ["shop.variety.announced", "shop.variety.unrated"])
def test_an_app_without_the_value_is_as_before(app_id):
    moves = ((SCORE, ELSEWHERE),)
    if at(record(view(app_id), PAGE_MASK), *SCORE) is None:
        assert record(view(app_id, moves=moves), PAGE_MASK) == record(view(app_id), PAGE_MASK)


def test_a_field_that_was_not_asked_is_not_there_though_it_has_moved():
    moves = (((51,), (99,)),)
    assert at(record(view(moves=moves), (1, 52)), 51) is None
    assert at(record(view(moves=moves), (1, 52)), 99) is None
    assert at(record(view(moves=moves), (1, 100)), 99) == at(record(view(), (1, 52)), 51)


def test_the_answer_lists_the_fields_it_was_asked_for():
    assert payload(view(moves=(((51,), (99,)),)), (1, 52))[1][3] == payload(view(), (1, 52))[1][3]


# Over HTTP


@pytest.fixture(scope="module")
def moved_store():
    with running("--move", "51,0,1=51,0,4", "0,0=0,9") as client:
        yield client


def test_rpc_and_page_have_moved_alike(moved_store, server):
    for app_id in APPS:
        before = record_of(frames(server.post([call(app_id, 1, 52, 78)]).text)[app_id])
        after = record_of(frames(moved_store.post([call(app_id, 1, 52, 78)]).text)[app_id])
        score, title = at(before, *SCORE), at(before, 0, 0)
        assert title
        assert (at(after, *ELSEWHERE), at(after, *SCORE), at(after, 0, 9), at(after, 0, 0)) == (
            score,
            None,
            title,
            None,
        )
        assert at(after, 77) == at(before, 77)
        on_page = details(moved_store.page(app_id).text)
        assert (at(on_page, 0, 9), at(on_page, 0, 0)) == (title, None)
        assert at(on_page, *ELSEWHERE) == at(details(server.page(app_id).text), *SCORE) == score
        assert at(on_page, *SCORE) is None


# The command line


@pytest.mark.parametrize(("text", "found"), [("0", (0,)), ("51,0,1", (51, 0, 1)), ("5, 1", (5, 1))])
def test_a_place_is_indices_between_commas(text, found):
    assert place(text) == found


@pytest.mark.parametrize("text", ["", ",", "a", "1,", "1,a", "-1", "1,-1", "1.5", "1;2", "1 2", "[1]"])
def test_what_is_no_place_is_a_valueerror(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the option's
        place(text)


@pytest.mark.parametrize("entry", ["51", "51=", "=51", "51=a", "a=51", "51=52=53", "-1=2", "51,=2"])
def test_a_move_that_makes_no_sense_is_told(entry, capsys):
    with pytest.raises(SystemExit) as ended:
        main([f"--move={entry}"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "--move" in told
    assert entry in told
    assert "51,0,1=51,0,4" in told


def test_a_move_is_told_with_the_other_mistakes(capsys):
    with pytest.raises(SystemExit):
        main(["--move", "x=y", "--absent", "3"])
    told = capsys.readouterr().err
    assert "x=y" in told
    assert "--absent" in told


def test_the_help_tells_of_moves(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "--move FROM=TO" in told
    assert "(51,0,1=51,0,4)" in told

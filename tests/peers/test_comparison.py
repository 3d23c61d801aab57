"""The comparison fails where it has to: a peer that says something else, more or less than it should, or no longer is as wrong as it was."""

from __future__ import annotations

import json
import tomllib

import pytest

from tests.conftest import ROOT
from tests.docs.pages import rows
from tests.peers.comparing import PAIRS, problems
from tests.peers.fields import EVERY, FOUND, SOMETHING, Case, Comparison, Field, Wrong, equal
from tests.peers.methods import app
from tests.peers.page import (
    CLUSTER,
    NAMED,
    NO_BLOCK,
    NO_LISTS,
    NOWHERE,
    NUMBERED,
    Laid,
    above,
    first_list,
    laid,
)
from tests.peers.peers import NPM
from tests.peers.wrong import WRONG
from tests.peers.wrong.saying import always, says

TITLE = Field(peer="title", ours="title", right=lambda record: record["title"], numbers=(1,))
SIZE = Field(peer="size", ours="bytes", right=lambda record: record["bytes"] / 1000)
OURS = Case(ours={"title": "Some", "bytes": 2000}, what="an app")


def known(*fields, when=always, value="other", source="a line"):
    return Wrong(
        peer="npm",
        method="app",
        fields=fields,
        why="so it is",
        file="lib/app.js",
        source=source,
        when=when,
        says=says(value),
    )


def comparison(*wrong, left_out=None):
    return Comparison("npm", "app", (TITLE, SIZE), wrong, left_out)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"title": "Some", "size": 2}, []),
        ({"title": "Some", "size": 2.0}, []),
        ({"title": "Else", "size": 2}, ["an app: title is 'Else', due from title: 'Some'"]),
        ({"title": None, "size": 2}, ["an app: title is None, due from title: 'Some'"]),
        ({"title": "Some", "size": True}, ["an app: size is True, due from bytes: 2.0"]),
        ({"title": "Some"}, ["an app: size is missing from the answer"]),
        ({"title": "Some", "size": 2, "icon": "x"}, ["an app: icon is compared with nothing"]),
    ],
)
def test_a_record_is_compared_name_by_name(answer, told):
    compare = comparison()
    compare.record(OURS, answer)
    assert compare.compared.disagreements == told


def test_a_name_that_is_left_out_has_to_be_there_all_the_same():
    compare = comparison(left_out={"icon": "for a reason"})
    compare.record(OURS, {"title": "Some", "size": 2})
    assert compare.compared.disagreements == ["an app: icon is missing from the answer"]
    compare.record(OURS, {"title": "Some", "size": 2, "icon": "x"})
    assert len(compare.compared.disagreements) == 1


@pytest.mark.parametrize("named", [("title",), (EVERY,)], ids=["by name", "every"])
def test_what_is_known_to_be_wrong_has_to_be_as_wrong(named):
    entry = known(*named)
    compare = comparison(entry)
    compare.record(OURS, {"title": "other", "size": 2})
    assert not compare.compared.disagreements
    assert compare.compared.known == {entry: 1}
    compare.record(OURS, {"title": "Some", "size": 2})
    assert compare.compared.disagreements == ["an app: title is 'Some', due from title: 'other'"]


def test_nothing_else_is_excused():
    compare = comparison(known("title"))
    compare.record(OURS, {"title": "other", "size": 3})
    assert compare.compared.disagreements == ["an app: size is 3, due from bytes: 2.0"]


def test_what_does_not_apply_is_not_excused():
    compare = comparison(known("title", when=lambda case, _: case.facts.get("sparse", False)))
    compare.record(OURS, {"title": "other", "size": 2})
    assert compare.compared.disagreements == ["an app: title is 'other', due from title: 'Some'"]


def test_what_is_wrong_and_right_at_once_is_right():
    entry = known("title", value="Some")
    compare = comparison(entry)
    compare.record(OURS, {"title": "Some", "size": 2})
    assert not compare.compared.disagreements
    assert not compare.compared.known


@pytest.mark.parametrize(
    ("found", "due", "goes_on", "told"),
    [
        (SOMETHING, SOMETHING, True, 0),
        ("404", "404", False, 0),
        ("404", SOMETHING, False, 1),
        (SOMETHING, "404", False, 1),
    ],
)
def test_a_missing_answer_is_told(found, due, goes_on, told):
    compare = comparison()
    assert compare.answer(OURS, found, due) is goes_on
    assert len(compare.compared.disagreements) == told


def test_an_answer_of_which_it_is_known_that_it_is_there_is_not_compared():
    compare = comparison(known(FOUND, value=SOMETHING))
    assert not compare.answer(OURS, SOMETHING, "404")
    assert not compare.compared.disagreements


class Sources:
    """Stands for a run: the peers' files hold one line."""

    def source(self, _peer, _file):
        return "const a line = 1;"


def test_what_is_known_to_be_wrong_has_to_be_seen_and_found_in_the_source(monkeypatch):
    entries = (known("title"), known("size", source="another line"))
    monkeypatch.setattr("tests.peers.comparing.WRONG", entries)
    compare = comparison(*entries)
    assert problems(Sources(), NPM, compare.compared) == [
        "title: no answer shows that so it is",
        "size: 'another line' is not in lib/app.js, so who says that so it is?",
        "size: no answer shows that so it is",
    ]
    compare.record(OURS, {"title": "other", "size": "other"})
    assert problems(Sources(), NPM, compare.compared) == [
        "size: 'another line' is not in lib/app.js, so who says that so it is?"
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (0, 0.0, True),
        (0, False, False),
        (1, True, False),
        (None, False, False),
        ([1, {"a": None}], (1, {"a": None}), True),
        ([1], [1, 2], False),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ([True], [1], False),
        ("", None, False),
    ],
)
def test_values_of_json(one, other, same):
    assert equal(one, other) is same
    assert equal(other, one) is same


def page(record, rpc="Ws7gDc"):
    return (
        f"<script>var AF_dataServiceRequests = {{'ds:5' : {{id:'{rpc}',request:[]}}}};</script>"
        f"<script>AF_initDataCallback({{key: 'ds:5', hash: '1', data:{record}, sideChannel: {{}}}});</script>"
    )


def nested(value, *path):
    """A value at a place, and nothing beside it."""
    for step in reversed(path):
        value = [*[None] * step, value]
    return value


def test_how_a_record_is_laid_out():
    found = laid(page('[null,[null,null,["a",null,"c",{"7":"g"}]]]'), "ds:5")
    assert found == Laid(frozenset({1, 3}), 3, goes_on=True)
    assert found.lost(7)
    assert found.lost(5)
    assert not found.lost(2)
    assert not found.lost(1, 7)
    assert found.lost(2, 7)
    assert not found.lost()
    assert not laid(page('[null,[null,null,["a",null,"c"]]]'), "ds:5").lost(7)


@pytest.mark.parametrize("other", ["", page("[]"), page("[null,[null,null,null]]")])
def test_a_record_in_another_block(other):
    assert laid(other, "ds:5") is NOWHERE


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("/store/apps/collection/cluster?gsr=x%3D", (CLUSTER, "")),
        ("/store/apps/dev?id=12", (NUMBERED, "12")),
        ("/store/apps/developer?id=Some+%26+Co", (NAMED, "Some & Co")),
    ],
)
def test_where_the_first_list_leads(link, told):
    lists = [nested(link, 21, 1, 2, 4, 2), nested("/store/apps/dev?id=13", 21, 1, 2, 4, 2)]
    assert first_list(page(json.dumps(nested(lists, 1, 1)), "ag2B9c")) == told


def test_a_page_without_lists_or_their_block():
    assert first_list(page("[null,[null,null]]", "ag2B9c")) == (NO_LISTS, "")
    assert first_list(page("[null,[null,null]]")) == (NO_BLOCK, "")
    failed = page("[5]", "ag2B9c").replace(", sideChannel: {}", ",errorHasStatus: true,")
    assert first_list(failed) == (NO_BLOCK, "")


def test_the_app_above_a_list():
    section = nested({"12": [["a.b", 7]]}, 23, 16, 3)
    assert above(page(json.dumps(nested([section], 1, 1)), "r4RdKc")) == "a.b"
    assert above(page("[null,[null,null]]", "r4RdKc")) is None
    assert above(page("[null,[null,null]]")) is None


def test_every_entry_is_of_a_method_that_is_compared():
    assert {(entry.peer, entry.method) for entry in WRONG} <= {(peer.name, method) for peer, method in PAIRS}


@pytest.mark.parametrize(("place", "peer"), [(1, "npm"), (2, "pypi")])
def test_what_the_page_of_fields_calls_their_names_is_compared(place, peer):
    named = tomllib.loads((ROOT / "docs" / "peer_names.toml").read_text(encoding="utf-8")).values()
    theirs = {name for names in named for name in names[place].split(", ") if name}
    assert len(theirs) > 30
    assert theirs <= {one.peer for one in app.FIELDS[peer]}


def test_the_docs_say_what_is_known_to_be_wrong():
    told = [tuple(cells) for cells in rows(ROOT / "docs" / "reliability.md", "peer")]
    assert told == [
        (entry.peer, f"`{entry.method}`", ", ".join(f"`{name}`" for name in entry.fields), entry.why)
        for entry in WRONG
    ]

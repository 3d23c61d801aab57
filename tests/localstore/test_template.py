"""Requests that have changed: pages ask in the new form, calls in the former one are answered with nothing."""

from __future__ import annotations

import json

import pytest

from playfast.localstore.page.builds import routing_script
from playfast.localstore.page.config import CONTEXT, settings
from playfast.localstore.rpc.template import FORMS, read

from .conftest import call, frames, running

APP = "shop.variety.ordinary"


def changed(form):
    former, new = FORMS[form]
    return json.loads(json.dumps(CONTEXT, separators=(",", ":")).replace(former, new))


def answered(store, rpc, context=CONTEXT):
    """The payload of a call, which the store reads whatever its blanks are."""
    _, arguments, *rest = call(APP, 1, 78, context=context)
    assert ", " in arguments
    frame = frames(store.post([[rpc, arguments, *rest]]).text)[APP]
    assert frame[1] == rpc
    return frame[2]


def test_each_form_is_in_what_pages_say():
    said = (routing_script(APP, "2026") + settings("us", "en", "2026")).decode()
    assert FORMS["context"][0] in said
    assert FORMS["layouts"][0] in said
    after = read(("context", "layouts", "rpc:Ws7gDc=Xy12Ab")).page(said.encode()).decode()
    assert not any(former in after for former, _ in FORMS.values())
    assert all(new in after for _, new in FORMS.values())
    assert "{id:'Xy12Ab'" in after
    assert "{id:'Ws7gDc'" not in after


def test_a_call_is_answered_in_the_new_form_alone():
    with running("--template", "context") as store:
        assert answered(store, "Ws7gDc") is None
        assert APP in answered(store, "Ws7gDc", changed("context"))


def test_an_rpc_is_answered_under_its_new_id_alone():
    with running("--template", "rpc:Ws7gDc=Xy12Ab") as store:
        assert answered(store, "Ws7gDc") is None
        assert APP in answered(store, "Xy12Ab")


@pytest.mark.parametrize("word", ["context2", "rpc:", "rpc:A", "rpc:A=", "rpc:A=B C"])
def test_other_words_are_refused(word):
    with pytest.raises(ValueError, match=word.split(":")[0]):
        read((word,))

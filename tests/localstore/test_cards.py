"""Cards where a list goes on: what those who read the older layout rely on."""

from __future__ import annotations

import pytest

from playfast.localstore.catalogue import App
from playfast.localstore.page.cards import card, older_card
from playfast.localstore.record.view import View


def amount(node):
    return node[7][0][3][2][1][0]


@pytest.mark.parametrize("name", ["ordinary", "salefree"])
def test_nothing_but_the_missing_text_tells_that_an_app_is_free(name):
    view = View(App(f"shop.variety.{name}"), "us", "en", words=True)
    assert card(view)[8][1][0] == [0, "USD", ""]
    assert amount(older_card(view)) == [0, "USD"]


def test_a_price_has_its_text():
    view = View(App("shop.variety.paid"), "us", "en", words=True)
    assert amount(older_card(view)) == [6_990_000, "USD", "$6.99"]

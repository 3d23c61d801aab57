"""Fields for money: the offer, and what is sold inside."""

from __future__ import annotations

from typing import Any

from .fields import field
from .view import View

_FREE, _PAID = 1, 2
_MILLION = 1_000_000


def price(view: View, micros: int, currency: str, decimals: int) -> list[Any]:
    """An amount: micros, currency, text (empty when free)."""
    return [micros, currency, view.lang.price(micros, currency, decimals) if micros else ""]


def offer_node(view: View) -> list[Any] | None:
    """The offer as cards and the offer field hold it, or None where there is none."""
    offer = view.app.offer(view.country.code)
    if offer is None:
        return None
    app_id = view.app.app_id
    amounts = [price(view, offer.micros, offer.currency, offer.decimals)]
    ends: list[Any] | None = None
    if offer.original_micros is not None and offer.sale_ends is not None:
        amounts.append(price(view, offer.original_micros, offer.currency, offer.decimals))
        ends = [[offer.sale_ends], view.lang.say("sale").format(day=view.lang.day(offer.sale_ends))]
    url = f"https://play.google.com/store/apps/details?id={app_id}&rdid={app_id}&feature=md&offerId"
    kind = _PAID if offer.micros else _FREE
    node = [
        None,
        amounts,
        None,
        [None, view.lang.say("buy")],
        None,
        kind,
        [None, None, None, None, None, [None, None, url]],
    ]
    return [*node, None, ["CAE="], None, None, None, None, None, ends, None, []]


@field(58)
def offer(view: View) -> Any:
    """The offer: price, original price and end of a sale, and the label of the button."""
    node = offer_node(view)
    if node is None:
        return None
    amount = node[1][0]
    label = f"{amount[2]} {view.lang.say('buy')}" if amount[0] else view.lang.say("install")
    return [[[[node], [label], None, ["CgYKBENBRT0="]]]]


@field(20)
def items(view: View) -> Any:
    """The range of prices of things sold inside."""
    found = view.app.item_prices(view.country.code)
    if found is None or view.app.listing == "announced":
        return None
    money = view.country
    low, high = (view.lang.price(micros, money.currency, money.decimals) for micros in found)
    prices = low if low == high else view.lang.say("range").format(low=low, high=high)
    text = view.lang.say("per_item").format(range=prices)
    return [text] if view.words else [text, [0]]

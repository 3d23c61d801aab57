"""What an app costs in each country, sales, and the prices of what is sold inside it."""

from __future__ import annotations

from typing import NamedTuple

from .chance import Chance
from .places import Country

MILLION = 1_000_000
_TIERS = (0.99, 0.99, 1.49, 1.99, 1.99, 2.99, 3.99, 4.99, 4.99, 6.99, 9.99, 14.99, 29.99, 99.99)
_HIGH_TIERS = (1.49, 1.49, 4.99, 9.99, 19.99, 49.99, 99.99, 289.99)
#: Sales end in the weeks after this instant (2027-01-15), well after any day these tests are read on.
_SALES_END = 1_800_000_000


class Offer(NamedTuple):
    """What one country pays: millionths of the currency's unit; the original price and the sale's end only while on sale."""

    micros: int
    currency: str
    decimals: int
    original_micros: int | None = None
    sale_ends: int | None = None


def in_currency(dollars: float, country: Country) -> int:
    """A dollar price as this country's store asks it: micros, rounded the way shops round there."""
    amount = dollars * country.per_dollar
    if country.decimals == 0 or amount >= 1_000:  # noqa: PLR2004 - from a thousand units on nobody asks cents
        step = 10 if amount < 10_000 else 100  # noqa: PLR2004 - as above
        return max(step, round(amount / step) * step) * MILLION
    return (max(1, round(amount)) * 100 - 1) * MILLION // 100


def dollars(chance: Chance) -> float:
    """The price of the app in US dollars: 0.0 when free (92 %)."""
    return chance.pick("price tier", _TIERS) if chance.happens("paid", 0.08) else 0.0


def make_offer(chance: Chance, country: Country) -> Offer:
    """The offer in a country. A sale runs in every country at once."""
    full = dollars(chance)
    if not full:
        return Offer(0, country.currency, country.decimals)
    micros = in_currency(full, country)
    if not chance.happens("on sale", 0.2):
        return Offer(micros, country.currency, country.decimals)
    share = chance.pick("sale share", (0.5, 0.25, 0.75, 0.0))
    now = in_currency(full * share, country) if share else 0
    ends = _SALES_END + chance.between("sale end", 0, 60) * 86_400
    return Offer(min(now, micros), country.currency, country.decimals, micros, ends)


def item_prices(chance: Chance, country: Country) -> tuple[int, int] | None:
    """The lowest and highest price of things sold inside the app, in micros, or None when nothing is (65 %)."""
    if not chance.happens("sells inside", 0.35):
        return None
    low = chance.pick("item low", (0.99, 0.99, 0.49, 1.49, 1.99))
    high = chance.pick("item high", _HIGH_TIERS)
    if high <= low or chance.happens("one item", 0.15):
        high = low
    return in_currency(low, country), in_currency(high, country)

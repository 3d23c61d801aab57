"""Cards of apps in lists, as npm's scraper reads them; compared with our `Listing`."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.peers.fields import Field, Record


def _same(peer: str, ours: str) -> Field:
    return Field(peer=peer, ours=ours, right=lambda record: record[ours])


def _page_of(told: str) -> str:
    """An address with neither host nor storefront."""
    split = urlsplit(told)
    return f"{split.path}?{split.query.split('&')[0]}"


def _page(record: Record) -> str:
    return f"/store/apps/details?id={record['app_id']}"


FIRST = (
    _same("title", "title"),
    _same("appId", "app_id"),
    Field(peer="url", ours="app_id, in an address", right=_page, read=_page_of),
    _same("icon", "icon"),
    _same("developer", "developer"),
    _same("currency", "currency"),
    _same("price", "price"),
    _same("free", "free"),
    _same("summary", "description_html"),
    _same("scoreText", "score_text"),
    _same("score", "score"),
)
"""What it reads from the first cards of a list."""
FURTHER = (
    *FIRST,
    Field(
        peer="developerId",
        ours="(nothing)",
        right=lambda _: None,
    ),
    Field(
        peer="priceText",
        ours="price_text, or free",
        right=lambda record: record["price_text"] or ("FREE" if record["free"] else None),
    ),
)
"""What it reads from those that a list goes on with, which are of an older layout."""

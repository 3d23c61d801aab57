"""Where the front pages of the store and of its categories stand."""

from __future__ import annotations

from playfast.spiders.plan import Storefront

_OWN = {"APPLICATION": "apps", "GAME": "games"}


def front_page(origin: str, category: str, storefront: Storefront) -> str:
    """Address of a category's front page."""
    path = _OWN.get(category, f"apps/category/{category}")
    return f"{origin}/store/{path}?hl={storefront.lang}&gl={storefront.country}"

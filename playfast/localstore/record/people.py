"""Fields for who made the app and how to reach them."""

from __future__ import annotations

from typing import Any

from .fields import field
from .parts import link, outside
from .view import View


@field(38)
def seller(view: View) -> Any:
    """Who offers it."""
    return [view.app.developer.seller]


@field(69)
def developer(view: View) -> Any:
    """Name, page and numeric id of the developer."""
    found = view.app.developer
    return [found.name, link(found.path), found.number]


@field(70)
def contact(view: View) -> Any:
    """Website, email, the older address, and who answers by law."""
    found = view.app.developer
    node: list[Any] = [outside(found.website) if found.website else None, [found.email]]
    if found.address:
        node.append([found.address])
    if found.trader:
        trader = found.trader
        legal: list[Any] = [trader.name, [trader.email], [trader.address]]
        if trader.phone:
            legal.append(trader.phone)
        node += [None] * (4 - len(node))
        node.append(legal)
    return node

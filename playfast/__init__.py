"""playfast: Scrapy spiders for the public data of Google Play."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playfast.client import AsyncClient, Client

__version__ = "0.1.0"
__all__ = ["AsyncClient", "Client"]


def __getattr__(name: str) -> Any:
    """The clients, when they are asked for: they bring all of Scrapy, which the local store, for one, has no use for."""
    if name in __all__:
        from playfast import client  # noqa: PLC0415

        return getattr(client, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""jRco8: which storefront answers."""

from __future__ import annotations

from playfast.localstore.catalogue import App
from playfast.localstore.page.frame_blocks import echo
from playfast.localstore.record.view import View

from .calls import Answer, Storefront


def understand(_: str) -> str:
    """There is nothing to ask but who it is."""
    return "storefront"


def answer(_: str, front: Storefront) -> Answer:
    """The foot of the pages of this storefront."""
    return Answer(echo(View(App("example.nobody.app", front.seed), front.gl, front.hl, words=front.words)))

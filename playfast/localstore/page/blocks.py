"""The table of page blocks: which RPC's data is made by what. A new kind of block is a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playfast.localstore.record.message import payload
from playfast.localstore.record.view import View

from . import clusters, comments, frame_blocks
from .builds import mask_of


def _record(view: View) -> list[Any]:
    build = view.app.page_build
    return payload(view, mask_of(build), flat=build == "2022")


def _phone_ratings(view: View) -> list[Any]:
    return payload(view, (52,), phone=True)


def _nothing(_: View) -> list[Any]:
    return []


#: Makes the data of a block, by RPC.
DATA: dict[str, Callable[[View], list[Any]]] = {
    "T6C6Se": lambda _: frame_blocks.navigation(),
    "Qu3lde": lambda _: frame_blocks.menu(),
    "X5bnOb": lambda _: [1],
    "CLXjtf": frame_blocks.alternates,
    "A6yuRe": _nothing,
    "Ws7gDc": _record,
    "Ws7gDc/52": _phone_ratings,
    "ZittHe": frame_blocks.events,
    "yowZ5": frame_blocks.stories,
    "ag2B9c": clusters.related,
    "oCPfdb": comments.first_reviews,
    "jRco8": frame_blocks.echo,
    "shGlA": lambda _: frame_blocks.footer(),
    "e7uDs": _nothing,
    "gIDi0": _nothing,
    "c5NYSc": frame_blocks.questions,
}

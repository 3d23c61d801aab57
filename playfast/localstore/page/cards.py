"""Cards: an app in a list. Lists of later pages are made of the same."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from playfast.localstore.chance import Chance
from playfast.localstore.media import tokens
from playfast.localstore.record import listing, offer, tags
from playfast.localstore.record.parts import html, icon, image, link
from playfast.localstore.record.view import View

_PASS = 33

Maker = Callable[[View], Any]


def _score(view: View) -> Any:
    ratings = view.app.ratings
    return [view.lang.decimal(ratings.score), ratings.score] if ratings else []


def _log_token(view: View) -> Any:
    return ["qgJM" + tokens(Chance("card", view.app.app_id), "token", 96) + "=="]


def _video(view: View) -> Any:
    found = listing.video(view)
    if found is None:
        return None
    head, still = found[0]
    return [[head, None, 1, still]]


def _installs(view: View) -> Any:
    least = view.app.min_installs
    return None if least is None else view.lang.at_least(least)


def _items(view: View) -> Any:
    found = offer.items(view)
    return found and [found[0], [view.no]]


# Place in a card, the field of a record that it is made of, and how. Of the id and the link nobody knows a field: they are always there.
_MAKERS: tuple[tuple[int, int | None, Maker], ...] = (
    (0, None, lambda view: [view.app.app_id, 7]),
    (1, 96, lambda view: icon(view.app.icon)),
    (2, 79, lambda view: [image(shot) for shot in view.app.screenshots[:8]]),
    (3, 1, lambda view: view.app.title),
    (4, 52, _score),
    (5, 80, lambda view: view.app.category.name_in(view.lang.code)),
    (8, 58, offer.offer_node),
    (9, 103, lambda _: []),
    (10, None, lambda view: link(f"/store/apps/details?id={view.app.app_id}")),
    (11, 92, _log_token),
    (12, 101, _video),
    (13, 73, lambda view: html(view.app.description(view.hl))),
    (14, 69, lambda view: view.app.developer.name),
    (15, 14, _installs),
    (17, 112, lambda _: ""),
    (22, 97, lambda view: view.app.header and image(view.app.header)),
    (24, 10, tags.content_rating),
    (25, 58, offer.offer),
    (26, 19, listing.availability),
    (28, 43, listing.install_state),
    (29, 20, _items),
    (_PASS, 63, listing.play_pass),
)


def card(view: View, mask: Collection[int] | None = None) -> list[Any]:
    """The card of an app, with the fields that are asked for; with all without a mask. It ends with the last of them."""
    node: list[Any] = []
    for place, field, make in _MAKERS:
        if field is not None and mask is not None and field not in mask:
            continue
        value = make(view)
        if value is not None:
            node += [None] * (place - len(node))
            node.append(value)
    return node


def found_card(view: View, mask: Collection[int] | None = None) -> list[Any]:
    """The card of an app among results: an image more, far behind the other fields, so that an object at the end holds it."""
    node = card(view, mask)
    if view.app.header is None:
        return node
    far: dict[str, Any] = {}
    if len(node) > _PASS:
        far[str(_PASS + 1)] = node[_PASS]
        del node[_PASS:]
        while node[-1] is None:
            node.pop()
    wide = view.app.chance.happens("wide image", 0.5)
    far["101" if wide else "102"] = [None, [image(view.app.header)]]
    return [*node, far]


def older_card(view: View) -> list[Any]:
    """The card of an app where a list goes on: an older layout with less in it."""
    app = view.app
    ratings = app.ratings
    node: list[Any] = [None] * 13
    node[1] = [None, [icon(app.icon)]]
    node[2] = app.title
    node[4] = [[[app.developer.name, link(app.developer.path)]], [None, [None, html(app.summary(view.hl))]]]
    if ratings:
        node[6] = [[None, None, [None, [view.lang.decimal(ratings.score), ratings.score]]]]
    price = offer.offer_node(view)
    if price is not None:
        amount = price[1][0]
        # Those who read this layout take an app for free where no text says what it costs; an empty one would be no number to them.
        node[7] = [[None, None, None, [None, None, [None, [amount if amount[2] else amount[:2]]]]]]
    node[9] = link(f"/store/apps/details?id={app.app_id}")
    node[12] = [app.app_id, 7]
    return node

"""GET of the pages that are no app's own: developers, similar apps, data safety."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from playfast.localstore.page import sheets
from playfast.localstore.page.sheets import Sheet
from playfast.localstore.record.view import View

from .asked import Asked
from .reply import Reply

_NOT_FOUND = (
    b"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Not Found</title>"
    b"<p>We're sorry, the requested URL was not found on this server.</html>"
)
BAD = b"<html><title>Error 400 (Bad Request)</title></html>"


def numbered_developer(asked: Asked) -> Reply:
    """The page of a developer, by number."""
    return _developer(asked, by_name=False)


def named_developer(asked: Asked) -> Reply:
    """The page of a developer, by name."""
    return _developer(asked, by_name=True)


def _developer(asked: Asked, *, by_name: bool) -> Reply:
    who = asked.query.get("id")
    if not who:
        return Reply("page", 400, parts=[BAD])
    generation = asked.store.options.tokens
    make = sheets.developer(who, by_name=by_name, generation=generation)
    return page_of(asked, ("developer", by_name, who), make)


def cluster(asked: Asked) -> Reply:
    """The page of the apps that are similar to one."""
    gsr = asked.query.get("gsr")
    if not gsr:
        return Reply("page", 400, parts=[BAD])
    return page_of(asked, ("cluster", gsr), sheets.cluster(gsr, generation=asked.store.options.tokens))


def data_safety(asked: Asked) -> Reply:
    """The page of an app's data safety; for an app that is not there, a good answer that says so in its title alone."""
    app_id = asked.query.get("id")
    if not app_id:
        return Reply("page", 400, parts=[BAD])
    return page_of(asked, ("data safety", app_id), sheets.data_safety(app_id), missing=200)


def page_of(
    asked: Asked, key: Hashable, make: Callable[[View], Sheet | None], *, missing: int = 404
) -> Reply:
    store = asked.store
    if store.options.page_down:
        store.counts.faults["page-down"] += 1
        return store.unavailable("page")
    parts = store.pages.other(key, store.serving(asked.gl), asked.hl, make)
    return Reply("page", missing, parts=[_NOT_FOUND]) if parts is None else Reply("page", parts=parts)

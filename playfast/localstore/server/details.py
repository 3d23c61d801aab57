"""GET /store/apps/details: the page of an app."""

from __future__ import annotations

from playfast.localstore.identifiers import ids

from .asked import Asked
from .reply import Reply

_NOT_FOUND = (
    b"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Not Found</title>"
    b"<p>We're sorry, the requested URL was not found on this server.</html>"
)


def details(asked: Asked) -> Reply:
    """The page of an app in a country and a language, or 404."""
    store = asked.store
    app_id = asked.query.get("id")
    if app_id is None:
        return Reply("page", 400, parts=[b"<html><title>Error 400 (Bad Request)</title></html>"])
    if store.options.page_down:
        store.counts.faults["page-down"] += 1
        return store.unavailable("page")
    if store.faults.breaks_page(app_id):
        store.counts.faults["page-503"] += 1
        return store.unavailable("page")
    if store.faults.of_page():
        store.counts.faults["other-app"] += 1
        first, second = ids(2, store.options.seed)
        app_id = second if app_id == first else first
    parts = store.pages.page(app_id, store.serving(asked.gl), asked.hl)
    return Reply("page", 404, parts=[_NOT_FOUND]) if parts is None else Reply("page", parts=parts)

"""The control routes that tell what searches, suggestions, charts and front pages hold."""

from __future__ import annotations

from playfast.localstore import charts, fronts, searches, suggestions
from playfast.localstore.departments import DEPARTMENTS, EVERYTHING
from playfast.localstore.languages import language
from playfast.localstore.places import storefront

from .asked import Asked
from .control import Handler, json_of, wrong
from .reply import Reply


def search(asked: Asked) -> Reply:
    """What a search for ``q`` finds in a country: all ids in order, how many, and the app that stands above; ``price`` as on the page."""
    query, price = asked.query.get("q", ""), asked.query.get("price", str(searches.ANY_PRICE))
    if not query:
        return wrong("q is missing")
    if price not in map(str, searches.PRICES):
        return wrong(f"price must be one of {', '.join(map(str, searches.PRICES))}, not {price}")
    options = asked.store.options
    found = searches.search(query.strip(), storefront(asked.gl).code, options.seed, options.week, int(price))
    return json_of({"ids": found.ids, "total": len(found.ids), "featured": found.featured})


def suggest(asked: Asked) -> Reply:
    """The searches that are suggested for ``term`` in a country and a language."""
    term = asked.query.get("term", "")
    if not term:
        return wrong("term is missing")
    options = asked.store.options
    country, lang = storefront(asked.gl).code, language(asked.hl).code
    return json_of(suggestions.suggestions(term, country, lang, options.seed, options.week))


def chart(asked: Asked) -> Reply:
    """The ids of a chart: ``collection`` and ``category``, in a country. Without ``collection`` the names that there are."""
    collection, category = asked.query.get("collection"), asked.query.get("category", EVERYTHING)
    if not collection:
        return json_of({"collections": charts.COLLECTIONS, "categories": DEPARTMENTS})
    options = asked.store.options
    return json_of(charts.chart(collection, category, storefront(asked.gl).code, options.seed, options.week))


def front(asked: Asked) -> Reply:
    """The front page of a ``category`` in a country: the sections with all their ids and how many stand on the page, and events."""
    options = asked.store.options
    country = storefront(asked.gl).code
    found = fronts.front(asked.query.get("category", EVERYTHING), country, options.seed, options.week)
    return json_of({"sections": [section._asdict() for section in found.sections], "events": found.events})


#: The control routes of what is found.
TOLD: dict[tuple[str, str], Handler] = {
    ("GET", "/_localstore/search"): search,
    ("GET", "/_localstore/suggest"): suggest,
    ("GET", "/_localstore/chart"): chart,
    ("GET", "/_localstore/front"): front,
}

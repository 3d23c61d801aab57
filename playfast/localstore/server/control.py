"""The control routes under /_localstore: what was seen, what is true, and preparing answers before a clock starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import orjson

from playfast.localstore import corpus, shelves
from playfast.localstore.identifiers import ids
from playfast.localstore.page.comments import row
from playfast.localstore.places import storefront
from playfast.localstore.record.fields import PAGE_MASK
from playfast.localstore.rpc.details import Wanted
from playfast.localstore.truth import changes, truth
from playfast.localstore.weeks import app_in

from .asked import Asked
from .options import CHANGEABLE
from .reply import JSON, TEXT, Reply
from .sitemaps import counts_of, ids_of

_LINES = 5_000


def report(asked: Asked) -> Reply:
    """What the store has seen since it began, or since the last reset."""
    return json_of(asked.store.counts.report())


def reset(asked: Asked) -> Reply:
    """Set all counts to zero."""
    asked.store.counts.reset()
    return json_of({"reset": True})


def options_now(asked: Asked) -> Reply:
    """The options that may be changed, as they are."""
    return json_of({name: getattr(asked.store.options, name) for name in CHANGEABLE})


def change_options(asked: Asked) -> Reply:
    """Change options: a JSON object of those that are to be others. With a mistake in it nothing is changed."""
    try:
        wish = orjson.loads(asked.body)
        if not isinstance(wish, dict):
            return wrong("expected a JSON object of options")
        asked.store.change(asked.store.options.changed(wish))
    except ValueError as error:
        return wrong(str(error))
    return options_now(asked)


def truth_of(asked: Asked) -> Reply:
    """The plain truth about one app: ``id``, ``gl``, ``hl``, and ``week`` if it is another one."""
    app_id = asked.query.get("id")
    if not app_id:
        return wrong("id is missing")
    options = asked.store.options
    try:
        week = _week(asked.query.get("week", options.week))
    except ValueError as error:
        return wrong(str(error))
    return json_of(truth(app_id, asked.gl, asked.hl, options.seed, week))


def reviews_of(asked: Asked) -> Reply:
    """The reviews of one app, ``id``: how many each language has, or with ``hl`` the ids of that language's, the newest first."""
    app_id = asked.query.get("id")
    if not app_id:
        return wrong("id is missing")
    options = asked.store.options
    app = app_in(app_id, options.seed, options.week)
    if "hl" not in asked.query:
        return json_of({lang: count for lang in corpus.LANGUAGES if (count := corpus.number_of(app, lang))})
    lang = corpus.spoken(asked.hl)
    shown = corpus.order(app, lang, corpus.NEWEST)
    return json_of([row(app, number, lang, words=True)[0] for number in shown])


def lists_of(asked: Asked) -> Reply:
    """The lists of one app, ``id``: the ids of similar apps, and of all apps of its developer, in a country."""
    app_id = asked.query.get("id")
    if not app_id:
        return wrong("id is missing")
    options = asked.store.options
    app = app_in(app_id, options.seed, options.week)
    country = storefront(asked.gl).code
    developer = app.developer
    return json_of(
        {
            "similar": shelves.similar(app, country) if shelves.has_similar(app) else [],
            "developer": shelves.by_developer(developer.key, options.seed, options.week, country),
            "developer_number": developer.number,
            "developer_name": developer.name,
        }
    )


def changes_of(asked: Asked) -> Reply:
    """What has changed in the truth about some apps up to now: a JSON object with ``ids`` and, if wanted, ``gl``, ``hl`` and ``since``.

    ``since`` is a week, 0 when missing.
    """
    options = asked.store.options
    try:
        wish = orjson.loads(asked.body)
        app_ids, gl, hl = list(wish["ids"]), wish.get("gl", "us"), wish.get("hl", "en")
        since = _week(wish.get("since", 0))
        if since > options.week:
            return wrong(f"since must not be later than the store's week, which is {options.week}: {since}")
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        return wrong(f"expected a JSON object with ids: {error}")
    found = [
        change
        for app_id in app_ids
        for change in changes(app_id, gl, hl, options.seed, (since, options.week))
    ]
    return json_of(found)


def _week(told: object) -> int:
    """A week's number; raises ValueError for anything else."""
    text = str(told)
    if not text.isdecimal():
        message = f"week must be a whole number, 0 or more, not {text}"
        raise ValueError(message)
    return int(text)


def ids_file(asked: Asked) -> Reply:
    """``count`` ids of the catalogue beginning with number ``start``, one a line."""
    try:
        count, start = int(asked.query.get("count", "1000")), int(asked.query.get("start", "0"))
        found = ids(count, asked.store.options.seed, start)
    except ValueError as error:
        return wrong(str(error))
    return Reply("control", 200, TEXT, stream=_lines(found))


def catalog(asked: Asked) -> Reply:
    """What the sitemaps list: the generation, its shards, and how many ids each has; ``generation`` is another one's number."""
    try:
        generation, counts = counts_of(asked)
    except ValueError as error:
        return wrong(str(error))
    return json_of(
        {
            "generation": str(generation.run),
            "shards": generation.shards,
            "apps": generation.apps,
            "counts": counts,
        }
    )


def catalog_ids(asked: Asked) -> Reply:
    """The ids that the sitemaps list, one a line; ``generation`` as above."""
    try:
        return ids_of(asked)
    except ValueError as error:
        return wrong(str(error))


def prepare(asked: Asked) -> Reply:
    """Make answers ready: a JSON object with ``ids`` and, if wanted, ``gl``, ``hl``, ``mask`` and ``pages``.

    ``mask`` is a list of fields, those of the page when missing; with ``pages`` whole pages are made ready.
    """
    try:
        wish = orjson.loads(asked.body)
        app_ids, mask = list(wish["ids"]), tuple(wish.get("mask") or PAGE_MASK)
        gl, hl = wish.get("gl", "us"), wish.get("hl", "en")
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        return wrong(f"expected a JSON object with ids: {error!r}")
    for app_id in app_ids:
        if wish.get("pages"):
            asked.store.pages.page(app_id, gl, hl)
        else:
            asked.store.frames.prepare("Ws7gDc", Wanted(app_id, 7, mask, phone=False), gl, hl)
    return json_of({"prepared": len(app_ids)})


def _lines(found: Iterator[str]) -> Iterator[bytes]:
    while block := "".join([f"{app_id}\n" for app_id in islice(found, _LINES)]):
        yield block.encode()


def json_of(value: object) -> Reply:
    """A reply of JSON for people to read."""
    return Reply("control", 200, JSON, [orjson.dumps(value, option=orjson.OPT_INDENT_2)])


def wrong(message: str) -> Reply:
    """A reply that says what is wrong with a request."""
    return Reply("control", 400, JSON, [orjson.dumps({"error": message})])


Handler = Callable[[Asked], Reply]

#: The control routes.
CONTROL: dict[tuple[str, str], Handler] = {
    ("GET", "/_localstore/report"): report,
    ("POST", "/_localstore/reset"): reset,
    ("GET", "/_localstore/options"): options_now,
    ("POST", "/_localstore/options"): change_options,
    ("GET", "/_localstore/truth"): truth_of,
    ("GET", "/_localstore/reviews"): reviews_of,
    ("GET", "/_localstore/lists"): lists_of,
    ("POST", "/_localstore/changes"): changes_of,
    ("GET", "/_localstore/ids.txt"): ids_file,
    ("GET", "/_localstore/catalog"): catalog,
    ("GET", "/_localstore/catalog.txt"): catalog_ids,
    ("POST", "/_localstore/prepare"): prepare,
}

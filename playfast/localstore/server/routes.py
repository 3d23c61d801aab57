"""The table of paths. A new page is a file and a line here."""

from __future__ import annotations

from .asked import Asked
from .batch import batchexecute
from .consent import captcha, done, save
from .control import CONTROL, Handler
from .details import details
from .finding import FRONTS, search
from .reply import TEXT, Reply
from .sheets import cluster, data_safety, named_developer, numbered_developer
from .sitemaps import PATH, of_robots, sitemap
from .told import TOLD

_AGENTS = b"User-agent: *\n"


def robots(asked: Asked) -> Reply:
    """Rules for crawlers: everything is allowed but what the options disallow."""
    lines = [f"Disallow: {path}\n".encode() for path in asked.store.options.disallow] or [b"Allow: /\n"]
    return Reply("other", 200, TEXT, [_AGENTS + b"".join([*lines, *of_robots()])])


def nothing(_: Asked) -> Reply:
    """Any other path."""
    return Reply(
        "other",
        404,
        parts=[b"<html><title>Not Found</title><p>The requested URL was not found on this server.</html>"],
    )


#: Who answers what.
ROUTES: dict[tuple[str, str], Handler] = {
    ("POST", "/_/PlayStoreUi/data/batchexecute"): batchexecute,
    ("GET", "/store/apps/details"): details,
    ("GET", "/store/apps/datasafety"): data_safety,
    ("GET", "/store/apps/dev"): numbered_developer,
    ("GET", "/store/apps/developer"): named_developer,
    ("GET", "/store/apps/collection/cluster"): cluster,
    ("GET", "/store/search"): search,
    **FRONTS,
    ("GET", "/robots.txt"): robots,
    ("GET", "/sorry/index"): captcha,
    ("POST", "/_consent/save"): save,
    ("GET", "/_consent/done"): done,
    **CONTROL,
    **TOLD,
}


def find(method: str, path: str) -> Handler:
    """Who answers a request."""
    handler = ROUTES.get((method, path))
    if handler is None and method == "GET" and path.startswith(PATH):
        return lambda asked: sitemap(asked, path.removeprefix(PATH)) or nothing(asked)
    return handler or nothing

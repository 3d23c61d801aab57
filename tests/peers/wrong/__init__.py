"""What the peers are known to get wrong, each with the reason. Everything else in which they differ from us fails."""

from __future__ import annotations

from tests.peers.fields import Wrong
from tests.peers.wrong import app, datasafety, lists, permissions, reviews, search

WRONG: tuple[Wrong, ...] = (
    *app.NPM,
    *reviews.NPM,
    *permissions.NPM,
    *datasafety.NPM,
    *lists.DEVELOPER,
    *lists.SIMILAR,
    *search.NPM,
    *lists.CHARTS,
    *app.PYPI,
    *reviews.PYPI,
    *permissions.PYPI,
    *search.PYPI,
)

"""What `datasafety` of npm's scraper is known to get wrong."""

from __future__ import annotations

from tests.peers.fields import FOUND, Case, Field, Wrong
from tests.peers.page import Laid
from tests.peers.wrong.saying import says


def _at_indices(case: Case, _field: Field) -> bool:
    laid: Laid = case.facts["laid"]
    return bool(laid.indexed) and not laid.goes_on


NPM = (
    Wrong(
        peer="npm",
        method="datasafety",
        fields=(FOUND,),
        why="it looks for everything in the object at the end of the record, where Play may also write it out at its index",
        file="lib/datasafety.js",
        source="path: ['ds:3', 1, 2, 1, 138, 4, 0, 0],",
        when=_at_indices,
        says=says("nothing"),
    ),
)

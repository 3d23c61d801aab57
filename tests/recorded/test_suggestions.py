"""Suggestions: the one answer on record, to the beginning `pand`."""

from __future__ import annotations

from playfast.play import suggestions
from playfast.play.record import find

from .recordings import answer, expected

RECORDED = "suggest_IJ4APc"


def test_every_suggestion_in_order():
    found = suggestions.read(answer(RECORDED))
    assert list(found) == expected(RECORDED)["suggestions"]
    assert len(found) == 5


def test_each_leads_to_a_search_for_it():
    """So that the text is what is searched for, and not a title beside it."""
    entries = find(answer(RECORDED), (0, 0))
    assert [find(entry, (2, 4, 2)) for entry in entries] == expected(RECORDED)["links"]
    for term, link in zip(expected(RECORDED)["suggestions"], expected(RECORDED)["links"], strict=True):
        assert link == f"/store/search?q={term.replace(' ', '+')}&c=apps"

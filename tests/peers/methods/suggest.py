"""`suggest` of npm's scraper beside the spider `suggest`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.peers.asked import HOME, Storefront
from tests.peers.fields import SOMETHING, Case, Comparison, Field
from tests.peers.peers import Peer
from tests.peers.running import Run

FIELDS = {
    "npm": (
        Field(peer="suggestion", ours="suggestions, one by one", right=lambda record: record["suggestion"]),
    )
}
LEFT_OUT: dict[str, str] = {}
TERMS = (
    *"abcdefghijklmnopqrstuvwxyz",
    "pand",
    "photo ed",
    "to do & not",
    "50%",
    "café",
    "天気",
    "нов",
    "nothing",
)
PLACES = (HOME, Storefront("de", "de"), Storefront("jp", "ja"))


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for letters, for beginnings of searches in several alphabets, and for what nobody searches for."""
    for place in PLACES:
        ask(run, peer, comparison, place, TERMS)


def ask(run: Run, peer: Peer, comparison: Comparison, place: Storefront, terms: Sequence[str]) -> None:
    """Ask in one storefront."""
    ours = {
        record["term"]: record["suggestions"]
        for record in run.ours("suggest", terms="\n".join(terms), countries=place.country, langs=place.lang)
    }
    answers = run.ask(
        peer,
        "suggest",
        [{"term": term, "lang": place.lang, "country": place.country} for term in terms],
    )
    for term, answer in zip(terms, answers, strict=True):
        case = Case(ours={}, what=f"{term} in {place.country}, {place.lang}")
        found = str(answer["error"]) if "error" in answer else SOMETHING if answer["value"] else "nothing"
        if not comparison.answer(case, found, SOMETHING if ours[term] else "nothing"):
            continue
        if comparison.equal(case, "number of suggestions", len(ours[term]), len(answer["value"])):
            for said, suggestion in zip(ours[term], answer["value"], strict=True):
                comparison.record(Case(ours={"suggestion": said}, what=case.what), {"suggestion": suggestion})

"""`developer` of npm's scraper, by number and by name, beside the spider `developer`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.peers.asked import APPS, HOME, Storefront
from tests.peers.fields import SOMETHING, Case, Comparison
from tests.peers.methods import cards
from tests.peers.methods.app import NOT_FOUND
from tests.peers.peers import Peer
from tests.peers.running import Run

FIELDS = {"npm": cards.FIELDS}
LEFT_OUT: dict[str, str] = {}
PLACES = (HOME, Storefront("de", "de"), Storefront("kr", "ko"))
_DEVELOPERS = 30
_MOST = 1_000
"""More apps than any developer has; unless it is told a number, the peer ends at 60."""
_NOBODY = ("Nobody At All", "5000000000000000001")


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for the developers of the first apps, each by number and by name, and for two that are none."""
    asked = _asked(run)
    for place in PLACES:
        ours = cards.rows(
            run.ours("developer", developers="\n".join(asked), countries=place.country, langs=place.lang),
            "developer",
        )
        answers = run.ask(
            peer,
            "developer",
            [
                {"devId": developer, "num": _MOST, "lang": place.lang, "country": place.country}
                for developer in asked
            ],
        )
        for developer, answer in zip(asked, answers, strict=True):
            listed = ours.get(developer, [])
            case = Case(
                ours={},
                what=f"{developer} in {place.country}, {place.lang}",
                facts=facts(run, place, developer, [record["app_id"] for record in listed]),
            )
            due = SOMETHING if listed else NOT_FOUND[peer.name] if developer in _NOBODY else "nothing"
            cards.compare(comparison, case, answer, due, listed)


def facts(run: Run, place: Storefront, developer: str, ids: Sequence[str]) -> dict[str, Any]:
    """What the page has that the peer reads: how many apps, and which of them stands above the list."""
    by_number = developer.isdecimal()
    path = f"/store/apps/dev?id={developer}&hl={place.lang}&gl={place.country}"
    return {"ids": ids, "first": 10 if by_number else 20, "above": run.above(path) if by_number else None}


def _asked(run: Run) -> list[str]:
    """Numbers and names."""
    known = {}
    for record in run.apps(HOME, APPS[HOME]).values():
        if record["developer_numeric_id"] and record["developer"]:
            known[record["developer_numeric_id"]] = record["developer"]
    some = list(known.items())[:_DEVELOPERS]
    return [*(number for number, _ in some), *(name for _, name in some), *_NOBODY]

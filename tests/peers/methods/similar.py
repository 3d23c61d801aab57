"""`similar` of npm's scraper beside the spider `similar`."""

from __future__ import annotations

from playfast.localstore.identifiers import ids
from tests.peers.asked import APPS, HOME, Storefront
from tests.peers.fields import SOMETHING, Case, Comparison
from tests.peers.methods import cards
from tests.peers.methods import developer as developer_of
from tests.peers.methods.app import NOT_FOUND
from tests.peers.page import CLUSTER, NUMBERED
from tests.peers.peers import Peer
from tests.peers.running import Run

FIELDS = {"npm": cards.FURTHER}
LEFT_OUT = cards.LEFT_OUT
_OF_A_PAGE = "50"
"""Apps on the page of similar ones. Both begin with as many, since the cards of which a list goes on are others."""
ABROAD = (Storefront("de", "de"), Storefront("kr", "ko"))
_LOOKED_AT = 250
_SOME = 20
"""Apps that are asked for abroad."""


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for all apps, and for more of those few where the peer can find what it looks for."""
    readable = [app_id for app_id in ids(_LOOKED_AT) if _first(run, app_id, HOME)[0] == CLUSTER]
    places = {HOME: list(dict.fromkeys([*APPS[HOME], *readable]))}
    places |= dict.fromkeys(ABROAD, readable[:_SOME])
    for place, asked in places.items():
        ours = cards.rows(
            run.ours(
                "similar", ids=",".join(asked), countries=place.country, langs=place.lang, first=_OF_A_PAGE
            ),
            "similar",
        )
        status = {app_id: record["status"] for app_id, record in run.apps(place, asked).items()}
        first = {app_id: _first(run, app_id, place) for app_id in asked}
        developers = _of_developers(run, place, {id_ for kind, id_ in first.values() if kind == NUMBERED})
        answers = run.ask(
            peer,
            "similar",
            [{peer.app_id: app_id, "lang": place.lang, "country": place.country} for app_id in asked],
        )
        for app_id, answer in zip(asked, answers, strict=True):
            kind, developer = first[app_id]
            case = Case(
                ours={},
                what=f"{app_id} in {place.country}, {place.lang}",
                facts={
                    "first": kind,
                    "there": status[app_id] != "not_found",
                    "developer": developer_of.facts(run, place, developer, developers.get(developer, []))
                    if kind == NUMBERED
                    else None,
                },
            )
            listed = ours.get(app_id, [])
            due = (
                NOT_FOUND[peer.name] if status[app_id] == "not_found" else SOMETHING if listed else "nothing"
            )
            cards.compare(comparison, case, answer, due, listed)


def _first(run: Run, app_id: str, place: Storefront) -> tuple[str, str]:
    """Of the lists on the page that the peer reads, which is always the English one."""
    return run.first_list(f"/store/apps/details?id={app_id}&hl=en&gl={place.country}")


def _of_developers(run: Run, place: Storefront, numbers: set[str]) -> dict[str, list[str]]:
    """Ids of the apps of developers."""
    if not numbers:
        return {}
    found = run.ours(
        "developer", developers="\n".join(sorted(numbers)), countries=place.country, langs=place.lang
    )
    return {
        developer: [record["app_id"] for record in records]
        for developer, records in cards.rows(found, "developer").items()
    }

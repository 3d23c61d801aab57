"""`datasafety` of npm's scraper beside the spider `datasafety`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.peers.asked import APPS, HOME, Storefront
from tests.peers.fields import SOMETHING, Case, Comparison, Field, Record
from tests.peers.peers import Peer
from tests.peers.running import Run

# It cannot be told a country, so the language alone is another.
PLACES = {
    HOME: APPS[HOME],
    **{Storefront(HOME.country, lang): APPS[HOME][::4] for lang in ("de", "ja", "ar")},
}


def _entries(name: str) -> Callable[[Record], list[dict[str, Any]]]:
    return lambda record: [
        {
            "data": entry["name"],
            "optional": entry["optional"],
            "purpose": entry["purposes"],
            "type": entry["category"],
        }
        for entry in record[name] or ()
    ]


def _practices(record: Record) -> list[dict[str, Any]]:
    return [{"practice": note["title"], "description": note["text"]} for note in record["practices"] or ()]


LEFT_OUT: dict[str, str] = {}
FIELDS = {
    "npm": (
        Field(peer="sharedData", ours="shared", right=_entries("shared")),
        Field(peer="collectedData", ours="collected", right=_entries("collected")),
        Field(peer="securityPractices", ours="practices", right=_practices),
        Field(peer="privacyPolicyUrl", ours="privacy_policy", right=lambda record: record["privacy_policy"]),
    ),
}


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for all apps at home, and for some in other languages."""
    for place, ids in PLACES.items():
        ours = run.apps(place, ids, "datasafety")
        answers = run.ask(peer, "datasafety", [{peer.app_id: app_id, "lang": place.lang} for app_id in ids])
        for app_id, answer in zip(ids, answers, strict=True):
            record = ours[app_id]
            page = f"/store/apps/datasafety?id={app_id}&hl={place.lang}"
            case = Case(ours=record, what=f"{app_id} in {place.lang}", facts={"laid": run.laid(page, "ds:3")})
            told = any(one.right(record) for one in FIELDS[peer.name])
            if comparison.answer(case, _found(answer), SOMETHING if told else "nothing"):
                comparison.record(case, answer["value"])


def _found(answer: Mapping[str, Any]) -> str:
    if "error" in answer:
        return str(answer["error"])
    return SOMETHING if any(answer["value"].values()) else "nothing"

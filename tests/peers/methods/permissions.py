"""`permissions` of both peers beside the spider `permissions`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.peers.asked import APPS
from tests.peers.fields import SOMETHING, Case, Comparison, Field, Record
from tests.peers.peers import Peer
from tests.peers.running import Run

UNGROUPED = "Uncategorized"
"""What the one that has a name for it calls permissions without a group."""


def rows(record: Record) -> list[dict[str, Any]]:
    """A row for each permission, in Play's order."""
    return [
        {"permission": text, "type": group["group"]}
        for group in record["permissions"] or ()
        for text in group["permissions"]
    ]


def groups(record: Record) -> dict[str, list[str]]:
    """Permissions by the names of their groups, in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    for row in rows(record):
        found.setdefault(row["type"] or UNGROUPED, []).append(row["permission"])
    return {name: sorted(texts) for name, texts in found.items()}


LEFT_OUT: dict[str, str] = {}
FIELDS = {
    "npm": (Field(peer="permission, type", ours="permissions", right=rows),),
    "pypi": (Field(peer="texts by group", ours="permissions", right=groups),),
}


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for all apps everywhere."""
    (whole,) = FIELDS[peer.name]
    for place, ids in APPS.items():
        ours = run.apps(place, ids, "permissions")
        answers = run.ask(
            peer,
            "permissions",
            [{peer.app_id: app_id, "lang": place.lang, "country": place.country} for app_id in ids],
        )
        for app_id, answer in zip(ids, answers, strict=True):
            case = Case(ours=ours[app_id], what=f"{app_id} in {place.country}, {place.lang}")
            due = SOMETHING if ours[app_id]["permissions"] else "nothing"
            if comparison.answer(case, _found(answer), due):
                comparison.record(case, {whole.peer: answer["value"]})


def _found(answer: Mapping[str, Any]) -> str:
    if "error" in answer:
        return str(answer["error"])
    return SOMETHING if answer["value"] else "nothing"

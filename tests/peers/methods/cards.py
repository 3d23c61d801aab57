"""Cards of apps in lists, as npm's scraper reads them; compared with our `Listing`."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.peers.fields import SOMETHING, Case, Comparison, Field, Record
from tests.peers.methods.app import without_host

LEFT_OUT = {
    "developerId": "of cards where a list goes on alone: the id in the link to the developer, which no card of today has",
}


def unescaped(text: str | None) -> str | None:
    """It leaves entities as they are served, here as in an app's summary."""
    return None if text is None else html.unescape(text)


def same(peer: str, ours: str) -> Field:
    return Field(peer=peer, ours=ours, right=lambda record: record[ours])


FIELDS = (
    same("title", "title"),
    same("appId", "app_id"),
    Field(
        peer="url",
        ours="app_id, in an address",
        right=lambda record: f"/store/apps/details?id={record['app_id']}",
        read=without_host,
    ),
    same("icon", "icon"),
    same("developer", "developer"),
    same("currency", "currency"),
    same("price", "price"),
    same("free", "free"),
    same("summary", "description_html"),
    same("scoreText", "score_text"),
    same("score", "score"),
)
FURTHER = (
    *(field for field in FIELDS if field.peer != "summary"),
    Field(peer="summary", ours="summary", right=lambda record: record["summary"], read=unescaped),
    Field(
        peer="priceText",
        ours="price_text, or free",
        right=lambda record: record["price_text"] or ("FREE" if record["free"] else None),
    ),
)
"""What it reads where a list goes on, from cards of an older layout."""


def layout(_record: Record, row: Mapping[str, Any]) -> Sequence[Field]:
    """The fields of a row, of which its names tell the layout."""
    return FURTHER if "priceText" in row else FIELDS


def compare(
    comparison: Comparison,
    case: Case,
    answer: Mapping[str, Any],
    due: str,
    ours: Sequence[Record],
    fields: Callable[[Record, Mapping[str, Any]], Sequence[Field]] = layout,
) -> None:
    """Compare a whole list with ours: what came, the ids in their order, and each card."""
    found = str(answer["error"]) if "error" in answer else SOMETHING if answer["value"] else "nothing"
    if not comparison.answer(case, found, due):
        return
    theirs: list[dict[str, Any]] = answer["value"]
    ids = [record["app_id"] for record in ours]
    if not comparison.equal(case, "ids", ids, [row["appId"] for row in theirs]):
        return
    by_id = {record["app_id"]: record for record in ours}
    for row in theirs:
        if row["appId"] in by_id:
            record = by_id[row["appId"]]
            comparison.record(
                Case(
                    ours=record,
                    what=f"{case.what}: {row['appId']}",
                    facts={**case.facts, "card": row, "further": "priceText" in row},
                ),
                {**dict.fromkeys(comparison.compared.left_out), **row},
                fields(record, row),
            )


def rows(records: Sequence[Record], of: str) -> dict[str, list[Record]]:
    """Our rows of one list, by what was asked, in the order of their ranks."""
    found: dict[str, list[Record]] = {}
    for record in sorted((one for one in records if "rank" in one), key=lambda one: one["rank"]):
        if record["list"] == of:
            found.setdefault(record["asked"], []).append(record)
    return found

"""`search` of both peers beside the spider `search`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tests.peers.asked import APPS, HOME, Storefront
from tests.peers.fields import SOMETHING, Case, Comparison, Field, Record
from tests.peers.methods import cards
from tests.peers.methods.app import decoded
from tests.peers.page import FEATURED
from tests.peers.peers import Peer
from tests.peers.running import Run

PLACES = (HOME, Storefront("de", "de"), Storefront("kr", "ko"))
QUERIES = (
    "panda",
    "photo editor",
    "where am i",
    "chess & checkers",
    '"to do" list 50%',
    "café",
    "天気",
    "новости",
    "nothing of the kind",
)
_TITLES = 20
"""Apps that are searched for by their names; half of them by their ids, too."""
_MOST = 250
"""More than a page of results has; unless it is told a number, one of them ends at 20 and the other at 30."""
_PRICES = ("free", "paid")
"""Only one of the two can ask for these."""


_ABOVE = (
    *(field for field in cards.FIELDS if field.peer != "summary"),
    Field(peer="summary", ours="summary", right=lambda record: record["summary"], read=cards.unescaped),
    Field(
        peer="developerId",
        ours="developer_id of apps",
        right=lambda record: record["developer_id"],
        read=decoded,
    ),
)
"""What npm's scraper says of the app that is shown by itself."""
FIELDS = {
    "npm": (*cards.FIELDS, cards.same("developerId", "developer")),
    "pypi": (
        cards.same("appId", "app_id"),
        cards.same("icon", "icon"),
        Field(peer="screenshots", ours="screenshots", right=lambda record: record["screenshots"] or []),
        cards.same("title", "title"),
        cards.same("score", "score"),
        cards.same("genre", "genre"),
        cards.same("price", "price"),
        cards.same("free", "free"),
        cards.same("currency", "currency"),
        cards.same("video", "video"),
        cards.same("videoImage", "video_thumbnail"),
        Field(
            peer="description",
            ours="description, lines ending as in Windows",
            right=lambda record: record["description"] and record["description"].replace("\n", "\r\n"),
        ),
        cards.same("descriptionHTML", "description_html"),
        cards.same("developer", "developer"),
        cards.same("installs", "installs"),
    ),
}
LEFT_OUT: dict[str, str] = {}


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Search for words, for names and ids of apps, and for what is not found."""
    asked = _asked(run)
    for place in PLACES:
        ask(run, peer, comparison, place, asked)
        for price in _PRICES if peer.name == "npm" else ():
            ask(run, peer, comparison, place, QUERIES, price)


def ask(
    run: Run,
    peer: Peer,
    comparison: Comparison,
    place: Storefront,
    queries: Sequence[str],
    price: str = "all",
) -> None:
    """Search in one storefront."""
    ours = _ours(run, place, queries, price)
    answers = run.ask(peer, "search", [_options(peer, query, place, price) for query in queries])
    for query, answer in zip(queries, answers, strict=True):
        listed = ours.get(query, [])
        featured = bool(listed) and listed[0]["featured"]
        case = Case(
            ours={},
            what=f"{query} ({price}) in {place.country}, {place.lang}",
            facts={
                "ids": [record["app_id"] for record in listed],
                "featured": featured,
                "laid": run.laid(_page(query, place), "ds:4", FEATURED) if featured else None,
            },
        )
        _compare(peer, comparison, case, answer, listed)


def _compare(
    peer: Peer, comparison: Comparison, case: Case, answer: Mapping[str, Any], listed: Sequence[Record]
) -> None:
    due = SOMETHING if listed else "nothing"
    if peer.name == "npm":
        cards.compare(comparison, case, answer, due, listed, _fields)
        return
    found = str(answer["error"]) if "error" in answer else SOMETHING if answer["value"] else "nothing"
    if not comparison.answer(case, found, due):
        return
    theirs: list[dict[str, Any]] = answer["value"]
    if comparison.equal(case, "ids", case.facts["ids"], [row["appId"] for row in theirs]):
        for record, row in zip(listed, theirs, strict=False):  # of how many there are the ids have told
            comparison.record(
                Case(ours=record, what=f"{case.what}: {record['app_id']}", facts=case.facts), row
            )


def _fields(record: Record, _row: Mapping[str, Any]) -> Sequence[Field]:
    return _ABOVE if record["featured"] else FIELDS["npm"]


def _asked(run: Run) -> tuple[str, ...]:
    """Words, and names and ids of apps."""
    known = [record for record in run.apps(HOME, APPS[HOME]).values() if record["title"]][:_TITLES]
    return tuple(
        dict.fromkeys(
            [
                *QUERIES,
                *(record["title"] for record in known),
                *(record["app_id"] for record in known[::2]),
            ]
        )
    )


def _options(peer: Peer, query: str, place: Storefront, price: str) -> dict[str, Any]:
    if peer.name == "pypi":
        return {"query": query, "n_hits": _MOST, "lang": place.lang, "country": place.country}
    return {"term": query, "num": _MOST, "lang": place.lang, "country": place.country, "price": price}


def _page(query: str, place: Storefront) -> str:
    return f"/store/search?q={quote(query)}&c=apps&hl={place.lang}&gl={place.country}"


def _ours(run: Run, place: Storefront, queries: Sequence[str], price: str) -> dict[str, list[Record]]:
    """Our rows of each search, in the order of their ranks; of the apps shown by themselves with what their records alone say."""
    found = run.ours(
        "search",
        queries="\n".join(queries),
        countries=place.country,
        langs=place.lang,
        price=price,
    )
    rows = cards.rows(found, "search" if price == "all" else f"search_{price}")
    featured = sorted(
        {record["app_id"] for listed in rows.values() for record in listed if record["featured"]}
    )
    whole = run.apps(place, featured) if featured else {}
    return {
        query: [
            {**record, **{name: whole[record["app_id"]][name] for name in ("developer_id", "ratings")}}
            if record["featured"]
            else record
            for record in listed
        ]
        for query, listed in rows.items()
    }

"""What the spiders by which apps are found are asked for, and what is wrong with what they give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from playfast.localstore import charts, fronts, suggestions
from playfast.play.categories import CATEGORIES
from tests.kills.finding import first_part, phrases

Records = list[dict[str, Any]]
_CHARTS = ("topselling_free", "topgrossing")
_COUNTRY = "US"


def asked(spider: str, count: int) -> tuple[list[str], tuple[str, ...]]:
    """What is asked, and the arguments beside; packs are small, so that there are many of them."""
    if spider == "search":
        return phrases(count), ("batch=2",)
    if spider == "suggest":
        return phrases(count), ("batch=4",)
    few = (
        ("batch=1", f"collections={','.join(_CHARTS)}", "fields=title")
        if spider == "charts"
        else ("batch=1",)
    )
    return list(CATEGORIES[:count]), few


def once(found: Counter[Any], due: set[Any], what: str) -> list[str]:
    """What is missing, not due, or there twice."""
    if found == Counter(due):
        return []
    return [
        f"{what}: {len(due - set(found))} missing, {len(set(found) - due)} not due, {sum(found.values()) - len(set(found))} twice"
    ]


def _lists(entry: str, spider: str) -> dict[str, list[str]]:
    """The lists of something, by name."""
    if spider == "search":
        return {"search": list(first_part(entry))}
    return {name: list(charts.chart(name, entry, _COUNTRY, 0, 0)) for name in _CHARTS}


def _wrong_lists(spider: str) -> Callable[[list[str], Records, Records], list[str]]:
    def wrong(entries: list[str], main: Records, others: Records) -> list[str]:
        found = once(Counter(one["asked"] for one in others), set(entries), "sweeps")
        for one in others:
            for name, due in _lists(one["asked"], spider).items():
                rows = [row for row in main if (row["asked"], row["list"]) == (one["asked"], name)]
                came = [row["app_id"] for row in sorted(rows, key=lambda row: row["rank"])]
                if came != (due if one["status"] == "available" else []):
                    found.append(
                        f"{one['asked']}, {name}: {len(came)} rows of {len(due)}, or in another order"
                    )
        return found

    return wrong


def _wrong_suggestions(entries: list[str], main: Records, _: Records) -> list[str]:
    found = once(Counter(one["term"] for one in main), set(entries), "records")
    return found + [
        f"{one['term']}: other suggestions than the store has"
        for one in main
        if one["status"] == "available"
        and one["suggestions"] != suggestions.suggestions(one["term"], _COUNTRY, "en", 0, 0)
    ]


def _wrong_categories(entries: list[str], main: Records, _: Records) -> list[str]:
    found = once(Counter(one["category"] for one in main), set(entries), "records")
    return found + [
        f"{one['category']}: {name} should {'' if there else 'not '}be there"
        for one in main
        if one["status"] != "error"
        for name in _CHARTS
        if (there := bool(charts.chart(name, one["category"], _COUNTRY, 0, 0)))
        != (name in one["collections"])
    ]


def _wrong_fronts(entries: list[str], main: Records, others: Records) -> list[str]:
    found = once(Counter(one["asked"] for one in others), set(entries), "sweeps")
    for one in others:
        front = fronts.front(one["asked"], _COUNTRY, 0, 0)
        due = [list(section.ids[: section.shown]) for section in front.sections]
        due += [list(front.events)] if front.events else []
        lists = sorted((row for row in main if row["asked"] == one["asked"]), key=lambda row: row["rank"])
        came = [row["apps"] for row in lists]
        # What failed behind a list's first part is said, and takes no list away.
        if came != due and not (one["status"] == "error" and not came):
            found.append(f"{one['asked']}: {len(came)} lists of {len(due)}, or others")
    return found


WRONG: dict[str, Callable[[list[str], Records, Records], list[str]]] = {
    "search": _wrong_lists("search"),
    "charts": _wrong_lists("charts"),
    "suggest": _wrong_suggestions,
    "categories": _wrong_categories,
    "collections": _wrong_fronts,
}
ARGUMENTS = {
    "search": "queries",
    "charts": "categories",
    "suggest": "terms",
    "categories": "categories",
    "collections": "categories",
}
"""The argument that names the list."""
SWEPT = ("search", "charts", "collections")
"""Spiders whose closing records stand in a feed of their own."""

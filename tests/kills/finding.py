"""The same for the spiders by which apps are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from playfast.localstore import charts, fronts, searches
from playfast.play.categories import CATEGORIES
from tests.conftest import Store
from tests.kills.killing import Asked, Key, differences
from tests.kills.reading import counted

_COUNTRIES = ("us", "de")
_WORDS = "game photo bird chat weather note map music run food".split()
_FIRST = {True: 20, False: 30}
_CHARTS = ("topselling_free", "topgrossing")


def phrases(count: int) -> list[str]:
    """So many different searches."""
    return [
        f"{_WORDS[number % 10]} {_WORDS[number // 10 % 10]} {number // 100}".removesuffix(" 0")
        for number in range(count)
    ]


def first_part(query: str) -> tuple[str, ...]:
    """What a search shows at first in the United States."""
    found = searches.search(query, "US", 0, 0)
    return found.ids[: _FIRST[found.features]]


def searched(store: Store, folder: Path, ids: int) -> Asked:
    (folder / "ids.txt").write_text("\n".join(phrases(ids)))
    arguments = (f"queries={folder / 'ids.txt'}", "batch=4", "details=1", "fields=title,score")
    return Asked(
        store, folder, "rows.jsonl", ids, spider="search", arguments=arguments, beside=("sweeps", "apps"), total=ids * 27 * 340
    )  # fmt: skip


def wrong_searches(asked: Asked) -> list[str]:
    queries = phrases(asked.ids)
    due = {(query, app_id) for query in queries for app_id in first_part(query)}
    found = differences(counted(asked.path, "asked", "app_id"), due)
    found += differences(counted(asked.folder / "sweeps.jsonl", "asked"), {(query,) for query in queries})
    return found + differences(
        counted(asked.folder / "apps.jsonl", "app_id"), {(app_id,) for _, app_id in due}
    )


def suggested(store: Store, folder: Path, ids: int) -> Asked:
    (folder / "ids.txt").write_text("\n".join(phrases(ids)))
    arguments = (f"terms={folder / 'ids.txt'}", "batch=10")
    return Asked(store, folder, "rows.jsonl", ids, _COUNTRIES, 330, spider="suggest", arguments=arguments)


def wrong_suggestions(asked: Asked) -> list[str]:
    due: set[Key] = {(term, country) for term in phrases(asked.ids) for country in asked.countries}
    return differences(counted(asked.path, "term", "country"), due)


def charted(store: Store, folder: Path, ids: int) -> Asked:
    arguments = (
        f"categories={','.join(CATEGORIES[:ids])}",
        f"collections={','.join(_CHARTS)}",
        "batch=1",
        "fields=title",
    )
    return Asked(
        store, folder, "rows.jsonl", ids, _COUNTRIES, 110_000, spider="charts", arguments=arguments, beside=("sweeps",)
    )  # fmt: skip


def wrong_charts(asked: Asked) -> list[str]:
    categories = CATEGORIES[: asked.ids]
    due = {
        (category, collection, country, app_id)
        for category in categories
        for collection in _CHARTS
        for country in asked.countries
        for app_id in charts.chart(collection, category, country.upper(), 0, 0)
    }
    found = differences(counted(asked.path, "asked", "list", "country", "app_id"), due)
    return found + _wrong_sweeps(asked, categories)


def categorised(store: Store, folder: Path, ids: int) -> Asked:
    arguments = (f"categories={','.join(CATEGORIES[:ids])}", "batch=1")
    return Asked(store, folder, "rows.jsonl", ids, _COUNTRIES, 400, spider="categories", arguments=arguments)


def wrong_categories(asked: Asked) -> list[str]:
    due: set[Key] = {
        (category, country) for category in CATEGORIES[: asked.ids] for country in asked.countries
    }
    return differences(counted(asked.path, "category", "country"), due)


def fronted(store: Store, folder: Path, ids: int) -> Asked:
    arguments = (f"categories={','.join(CATEGORIES[:ids])}", "batch=1")
    return Asked(
        store, folder, "lists.jsonl", ids, _COUNTRIES, 4_500, spider="collections", arguments=arguments, beside=("sweeps", "rows")
    )  # fmt: skip


def wrong_fronts(asked: Asked) -> list[str]:
    categories = CATEGORIES[: asked.ids]
    lists: set[Key] = set()
    apps: set[Key] = set()
    for country in asked.countries:
        for category in categories:
            front = fronts.front(category, country.upper(), 0, 0)
            sections = [(section.name, section.ids) for section in front.sections]
            events = f"non_personalized_mid_stream_popular_live_ops_{category}"
            for name, ids in (*sections, *([(events, front.events)] if front.events else [])):
                lists.add((category, name, country))
                apps.update((category, name, country, app_id) for app_id in ids)
    found = differences(counted(asked.path, "asked", "list", "country"), lists)
    found += differences(counted(asked.folder / "rows.jsonl", "asked", "list", "country", "app_id"), apps)
    return found + _wrong_sweeps(asked, categories)


def _wrong_sweeps(asked: Asked, categories: Iterable[str]) -> list[str]:
    due: set[Key] = {(category, country) for category in categories for country in asked.countries}
    return differences(counted(asked.folder / "sweeps.jsonl", "asked", "country"), due)


FINDING: dict[str, tuple[Callable[[Store, Path, int], Asked], Callable[[Asked], list[str]], int]] = {
    "search": (searched, wrong_searches, 1_000),
    "suggest": (suggested, wrong_suggestions, 10_000),
    "charts": (charted, wrong_charts, len(CATEGORIES)),
    "categories": (categorised, wrong_categories, len(CATEGORIES)),
    "collections": (fronted, wrong_fronts, len(CATEGORIES)),
}
"""How each is asked, what is wrong with what it leaves, and how many things are asked."""

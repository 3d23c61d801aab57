"""What crawls of the other spiders are asked to be killed, and what their feeds have to hold then."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playfast.localstore import shelves
from playfast.localstore.catalogue import App
from playfast.localstore.sitemaps import Generation
from tests.conftest import Store
from tests.kills.finding import FINDING
from tests.kills.killing import Asked, differences, read
from tests.kills.reading import counted

_LANGS = ("en", "es", "pt", "ru", "de", "fr")
_COUNTRIES = ("us", "de", "kr", "jp")


@dataclass(frozen=True)
class Kind:
    """One spider under kills: how it is asked, by the number of ids, and what is wrong with what it leaves."""

    asked: Callable[[Store, Path, int], Asked]
    wrong: Callable[[Asked], list[str]]
    ids: int


def _ids(asked: Asked) -> list[str]:
    return (asked.folder / "ids.txt").read_text().split()


def _one_record_each(
    spider: str,
    size: int,
    *,
    batch: int,
    countries: tuple[str, ...] = ("us", "de"),
    beside: tuple[str, ...] = (),
) -> Kind:
    def make(store: Store, folder: Path, ids: int) -> Asked:
        return Asked(
            store, folder, "rows.jsonl", ids, countries, size, spider=spider, arguments=(f"batch={batch}",), beside=beside
        )  # fmt: skip

    def wrong(asked: Asked) -> list[str]:
        found = differences(
            counted(asked.path, "app_id", "country"),
            {(app_id, country) for app_id in _ids(asked) for country in asked.countries},
        )
        for name in asked.beside:
            found += differences(
                counted(asked.folder / f"{name}.jsonl", "app_id"), {(app_id,) for app_id in _ids(asked)}
            )
        return found

    return Kind(make, wrong, 20_000)


def _reviews(store: Store, folder: Path, ids: int) -> Asked:
    listed = folder / "ids.txt"
    listed.write_text("".join(f"example.app{number}.reviews4000.app\n" for number in range(ids)))
    return Asked(
        store, folder, "rows.jsonl", ids, spider="reviews", arguments=(f"langs={','.join(_LANGS)}", "page=200", "batch=2"),
        beside=("sweeps",), total=ids * 2_700 * 700,
    )  # fmt: skip


def _wrong_reviews(asked: Asked) -> list[str]:
    due = {
        (app_id, lang, review_id)
        for app_id in _ids(asked)
        for lang in _LANGS
        for review_id in json.loads(
            asked.store.get("/_localstore/reviews?" + urlencode({"id": app_id, "hl": lang}))
        )
    }
    sweeps = {(app_id, lang) for app_id in _ids(asked) for lang in _LANGS}
    found = differences(counted(asked.path, "app_id", "lang", "review_id"), due)
    found += differences(counted(asked.folder / "sweeps.jsonl", "app_id", "lang"), sweeps)
    counts = Counter((app_id, lang) for app_id, lang, _ in due)
    return found + [
        f"{one['app_id']} {one['lang']}: {one['reviews']} reviews are told, {counts[one['app_id'], one['lang']]} there are"
        for one in read(asked.folder / "sweeps.jsonl")
        if one["reviews"] != counts[one["app_id"], one["lang"]]
    ]


def _similar(store: Store, folder: Path, ids: int) -> Asked:
    return Asked(
        store, folder, "rows.jsonl", ids, spider="similar", arguments=("batch=4", "details=1"), beside=("sweeps", "apps"),
        total=ids * 60 * 2_500,
    )  # fmt: skip


def _wrong_similar(asked: Asked) -> list[str]:
    due = {
        (app_id, other)
        for app_id in _ids(asked)
        if App(app_id).status("us") != "not_found" and shelves.has_similar(App(app_id))
        for other in shelves.similar(App(app_id), "US")
    }
    rows = [row for row in read(asked.path) if row["list"] == "similar"]
    found = differences(Counter((row["asked"], row["app_id"]) for row in rows), due)
    listed = {(row["app_id"],) for row in read(asked.path)}
    found += differences(counted(asked.folder / "apps.jsonl", "app_id"), listed)
    return found + differences(
        counted(asked.folder / "sweeps.jsonl", "asked"), {(app_id,) for app_id in _ids(asked)}
    )


def _developers(store: Store, folder: Path, ids: int) -> Asked:
    apps = store.get(f"/_localstore/ids.txt?count={ids}").decode().split()
    names = dict.fromkeys(App(app_id).developer.page_id for app_id in apps)
    (folder / "ids.txt").write_text("\n".join(names))
    return Asked(
        store, folder, "rows.jsonl", ids, spider="developer", arguments=(f"developers={folder / 'ids.txt'}", "batch=4", "first=10"),
        beside=("sweeps",), total=ids * 12 * 4_500,
    )  # fmt: skip


def _wrong_developers(asked: Asked) -> list[str]:
    names = (asked.folder / "ids.txt").read_text().split("\n")
    apps: Iterable[Any] = asked.store.get(f"/_localstore/ids.txt?count={asked.ids}").decode().split()
    keys = {App(app_id).developer.page_id: App(app_id).developer.key for app_id in apps}
    due = {(name, app_id) for name in names for app_id in shelves.by_developer(keys[name], 0, 0, "US")}
    found = differences(counted(asked.path, "asked", "app_id"), due)
    return found + differences(counted(asked.folder / "sweeps.jsonl", "asked"), {(name,) for name in names})


def _catalog(store: Store, folder: Path, ids: int) -> Asked:
    return Asked(
        store, folder, "rows.jsonl", ids, spider="catalog", listed=False, beside=("sweeps",),
        arguments=(f"shards=0-{ids - 1}",), total=ids * 42 * 88,
    )  # fmt: skip


def wrong_catalog(asked: Asked) -> list[str]:
    """What is wrong with a feed of the catalog's first shards, and with the one beside it."""
    told = json.loads(asked.store.get("/_localstore/catalog"))
    generation = Generation(0, told["shards"], told["apps"])
    due = {
        (shard_name(number, told["shards"]), app_id)
        for number in range(asked.ids)
        for app_id in generation.of_shard(number)
    }
    found = differences(counted(asked.path, "shard", "app_id"), due)
    sweeps = {(shard_name(number, told["shards"]), told["counts"][number]) for number in range(asked.ids)}
    return found + differences(counted(asked.folder / "sweeps.jsonl", "shard", "apps"), sweeps)


def shard_name(number: int, shards: int) -> str:
    """What a shard is called in feeds."""
    return f"{number:05}-of-{shards:05}"


KINDS: dict[str, Kind] = {
    "permissions": _one_record_each("permissions", 1_000, batch=20),
    "datasafety": _one_record_each("datasafety", 1_450, batch=20),
    "digest": _one_record_each("digest", 260, batch=50, countries=_COUNTRIES),
    "availability": _one_record_each(
        "availability", 250, batch=50, countries=_COUNTRIES, beside=("summary",)
    ),
    "reviews": Kind(_reviews, _wrong_reviews, 12),
    "similar": Kind(_similar, _wrong_similar, 300),
    "developer": Kind(_developers, _wrong_developers, 1_500),
    **{name: Kind(*how) for name, how in FINDING.items()},
    "catalog": Kind(_catalog, wrong_catalog, 2_000),
}

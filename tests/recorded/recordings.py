"""The recorded answers, read and parsed once for all tests of this folder."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from playfast.items import App
from playfast.play import envelope
from playfast.play.fields import Extractor, Rows, key_names, sources
from playfast.play.page import Page, details
from playfast.play.page_only import extras

T = TypeVar("T")
HERE = Path(__file__).parent
DIRECTORY = Path(os.environ.get("PLAYFAST_RECORDED") or HERE.parents[1].parent / "shared" / "recorded")
MISSING = f"no recorded answers at {DIRECTORY}; set PLAYFAST_RECORDED"

# Every recording of an app's details, with the language and country it was asked for. `index.json` lists them
# too, but a test's name must not depend on files that may be missing where the tests run.
WHOLE_PAGES = {
    "minecraft_en_us": ("en", "us"),
    "translate_en_us": ("en", "us"),
    "translate_en_us_second_load": ("en", "us"),
    "whereami_en_us": ("en", "us"),
    "sparse_en_eg": ("en", "eg"),
    "sparse_ko_kr": ("ko", "kr"),
    "minecraft_en_us_2022": ("en", "us"),
}
TRIMMED_PAGES = {
    "chrome_en_us": ("en", "us"),
    "whatsapp_de_de": ("de", "de"),
    "instagram_ja_jp": ("ja", "jp"),
    "telegram_en_us": ("en", "us"),
}
ANSWERS = {"details_Ws7gDc_2022": ("fr", "fr")}  # the file's own language; its country is not on record
PAGES = WHOLE_PAGES | TRIMMED_PAGES
ALL = PAGES | ANSWERS

FIELDS = tuple(field.name for field in fields(App) if field.name not in key_names(App))
PAGE_ONLY = (
    "phone_score",
    "phone_ratings",
    "phone_reviews",
    "phone_histogram",
    "served_country",
    "served_country_name",
    "served_language",
    "tax_note",
    "canonical_url",
    "locales",
    "events",
    "stories",
)


@dataclass(frozen=True)
class Extracted:
    """An item, and what the extractor refused on the way to it."""

    item: App
    invalid: tuple[Any, ...]

    def value(self, field: str) -> Any:
        return getattr(self.item, field)

    def values(self, without: tuple[str, ...] | frozenset[str] = ()) -> dict[str, Any]:
        return {field: self.value(field) for field in FIELDS if field not in without}


def file_of(name: str) -> Path:
    if name in WHOLE_PAGES:
        return DIRECTORY / "details" / f"{name}.html.gz"
    if name in TRIMMED_PAGES:
        return DIRECTORY / "details_trimmed" / f"{name}.html.gz"
    return DIRECTORY / "rpc" / f"{name}.txt.gz"


@cache
def read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


@cache
def page(path: Path) -> Page:
    return Page(read(path))


def app_page(name: str) -> Page:
    return page(file_of(name))


@cache
def payload(name: str) -> Any:
    if name in PAGES:
        return details(app_page(name))
    return answer(name)


def extract(name: str, from_payload: Any, more: dict[str, Any] | None = None) -> Extracted:
    """The item of a payload, under the keys of the recording `name`."""
    lang, country = ALL[name]
    keys = {"app_id": app_id_of(name), "country": country, "lang": lang, "status": "available"}
    invalid: list[Any] = []

    def on_invalid(*said: Any) -> None:
        invalid.append(said)

    item = Extractor(App)(from_payload, keys, on_invalid, *([] if more is None else [more]))
    return Extracted(item, tuple(invalid))


@cache
def answer(name: str) -> Any:
    """The payload of a body of `rpc` that holds one answer."""
    (only,) = envelope.unpack(read(DIRECTORY / "rpc" / f"{name}.txt.gz")).values()
    return only.decoded()


def whole_page(file: str) -> Page:
    """A page by its path, without the ending."""
    return page(DIRECTORY / f"{file}.html.gz")


def fields_of(item: type[Any]) -> tuple[str, ...]:
    """The fields that are read from what Play sends."""
    return tuple(name for name in sources(item) if name not in key_names(item))


def filled(
    item: type[T], messages: Iterable[Any], keys: Iterable[dict[str, Any]]
) -> tuple[list[T], list[Any]]:
    """An item of each row of a list, and what was refused on the way."""
    invalid: list[Any] = []
    fill = Rows(item)
    return [
        fill(message, given, lambda *why: invalid.append(why))
        for message, given in zip(messages, keys, strict=True)
    ], invalid


@cache
def extracted(name: str) -> Extracted:
    return extract(name, payload(name), extras(app_page(name)) if name in PAGES else {})


@cache
def expected(name: str) -> Any:
    """What the recording says, read off it by hand, in the form that `written` describes."""
    return json.loads((HERE / "expected" / f"{name}.json").read_text(encoding="utf-8"))


def app_id_of(name: str) -> str:
    return {
        "minecraft_en_us": "com.mojang.minecraftpe",
        "minecraft_en_us_2022": "com.mojang.minecraftpe",
        "translate_en_us": "com.google.android.apps.translate",
        "translate_en_us_second_load": "com.google.android.apps.translate",
        "whereami_en_us": "com.adex77.WhereAmI",
        "sparse_en_eg": "com.raiseright.edumarketapp",
        "sparse_ko_kr": "com.youngkiu.stock_knee_shoulder",
        "chrome_en_us": "com.android.chrome",
        "whatsapp_de_de": "com.whatsapp",
        "instagram_ja_jp": "com.instagram.android",
        "telegram_en_us": "org.telegram.messenger",
        "details_Ws7gDc_2022": "fr.reliefmaps.app",
    }[name]

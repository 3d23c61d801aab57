"""`app` of both peers beside the spider `apps`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from tests.peers.asked import APPS, HOME
from tests.peers.fields import SOMETHING, Case, Comparison, Field, Record
from tests.peers.peers import Peer
from tests.peers.running import Run

LEFT_OUT = {
    "comments": "reviews, from a block that holds none on any recorded page; the method reviews has them"
}

_NO_STARS = (0, 0, 0, 0, 0)


def _same(peer: str, ours: str, *numbers: int, absent: Any = None) -> Field:
    return Field(peer=peer, ours=ours, right=lambda record: record[ours], numbers=numbers, absent=absent)


def _listed(peer: str, ours: str, *numbers: int) -> Field:
    return Field(peer=peer, ours=ours, right=lambda record: record[ours] or [], numbers=numbers, absent=[])


def without_host(told: str) -> str:
    """An address without its host, which is the local store's."""
    return urlsplit(told)._replace(scheme="", netloc="").geturl()


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def decoded(told: str | None) -> str | None:
    return told and unquote_plus(told)


def _categories(record: Record) -> list[dict[str, Any]]:
    """All tags, or without any the main category."""
    tags = [{"name": tag["name"], "id": tag["category_id"]} for tag in record["tags"] or ()]
    return tags or [{"name": record["genre"], "id": record["genre_id"]}]


def _first_word(text: str | None) -> str | None:
    return text and text.split(" ")[0]


_BOTH = (
    _same("appId", "app_id"),
    Field(peer="url", ours="url", right=lambda record: without_host(record["url"]), read=without_host),
    _same("title", "title", 1),
    _same("descriptionHTML", "description_html", 13, 73),
    _same("summary", "summary", 74),
    _same("installs", "installs", 14),
    _same("minInstalls", "min_installs", 14),
    _same("score", "score", 52),
    _same("ratings", "ratings", 52),
    _same("reviews", "reviews", 52),
    _same("currency", "currency", 58),
    _same("offersIAP", "in_app_purchases", 20, absent=False),
    _same("developer", "developer", 69),
    Field(
        peer="developerId",
        ours="developer_id",
        right=lambda record: record["developer_id"],
        read=decoded,
        numbers=(69,),
    ),
    _same("developerEmail", "developer_email", 70),
    _same("developerWebsite", "developer_website", 70),
    _same("developerAddress", "developer_address", 70),
    _same("privacyPolicy", "privacy_policy", 100),
    _same("genre", "genre", 80),
    _same("genreId", "genre_id", 80),
    _same("icon", "icon", 96),
    _same("headerImage", "header_image", 97),
    _listed("screenshots", "screenshots", 79),
    _same("video", "video", 101),
    _same("videoImage", "video_image", 101),
    _same("contentRating", "content_rating", 10),
    _same("contentRatingDescription", "content_rating_description", 10),
    _same("released", "released_text", 11),
)

FIELDS = {
    "npm": (
        *_BOTH,
        _same("description", "description", 13, 73),
        Field(peer="categories", ours="tags, or genre and genre_id", right=_categories),
        _same("free", "free", 58, absent=False),
        _same("adSupported", "contains_ads", 49, absent=False),
        _same("maxInstalls", "exact_installs", 14),
        _same("scoreText", "score_text", 52),
        Field(
            peer="histogram",
            ours="histogram",
            right=lambda record: record["histogram"],
            read=lambda told: list(told.values()),
            numbers=(52,),
            absent=_NO_STARS,
        ),
        _same("price", "price", 58, absent=0),
        Field(
            peer="priceText",
            ours="price_text, or free",
            right=lambda record: record["price_text"] or ("Free" if record["free"] else None),
            numbers=(58,),
            absent="Free",
        ),
        _same("originalPrice", "original_price", 58),
        _same("discountEndDate", "sale_text", 58),
        Field(
            peer="available",
            ours="status",
            right=lambda record: record["status"] == "available",
            numbers=(19,),
            absent=False,
        ),
        Field(
            peer="preregister",
            ours="status",
            right=lambda record: record["status"] == "preregister",
            numbers=(19,),
            absent=False,
        ),
        _same("earlyAccessEnabled", "early_access", 19, absent=False),
        _same("isAvailableInPlayPass", "play_pass", 63, absent=False),
        _same("IAPRange", "in_app_price_range", 20),
        Field(
            peer="developerInternalID",
            ours="developer_id",
            right=lambda record: record["developer_id"],
            read=decoded,
            numbers=(69,),
        ),
        _same("developerLegalName", "trader_name", 70),
        _same("developerLegalEmail", "trader_email", 70),
        _same("developerLegalPhoneNumber", "trader_phone", 70),
        Field(
            peer="developerLegalAddress",
            ours="trader_address, on one line",
            right=lambda record: record["trader_address"] and record["trader_address"].replace("\n", ", "),
            numbers=(70,),
        ),
        _same("previewVideo", "preview_video", 101),
        Field(
            peer="androidVersion",
            ours="min_android, to its first space",
            right=lambda record: _first_word(record["min_android"]) or "VARY",
        ),
        Field(
            peer="androidVersionText",
            ours="min_android",
            right=lambda record: record["min_android"] or "Varies with device",
        ),
        Field(
            peer="androidMaxVersion",
            ours="max_android, to its first space",
            right=lambda record: _first_word(record["max_android"]) or "VARY",
        ),
        Field(peer="version", ours="version", right=lambda record: record["version"] or "VARY"),
        _same("recentChanges", "recent_changes_html"),
        Field(
            peer="updated",
            ours="updated, in milliseconds",
            right=lambda record: _seconds(record["updated"]) * 1000,
        ),
    ),
    "pypi": (
        *_BOTH,
        Field(
            peer="description",
            ours="description, lines ending as in Windows",
            right=lambda record: record["description"] and record["description"].replace("\n", "\r\n"),
            numbers=(13, 73),
        ),
        Field(
            peer="categories",
            ours="tags, or genre and genre_id",
            right=_categories,
            numbers=(119,),
            absent=[],
        ),
        _same("free", "free", 58),
        _same("adSupported", "contains_ads", 49),
        _same("realInstalls", "exact_installs", 14),
        Field(
            peer="histogram",
            ours="histogram",
            right=lambda record: record["histogram"] or _NO_STARS,
            numbers=(52,),
            absent=_NO_STARS,
        ),
        _same("price", "price", 58),
        Field(
            peer="sale",
            ours="original_price",
            right=lambda record: record["original_price"] is not None,
        ),
        Field(
            peer="saleTime",
            ours="sale_ends_at, in seconds",
            right=lambda record: record["sale_ends_at"] and _seconds(record["sale_ends_at"]),
        ),
        _same("saleText", "sale_text"),
        _same("originalPrice", "original_price"),
        _same("inAppProductPrice", "in_app_price_range", 20),
        _same("containsAds", "contains_ads", 49, absent=False),
        Field(
            peer="version",
            ours="version",
            right=lambda record: record["version"] or "Varies with device",
            numbers=(141,),
            absent="Varies with device",
        ),
        _same("lastUpdatedOn", "updated_text", 146),
        Field(
            peer="updated",
            ours="updated, in seconds",
            right=lambda record: _seconds(record["updated"]),
            numbers=(146,),
        ),
    ),
}
NOT_FOUND = {"npm": "App not found (404)", "pypi": "NotFoundError: App not found(404)."}


def compare(run: Run, peer: Peer, comparison: Comparison) -> None:
    """Ask for all apps everywhere."""
    at_home = run.apps(HOME, APPS[HOME])
    for place, ids in APPS.items():
        ours = run.apps(place, ids)
        answers = run.ask(
            peer,
            "app",
            [{peer.app_id: app_id, "lang": place.lang, "country": place.country} for app_id in ids],
        )
        for app_id, answer in zip(ids, answers, strict=True):
            status = ours[app_id]["status"]
            page = f"/store/apps/details?id={app_id}&hl={place.lang}&gl={place.country}"
            case = Case(
                ours=ours[app_id],
                what=f"{app_id} in {place.country}, {place.lang}",
                facts={"laid": run.laid(page, "ds:5"), "at_home": at_home[app_id]["status"]},
            )
            due = NOT_FOUND[peer.name] if status == "not_found" else SOMETHING
            if comparison.answer(case, _found(answer), due):
                comparison.record(case, answer["value"])


def _found(answer: Mapping[str, Any]) -> str:
    """What an answer is: an error's text, or whether there is an app in it."""
    if "error" in answer:
        return str(answer["error"])
    return SOMETHING if answer["value"]["title"] else "a record without a title"

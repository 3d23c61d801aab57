"""Values of whole crawls against the store's own list: two descriptions of the same apps that share no code."""

from __future__ import annotations

import html
from datetime import datetime

import pytest

from playfast.localstore import catalogue
from playfast.localstore.truth import truth
from playfast.localstore.varieties import VARIETIES

pytestmark = pytest.mark.crawl

SAME = {
    "title": "title",
    "icon": "icon_url",
    "header_image": "header_url",
    "video": "video_url",
    "video_thumbnail": "video_thumbnail_url",
    "preview_video": "video_clip_url",
    "privacy_policy": "privacy_policy_url",
    "developer": "developer_name",
    "developer_id": "developer_page_id",
    "developer_numeric_id": "developer_number",
    "developer_website": "developer_website",
    "developer_email": "developer_email",
    "developer_address": "developer_address",
    "seller": "seller",
    "trader_name": "trader_name",
    "trader_email": "trader_email",
    "trader_address": "trader_address",
    "trader_phone": "trader_phone",
    "exact_installs": "installs",
    "min_installs": "min_installs",
    "score": "score",
    "reviews": "reviews",
    "histogram": "histogram",
    "currency": "currency",
    "free": "free",
    "in_app_purchases": "sells_items",
    "contains_ads": "contains_ads",
    "play_pass": "play_pass",
    "teacher_approved": "teacher_approved",
    "family_library": "family_library",
    "early_access": "early_access",
    "genre_id": "category",
    "content_rating": "content_rating",
    "version": "version",
    "version_varies": "version_varies",
    "min_sdk": "min_sdk",
    "target_sdk": "target_sdk",
    "description_html": "description_html",
    "recent_changes_html": "release_notes_html",
}
MICROS = {
    "price": "price_micros",
    "original_price": "original_price_micros",
    "in_app_price_min": "item_price_low_micros",
    "in_app_price_max": "item_price_high_micros",
}
SECONDS = {"released": "released", "updated": "updated", "sale_ends_at": "sale_ends"}
UNESCAPED = {"summary": "summary_html", "interactive_elements": "interactive_elements_html"}


def differences(record, known):
    """Fields in which a record and the store's list differ, with both values."""
    pairs = {field: (record[field], known[name]) for field, name in SAME.items()}
    pairs |= {field: (record[field], _over_a_million(known[name])) for field, name in MICROS.items()}
    pairs |= {field: (_seconds(record[field]), known[name]) for field, name in SECONDS.items()}
    pairs |= {
        field: (record[field], known[name] and html.unescape(known[name]))
        for field, name in UNESCAPED.items()
    }
    pairs["ratings"] = (record["ratings"], 0 if known["unrated_as_zeros"] else known["ratings"])
    pairs["screenshots"] = (record["screenshots"] or [], known["screenshot_urls"] or [])
    pairs["tags"] = (
        [[tag["name"], tag["category_id"]] for tag in record["tags"] or []],
        [list(tag[:2]) for tag in known["tags"] or []],
    )
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def _over_a_million(value):
    return None if value is None else value / 1_000_000


def _seconds(value):
    return None if value is None else int(datetime.fromisoformat(value).timestamp())


@pytest.mark.parametrize(
    ("country", "lang"), [("us", "en"), ("kr", "ko"), ("de", "de"), ("jp", "ja"), ("eg", "ar")]
)
def test_records_say_what_the_store_knows(crawl, store, tmp_path, country, lang):
    path = tmp_path / "ids.txt"
    path.write_text("\n".join([*VARIETIES, *catalogue.ids(250)]), encoding="utf-8")
    result = crawl("-a", f"ids={path}", "-a", f"countries={country}", "-a", f"langs={lang}", store=store)
    available = [record for record in result.records if record["status"] == "available"]
    assert len(available) > 200
    wrong = {
        record["app_id"]: found
        for record in available
        if (found := differences(record, truth(record["app_id"], country, lang)))
    }
    assert not wrong

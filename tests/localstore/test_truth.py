"""The plain truth, found again at the documented places of the record."""

from __future__ import annotations

from itertools import islice

import pytest

from playfast.localstore.catalogue import App, ids
from playfast.localstore.record.fields import PAGE_MASK
from playfast.localstore.record.message import record
from playfast.localstore.record.view import View
from playfast.localstore.truth import truth
from playfast.localstore.varieties import VARIETIES

from .conftest import at

# Name in the truth, place in the record.
PLACES = {
    "title": (0, 0), "summary_html": (73, 0, 1), "own_description_html": (72, 0, 1), "translated_description_html": (12, 0, 0, 1),
    "release_notes_html": (144, 1, 1), "icon_url": (95, 0, 3, 2), "header_url": (96, 0, 3, 2), "video_url": (100, 0, 0, 3, 2),
    "video_thumbnail_url": (100, 0, 1, 3, 2), "video_clip_url": (100, 1, 2, 0, 2), "youtube_id": (100, 0, 0, 2),
    "privacy_policy_url": (99, 0, 5, 2), "developer_name": (68, 0), "developer_path": (68, 1, 4, 2), "developer_number": (68, 2),
    "developer_website": (69, 0, 5, 2), "developer_email": (69, 1, 0), "developer_address": (69, 2, 0), "seller": (37, 0),
    "trader_name": (69, 4, 0), "trader_email": (69, 4, 1, 0), "trader_address": (69, 4, 2, 0), "trader_phone": (69, 4, 3),
    "installs": (13, 2), "min_installs": (13, 1), "score": (51, 0, 1), "ratings": (51, 2, 1), "reviews": (51, 3, 1),
    "price_micros": (57, 0, 0, 0, 0, 1, 0, 0), "currency": (57, 0, 0, 0, 0, 1, 0, 1), "original_price_micros": (57, 0, 0, 0, 0, 1, 1, 0),
    "sale_ends": (57, 0, 0, 0, 0, 14, 0, 0), "category": (79, 0, 0, 2), "content_rating": (9, 0), "content_descriptors": (9, 2, 1),
    "interactive_elements_html": (9, 3, 1), "released": (10, 1, 0), "updated": (145, 0, 1, 0), "version": (140, 0, 0, 0),
}  # fmt: skip

SAMPLE = [*VARIETIES, *islice(ids(400, start=5_000), 400)]


@pytest.mark.parametrize(("gl", "hl"), [("us", "en"), ("de", "de"), ("jp", "ja"), ("eg", "ar")])
def test_records_hold_the_truth(gl, hl):
    for app_id in SAMPLE:
        told = truth(app_id, gl, hl)
        if told["status"] == "not_found":
            assert set(told) == {"id", "country", "country_name", "language", "status"}
            continue
        found = record(View(App(app_id), gl, hl, words=True), PAGE_MASK)
        for name, path in PLACES.items():
            value = at(found, *path)
            if name == "score" and told["unrated_as_zeros"]:
                assert (value, told[name]) == (0, None)
            else:
                assert value == told[name], (app_id, name, value)
        assert told["contains_ads"] == (at(found, 48) is not None)
        assert told["sells_items"] == (at(found, 19, 0) is not None)
        assert told["play_pass"] == (at(found, 62) is not None)
        assert told["early_access"] == isinstance(at(found, 18, 2), str)
        assert told["screenshot_urls"] == [shot[3][2] for shot in at(found, 78, 0)]
        assert told["histogram"] == (at(found, 51, 1) and [entry[1] for entry in at(found, 51, 1)[1:]])


def levels(version):
    """Minimum and target Android by the documented rule."""
    first, second = at(version, 1, 0, 0), at(version, 1, 1, 0, 0)
    if second:
        return second[0], at(first, 0)
    if not first:
        return None, None
    return (first[0], None) if len(first) == 2 else (None, first[0])


def test_android_levels_are_found_by_the_documented_rule():
    shapes = set()
    for app_id in SAMPLE:
        told = truth(app_id)
        if "min_sdk" not in told or told["version_varies"] is None:
            continue
        version = at(record(View(App(app_id), "us", "en", words=True), (141,)), 140)
        assert levels(version) == (told["min_sdk"], told["target_sdk"]), version
        assert at(version, 1, 1, 0, 1, 0) == told["max_sdk"]
        assert told["version_varies"] == (version[0] == [None, []])
        shapes.add(
            (
                told["min_sdk"] is None,
                told["target_sdk"] is None,
                told["max_sdk"] is None,
                told["version_varies"],
            )
        )
    assert len(shapes) >= 6


def test_the_truth_of_a_missing_app_is_short():
    assert truth("com.gone.app", "kr", "ko") == {
        "id": "com.gone.app", "country": "KR", "country_name": "South Korea", "language": "ko", "status": "not_found",
    }  # fmt: skip

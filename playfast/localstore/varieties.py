"""Hand-placed apps, one for every variety of answer, so that a test can ask for exactly the one it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .labels import GAMES, TAGS

_ORDINARY: dict[str, Any] = {"listing": "ordinary"}


@dataclass(frozen=True, slots=True)
class Variety:
    """What one hand-placed app is, and which draws of its chance are forced to make it so."""

    meaning: str
    forced: Mapping[str, Any]


def _variety(meaning: str, **forced: Any) -> Variety:
    return Variety(
        meaning, {**_ORDINARY, **{name.replace("_", " "): value for name, value in forced.items()}}
    )


_PLAIN = {
    "title kind": "plain",
    "failed block": False,
    "page build": "2026",
    "home language": "en",
    "language count": 0,
}

_BY_NAME: dict[str, Variety] = {
    "ordinary": _variety(
        "an ordinary free app with everything",
        paid=False,
        installs=91_130_079,
        unrated=False,
        video=True,
        trader=True,
        badge=True,
        no_header=False,
        no_label=False,
        no_permissions=False,
        no_groups=False,
        no_notes=False,
        no_policy=False,
        no_release_date=False,
        website=True,
        no_related=False,
    ),
    "gone": _variety("never exists", listing="gone"),
    "hidden": _variety(
        "not found in the US, found elsewhere", listing="hidden", kept_from_US=True, kept_from_DE=False
    ),
    "locked": _variety(
        "listed but not for sale in the US: an empty list",
        listing="locked",
        kept_from_US=True,
        kept_from_DE=False,
        empty_lock=True,
    ),
    "locked2": _variety(
        "listed but not for sale in the US: the field left out",
        listing="locked",
        kept_from_US=True,
        kept_from_DE=False,
        empty_lock=False,
    ),
    "announced": _variety("open for pre-registration", listing="announced"),
    "paid": _variety("a paid app", paid=True, price_tier=6.99, on_sale=False),
    "sale": _variety(
        "a paid app on sale at half price", paid=True, price_tier=9.99, on_sale=True, sale_share=0.5
    ),
    "salefree": _variety(
        "a paid app on sale for nothing", paid=True, price_tier=4.99, on_sale=True, sale_share=0.0
    ),
    "items": _variety(
        "sells things inside at different prices",
        sells_inside=True,
        item_low=0.99,
        item_high=49.99,
        one_item=False,
    ),
    "oneitem": _variety("sells one thing inside", sells_inside=True, one_item=True),
    "ads": _variety("contains ads", ads=True),
    "unrated": _variety("unrated: the field left out", unrated=True, zeros=False),
    "zeros": _variety("unrated: the field with zeros", unrated=True, zeros=True),
    "noinstalls": _variety("new: 0+ installs", installs=0, unrated=True, zeros=False),
    "famous": _variety("ten thousand million installs", installs=12_439_170_344, unrated=False),
    "early": _variety("early access", early_access=True),
    "playpass": _variety("in the store's pass", play_pass=True),
    "teachers": _variety("approved by teachers", teacher_approved=True),
    "family": _variety("in the family library", paid=True, family_library=True),
    "badge": _variety("has a chart badge", badge=True, place=1),
    "byname": _variety("its developer's page goes by name", developer=2),
    "bynumber": _variety("its developer's page goes by number", developer=0),
    "semicolon": _variety("its developer's name has a semicolon", developer=6),
    "unicode": _variety("its developer's name needs percent encoding", developer=33),
    "notrader": _variety("no trader details", trader=False, old_address=False),
    "oldaddress": _variety("an address in the old place, no trader details", trader=False, old_address=True),
    "video": _variety(
        "a video in the store's player, with a short clip",
        video=True,
        embedded=True,
        clip=True,
        no_header=False,
    ),
    "youtube": _variety("a video linked on YouTube", video=True, embedded=False),
    "novideo": _variety("no video", video=False),
    "nopermissions": _variety(
        "asks for no permission, and does not say so",
        no_permissions=True,
        says_that_it_asks_for_nothing=False,
    ),
    "nopermissions2": _variety(
        "asks for no permission, and says so", no_permissions=True, says_that_it_asks_for_nothing=True
    ),
    "permissions": _variety(
        "permissions in all three parts",
        no_permissions=False,
        no_groups=False,
        group_count=6,
        has_ungrouped=True,
    ),
    "nolabel": _variety("no data-safety label", no_label=True),
    "sharesnothing": _variety(
        "data safety: nothing shared, nothing collected", no_label=False, shares=False, collects=False
    ),
    "sharesmuch": _variety(
        "data safety: much shared and collected",
        no_label=False,
        shares=True,
        collects=True,
        shared_kinds=6,
        collected_kinds=6,
    ),
    "varies": _variety(
        "version varies with the device, minimum Android told", version_shape="varies, minimum"
    ),
    "varies2": _variety(
        "version varies with the device, target Android told", version_shape="varies, target"
    ),
    "sdktext": _variety("target Android with a text", version_shape="version, target with text, minimum"),
    "sdkmin": _variety("only the minimum Android", version_shape="version, minimum"),
    "sdktarget": _variety("only the target Android", version_shape="version, target"),
    "sdkmax": _variety("a maximum Android too", version_shape="version, target, minimum and maximum"),
    "sdk2022": _variety("version and Android as in 2022", version_shape="version, target, minimum, 2022"),
    "translated": _variety("description translated by the store", translated=True),
    "japanese": _variety("texts in Japanese", home_language="ja"),
    "korean": _variety("texts in Korean", home_language="ko"),
    "german": _variety("texts in German", home_language="de"),
    "arabic": _variety("texts in Arabic", home_language="ar"),
    "hebrew": _variety("texts in Hebrew", home_language="he"),
    "chinese": _variety("texts in Chinese", home_language="zh"),
    "formula": _variety("title begins with =", exact_title='=HYPERLINK("https://example.example/","x")'),
    "minus": _variety("title begins with -", exact_title="-2+3 Velano"),
    "control": _variety(
        "title with control characters and an escape sequence",
        exact_title="Vel\u0007ano \u001b[31mred\u001b[0m\u0000\u009b",
    ),
    "longtitle": _variety("a very long title", title_kind="long"),
    "combining": _variety(
        "title with combining characters and emoji", exact_title="Ve\u0301la\u0303no 👨‍👩‍👧 🏆"
    ),
    "tags": _variety(
        "a game with tags in every group",
        game=True,
        category=GAMES[2],
        second_genre=GAMES[7],
        tags=TAGS,
        second=True,
    ),
    "notags": _variety("no tags: an empty list", game=False, tagged_app=False, tags_left_out=False),
    "sparse": _variety(
        "no tags: left out, which makes the record sparse", game=False, tagged_app=False, tags_left_out=True
    ),
    "build2025": _variety("page of a 2025 build: 14 blocks", page_build="2025"),
    "build2025b": _variety("page of another 2025 build: 15 blocks", page_build="2025b"),
    "build2022": _variety("page of a 2022 build: the record is block 4", page_build="2022"),
    "failedsimilar": _variety(
        "page whose block of similar apps failed", failed_block=True, failing_rpc="ag2B9c", page_build="2026"
    ),
    "failedreviews": _variety(
        "page whose block of reviews failed", failed_block=True, failing_rpc="oCPfdb", page_build="2026"
    ),
    "nolinks": _variety(
        "no website, policy, header image, release date or notes",
        website=False,
        no_policy=True,
        no_header=True,
        no_release_date=True,
        no_notes=True,
    ),
}

#: The hand-placed apps by id. All begin with ``shop.variety.``.
VARIETIES: dict[str, Variety] = {
    f"shop.variety.{name}": Variety(variety.meaning, {**_PLAIN, **variety.forced})
    for name, variety in _BY_NAME.items()
}

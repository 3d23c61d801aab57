"""The plain truth about an app as one flat JSON object, with names of this package's own."""

from __future__ import annotations

from typing import Any

from .catalogue import App
from .identifiers import is_well_formed
from .places import storefront
from .weeks import app_in


def truth(app_id: str, gl: str = "us", hl: str = "en", seed: int = 0, week: int = 0) -> dict[str, Any]:
    """Everything the store knows about an app in a country, a language and a week.

    Always there: ``id``, ``country`` (that answers), ``language`` (as asked), ``status``. For any status but ``not_found`` all the
    others too; None means that the store does not say. Money is in micros (millionths), moments are seconds since 1970.
    """
    country = storefront(gl)
    app = app_in(app_id, seed, week)
    status = app.status(country.code)
    head: dict[str, Any] = {
        "id": app_id,
        "country": country.code,
        "country_name": country.name,
        "language": hl,
        "status": status,
    }
    if status == "not_found" or not is_well_formed(app_id):
        return head
    return {
        **head,
        **_texts(app, hl),
        **_people(app),
        **_numbers(app, country.code),
        **_money(app, country.code),
        **_labels(app, country.code),
        **_releases(app),
    }


def _texts(app: App, hl: str) -> dict[str, Any]:
    video = app.video
    return {
        "title": app.title,
        "summary_html": app.summary(hl),
        "description_html": app.description(hl),
        "own_description_html": app.own_description(hl),
        "translated_description_html": app.translated_description(hl),
        "release_notes_html": app.release_notes(hl),
        "icon_url": app.icon.url,
        "header_url": app.header and app.header.url,
        "screenshot_urls": [shot.url for shot in app.screenshots],
        "screenshot_size": [app.screenshots[0].height, app.screenshots[0].width],
        "video_url": video and video.url,
        "video_thumbnail_url": video and video.thumbnail,
        "video_clip_url": video and (video.clip_url if app.header else None),
        "youtube_id": (video and video.embedded and video.youtube_id) or None,
        "privacy_policy_url": app.privacy_policy,
    }


def _people(app: App) -> dict[str, Any]:
    developer = app.developer
    trader = developer.trader
    return {
        "developer_name": developer.name,
        "developer_path": developer.path,
        "developer_page_id": developer.page_id,
        "developer_number": developer.number,
        "developer_website": developer.website,
        "developer_email": developer.email,
        "developer_address": developer.address,
        "seller": developer.seller,
        "trader_name": trader and trader.name,
        "trader_email": trader and trader.email,
        "trader_address": trader and trader.address,
        "trader_phone": trader and trader.phone,
    }


def _numbers(app: App, country: str) -> dict[str, Any]:
    ratings = app.ratings
    zeros = ratings is None and app.unrated_as_zeros and app.installs is not None
    return {
        "installs": app.installs,
        "min_installs": app.min_installs,
        "score": ratings and ratings.score,
        "ratings": ratings.number if ratings else (0 if zeros else None),
        "reviews": app.reviews(country) if ratings else (0 if zeros else None),
        "histogram": ratings and list(ratings.histogram),
        "device_scores": ratings and {str(device): score for device, score in ratings.by_device},
        "phone_score": app.phone_ratings and app.phone_ratings.score,
        "phone_ratings": app.phone_ratings and app.phone_ratings.number,
        "unrated_as_zeros": zeros,
    }


def _money(app: App, country: str) -> dict[str, Any]:
    offer = app.offer(country)
    items = None if app.listing == "announced" else app.item_prices(country)
    return {
        "price_micros": offer and offer.micros,
        "currency": offer and offer.currency,
        "original_price_micros": offer and offer.original_micros,
        "sale_ends": offer and offer.sale_ends,
        "free": None if offer is None else offer.micros == 0,
        "sells_items": items is not None,
        "item_price_low_micros": items and items[0],
        "item_price_high_micros": items and items[1],
        "contains_ads": app.contains_ads,
    }


def _labels(app: App, country: str) -> dict[str, Any]:
    rating = app.content_rating(country)
    safety, permissions = app.data_safety, app.permissions
    badge = app.badge if app.status(country) == "available" else None
    return {
        "category": app.category.key,
        "category_name": app.category.name,
        "tags": [[tag.name, tag.category] for group in app.tags or () for tag in group],
        "content_rating": rating.name,
        "content_descriptors": rating.descriptors,
        "interactive_elements_html": rating.interactive,
        "chart": badge and badge.chart,
        "chart_place": badge and badge.place,
        "play_pass": app.in_play_pass,
        "teacher_approved": app.teacher_approved,
        "family_library": app.family_library,
        "early_access": app.early_access and app.status(country) == "available",
        "permissions": permissions
        and {
            "common": {group.name: list(group.permissions) for group in permissions.common},
            "other": list(permissions.other),
            "ungrouped": list(permissions.ungrouped),
        },
        "data_shared": safety and [[t.category, t.name, t.optional, list(t.purposes)] for t in safety.shared],
        "data_collected": safety
        and [[t.category, t.name, t.optional, list(t.purposes)] for t in safety.collected],
        "security_practices": safety and list(safety.practices),
    }


def _releases(app: App) -> dict[str, Any]:
    release = app.release
    return {
        "released": app.released and app.released[0],
        "updated": app.updated[0],
        "version": release and release.version,
        "version_varies": release and release.varies,
        "min_sdk": release and release.min_sdk,
        "target_sdk": release and release.target_sdk,
        "max_sdk": release and release.max_sdk,
    }


def changes(app_id: str, gl: str, hl: str, seed: int, weeks: tuple[int, int]) -> list[dict[str, Any]]:
    """What of the truth about an app differs between two weeks: ``id``, ``field``, ``before`` and ``after``.

    Of an app that was not there, or is not there any more, it is the status alone.
    """
    before, after = (truth(app_id, gl, hl, seed, week) for week in weeks)
    names = ["status"] if "not_found" in (before["status"], after["status"]) else list(after)
    return [
        {"id": app_id, "field": name, "before": before[name], "after": after[name]}
        for name in names
        if before[name] != after[name]
    ]

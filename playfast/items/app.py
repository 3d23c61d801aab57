"""An app's whole record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.items.record import AppRecord
from playfast.play import parts
from playfast.play.across import Across, needs, not_above, not_counted_above, same_length, sums_to
from playfast.play.convert import (
    address,
    flag,
    id_in_url,
    integer,
    micros,
    moment,
    plain,
    precise_moment,
    size,
    unescaped,
)
from playfast.play.fields import derived, on_page, said, told
from playfast.play.nested import Category, Event, PermissionGroup, SafetyNote, Story, Tag
from playfast.play.places import COUNTRIES
from playfast.play.rules import (
    ADDRESS,
    AMOUNT,
    ANDROID_VERSION,
    API_LEVEL,
    CATEGORY,
    COUNT,
    COUNTS_OF_STARS,
    CURRENCY,
    EMAIL,
    PAST,
    SIZE,
    STARS,
    TIME,
    at_least,
    each,
    each_value,
    one_of,
    written_as,
)

_OFFER = (57, 0, 0, 0, 0)  # the first offer of the first channel: what the page's button sells
_PRICE = (*_OFFER, 1, 0)
_FULL_PRICE = (*_OFFER, 1, 1)
_IN_APP_PRICES = ((19, 0), (*_PRICE, 1))  # the sentence, and the currency of the app's own price
_API_LEVELS = ((140, 1, 0, 0), (140, 1, 1, 0, 0))


@dataclass(slots=True, kw_only=True)
class App(AppRecord):
    """One app as one country's store shows it in one language: exactly one record per asked (id, country, language)."""

    # Formatted by hand: a field is a line, or a few, and its place stays in one piece.
    # fmt: off
    title: str | None = said(0, 0, floor=0.98, doc="Name of the app.")
    summary: str | None = said(73, 0, 1, convert=unescaped, floor=0.8, doc="Short description, up to 80 characters.")
    description: str | None = said(
        12, 0, 0, 1, or_at=(72, 0, 1), convert=plain, floor=0.95,
        doc="Long description as plain text; Play's machine translation where it shows one.",
    )
    description_html: str | None = said(
        12, 0, 0, 1, or_at=(72, 0, 1), floor=0.95,
        doc="Long description as served: text with `<br>`, `<b>`, `<i>`, `<u>` and entities.",
    )
    recent_changes: str | None = said(144, 1, 1, convert=plain, floor=0.2, doc="Release notes of the current version, plain text.")
    recent_changes_html: str | None = said(144, 1, 1, floor=0.2, doc="Release notes as served.")
    recent_changes_at: datetime | None = said(
        144, 2, convert=precise_moment, holds=PAST,
        doc="When the release notes were published, UTC; seen in records of 2022 only.",
    )

    installs: str | None = said(13, 0, floor=0.9, doc="Installs as shown (`50,000,000+`), in the asked language; absent before release.")
    installs_short: str | None = said(13, 3, floor=0.9, doc="Installs, abbreviated (`50M+`), in the asked language.")
    min_installs: int | None = said(13, 1, convert=integer, holds=COUNT, floor=0.9, doc="Lower bound of the installs shown.")
    exact_installs: int | None = said(
        13, 2, convert=integer, holds=COUNT, floor=0.9,
        doc="Number of installs that Play knows but does not show.",
    )

    score: float | None = said(
        51, 0, convert=parts.score, holds=STARS, floor=0.2,
        doc="Average rating in the asked country, 1 to 5 stars; None when unrated.",
    )
    score_text: str | None = said(
        51, 0, convert=parts.score_text, floor=0.2,
        doc="The score as shown, one decimal, in the asked language; None when unrated.",
    )
    ratings: int | None = said(51, 2, 1, convert=integer, holds=COUNT, floor=0.2, doc="Number of ratings; one number for all countries.")
    reviews: int | None = said(51, 3, 1, convert=integer, holds=COUNT, floor=0.2, doc="Number of written reviews; differs by country.")
    histogram: tuple[int, ...] | None = said(
        51, 1, convert=parts.histogram, holds=COUNTS_OF_STARS, floor=0.2,
        doc="Ratings with 1, 2, 3, 4 and 5 stars; their sum may miss `ratings` by up to 1 %.",
    )
    scores_by_device: dict[str, float] | None = said(
        150, 1, convert=parts.scores_by_device, holds=each_value(STARS), floor=0.05,
        doc="Average rating by kind of device: `phone`, `tablet`, `chromebook`, `tv`, or `device_N` for a code not known yet.",
    )
    phone_score: float | None = on_page("Average rating by users of phones, 1 to 5 stars.", holds=STARS)
    phone_ratings: int | None = on_page("Number of ratings by users of phones.", holds=COUNT)
    phone_reviews: int | None = on_page("Number of written reviews by users of phones.", holds=COUNT)
    phone_histogram: tuple[int, ...] | None = on_page("Ratings by users of phones with 1, 2, 3, 4 and 5 stars.", holds=COUNTS_OF_STARS)

    free: bool | None = said(*_PRICE, 0, convert=parts.free, floor=0.95, doc="Whether the price is 0; None where nothing is offered.")
    price: float | None = said(
        *_PRICE, 0, convert=micros, holds=AMOUNT, floor=0.95,
        doc="Price in units of `currency`; None where nothing is offered.",
    )
    currency: str | None = said(*_PRICE, 1, holds=CURRENCY, floor=0.95, doc="Currency of the prices, ISO 4217.")
    price_text: str | None = said(*_PRICE, 2, doc="Price as shown, in the asked language; None for a free app.")
    original_price: float | None = said(
        *_FULL_PRICE, 0, convert=micros, holds=AMOUNT,
        doc="Price before the sale, in units of `currency`; None when not on sale.",
    )
    original_price_text: str | None = said(*_FULL_PRICE, 2, doc="Price before the sale as shown.")
    sale_ends_at: datetime | None = said(*_OFFER, 14, 0, 0, convert=moment, holds=TIME, doc="When the sale ends, UTC.")
    sale_text: str | None = said(*_OFFER, 14, 1, doc="The end of the sale as shown, in the asked language.")
    offer_kind: int | None = said(*_OFFER, 5, convert=integer, floor=0.9, doc="Play's own code of the offer; 1 free and 2 paid were seen.")
    offer_label: str | None = said(57, 0, 0, 1, 0, floor=0.9, doc="Text of the install button, in the asked language.")
    offer_note: str | None = said(*_OFFER, 19, 0, 0, doc="A note on the offer (`ChromeOS version sold separately`).")
    buy_url: str | None = said(*_OFFER, 6, 5, 2, convert=address, holds=ADDRESS, floor=0.9, doc="Address behind the install button.")
    in_app_purchases: bool | None = told(19, 0, floor=0.05, doc="Whether the app sells something inside.")
    in_app_price_range: str | None = said(19, 0, doc="Prices of what is sold inside, as shown, in the asked language.")
    in_app_price_min: float | None = derived(
        parts.in_app_price_min, *_IN_APP_PRICES, holds=AMOUNT,
        doc="Lowest price inside, in units of `currency`, read from the text.",
    )
    in_app_price_max: float | None = derived(
        parts.in_app_price_max, *_IN_APP_PRICES, holds=AMOUNT,
        doc="Highest price inside, in units of `currency`, read from the text.",
    )
    contains_ads: bool | None = told(48, 0, floor=0.05, doc="Whether the app is marked as showing ads.")
    play_pass: bool | None = told(62, doc="Whether the app is part of Play Pass.")
    family_library: bool | None = told(90, doc="Whether a purchase can be shared in the family library.")
    early_access: bool | None = told(
        18, 2, when=lambda value: isinstance(value, str),
        doc="Whether the app is in early access (unreviewed by the public).",
    )
    teacher_approved: bool | None = told(111, 1, doc="Whether the app carries the mark of Play's teachers programme.")

    editors_choice: bool | None = told(105, doc="Whether the app carries the badge of Play's editors; seen on one app, in two years.")

    developer: str | None = said(68, 0, floor=0.98, doc="Name of the developer.")
    developer_id: str | None = said(
        68, 1, 4, 2, convert=id_in_url, floor=0.98,
        doc="Id in the address of the developer's page: a number, or a name.",
    )
    developer_numeric_id: str | None = derived(
        parts.developer_numeric_id, (68, 2), (68, 1, 4, 2), holds=written_as(r"\d{1,20}", "a number of up to 20 digits"), floor=0.5,
        doc="Number of the developer, also where the address carries a name; up to 20 digits, so a text.",
    )
    developer_url: str | None = said(
        68, 1, 4, 2, convert=address, holds=ADDRESS, floor=0.98,
        doc="Address of the developer's page on Play.",
    )
    developer_website: str | None = said(69, 0, 5, 2, convert=address, holds=ADDRESS, floor=0.2, doc="Web site the developer gives.")
    developer_email: str | None = said(69, 1, 0, holds=EMAIL, floor=0.8, doc="E-mail address the developer gives for support.")
    developer_address: str | None = said(
        69, 2, 0,
        doc="Postal address, in the place used before the trader's details existed; lines end in a line feed.",
    )
    seller: str | None = said(37, 0, floor=0.5, doc="Who offers the app, in Play's words; often, not always, the developer.")
    trader_name: str | None = said(69, 4, 0, doc="Legal name of the trader (EU Digital Services Act).")
    trader_email: str | None = said(69, 4, 1, 0, holds=EMAIL, doc="E-mail address of the trader.")
    trader_address: str | None = said(69, 4, 2, 0, doc="Postal address of the trader; lines end in a line feed.")
    trader_phone: str | None = said(69, 4, 3, doc="Telephone number of the trader.")
    privacy_policy: str | None = said(99, 0, 5, 2, convert=address, holds=ADDRESS, floor=0.5, doc="Address of the privacy policy.")

    genre: str | None = said(79, 0, 0, 0, floor=0.98, doc="Main category, in the asked language.")
    genre_id: str | None = said(79, 0, 0, 2, holds=CATEGORY, floor=0.98, doc="Main category as Play's code (`GAME_ARCADE`).")
    genre_url: str | None = said(79, 0, 0, 1, 4, 2, convert=address, holds=ADDRESS, floor=0.98, doc="Address of the main category's page.")
    categories: tuple[Category, ...] | None = derived(
        parts.categories, (79, 0, 0), (118,), floor=0.95,
        doc="All categories, the main one first: `id` (Play's code) and `name`.",
    )
    tags: tuple[Tag, ...] | None = said(
        118, convert=parts.tags,
        doc=(
            "Tags in Play's order: `name`, `kg_id` (knowledge-graph id), `category_id` where the tag is a category, `url`, and `group`, "
            "the number of the group it stands in (0 and 1 are genres in what was recorded)."
        ),
    )
    chart: str | None = said(58, 0, doc="Chart the app is marked to rank in, in the asked language.")
    chart_rank: int | None = said(58, 2, convert=parts.rank, holds=at_least(1), doc="Rank in that chart, 1 is best.")
    content_rating: str | None = said(9, 0, floor=0.9, doc="Age rating, in the words of the asked country's board.")
    content_rating_description: str | None = said(9, 2, 1, convert=plain, doc="What the age rating is for (`Fantasy Violence`).")
    content_rating_explanation: str | None = said(9, 6, 1, convert=plain, doc="Longer text on the age rating.")
    content_rating_icon: str | None = said(9, 1, 3, 2, holds=ADDRESS, floor=0.8, doc="Picture of the age rating.")
    interactive_elements: str | None = said(
        9, 3, 1, convert=plain,
        doc="Interactive elements (`Users Interact, In-Game Purchases`), in the asked language.",
    )

    icon: str | None = said(
        95, 0, 3, 2, holds=ADDRESS, floor=0.98,
        doc="Address of the icon, without a size suffix (`=s512` and the like may be added).",
    )
    icon_size: tuple[int, int] | None = said(95, 0, 2, convert=size, holds=SIZE, floor=0.9, doc="Width and height of the icon, pixels.")
    header_image: str | None = said(96, 0, 3, 2, holds=ADDRESS, floor=0.5, doc="Address of the feature graphic.")
    header_image_size: tuple[int, int] | None = said(
        96, 0, 2, convert=size, holds=SIZE, floor=0.5,
        doc="Width and height of the feature graphic, pixels.",
    )
    screenshots: tuple[str, ...] | None = said(
        78, 0, convert=parts.image_urls, holds=each(ADDRESS), floor=0.9,
        doc="Addresses of the screenshots, in order.",
    )
    screenshot_sizes: tuple[tuple[int, int] | None, ...] | None = said(
        78, 0, convert=parts.image_sizes, holds=each(SIZE), floor=0.9,
        doc="Width and height of each screenshot, pixels; None for one that does not say.",
    )
    video: str | None = said(100, 0, 0, 3, 2, holds=ADDRESS, doc="Address of the promotional video.")
    video_id: str | None = said(
        100, 0, 0, 2, holds=written_as(r"[\w-]{6,20}", "an id of YouTube"),
        doc="YouTube id of the promotional video.",
    )
    video_thumbnail: str | None = said(100, 0, 1, 3, 2, holds=ADDRESS, doc="Address of the video's still picture.")
    video_image: str | None = said(100, 1, 0, 3, 2, holds=ADDRESS, doc="Picture shown before the video plays; usually the feature graphic.")
    preview_video: str | None = said(100, 1, 2, 0, 2, holds=ADDRESS, doc="Address of a short MP4 preview.")
    preview_video_size: tuple[int, int] | None = said(
        100, 1, 2, 1, convert=size, holds=SIZE,
        doc="Width and height of the preview, pixels.",
    )

    released: datetime | None = said(
        10, 1, convert=precise_moment, holds=PAST, floor=0.5,
        doc="First release, UTC; absent for some old apps.",
    )
    released_text: str | None = said(10, 0, floor=0.5, doc="First release as shown, in the asked language.")
    updated: datetime | None = said(145, 0, 1, convert=precise_moment, holds=PAST, floor=0.95, doc="Last update, UTC.")
    updated_text: str | None = said(145, 0, 0, floor=0.95, doc="Last update as shown, in the asked language.")
    version: str | None = said(140, 0, 0, 0, floor=0.1, doc="Current version; None when it varies with the device.")
    version_varies: bool | None = said(
        140, convert=parts.version_varies, floor=0.9,
        doc="Whether the version varies with the device; None without version data.",
    )
    min_sdk: int | None = derived(
        parts.min_sdk, *_API_LEVELS, holds=API_LEVEL, floor=0.2,
        doc="Lowest Android API level the app runs on.",
    )
    min_android: str | None = derived(
        parts.min_android, *_API_LEVELS, holds=ANDROID_VERSION, floor=0.2,
        doc="Lowest Android version (`8.0`).",
    )
    max_android: str | None = said(
        140, 1, 1, 0, 1, 1, holds=ANDROID_VERSION,
        doc="Highest Android version, for the few apps that have one.",
    )
    target_sdk: int | None = derived(
        parts.target_sdk, *_API_LEVELS, holds=API_LEVEL, floor=0.2,
        doc="Android API level the app is built for.",
    )
    permissions: tuple[PermissionGroup, ...] | None = said(
        74, 2, convert=parts.permissions, floor=0.5,
        doc=(
            "Permissions: `kind` (`common`, `other`, `ungrouped`), `group` (name, None for the ungrouped) and `permissions`, texts in the"
            " asked language."
        ),
    )
    data_safety: tuple[SafetyNote, ...] | None = said(
        136, 1, convert=parts.data_safety, floor=0.4,
        doc="Summary of the data-safety section: `title` and `text`, in the asked language.",
    )
    data_collected: bool | None = said(136, 0, 1, 0, convert=flag, doc="Whether the developer declares to collect data.")
    data_shared: bool | None = said(136, 0, 1, 1, convert=flag, doc="Whether the developer declares to share data with third parties.")

    served_country: str | None = on_page(
        "Storefront that answered: ISO 3166-1 alpha-2, lower case.",
        holds=one_of(COUNTRIES, "a country code of ISO 3166-1, lower case"),
    )
    served_country_name: str | None = on_page("Storefront that answered, by name, in the page's language.")
    served_language: str | None = on_page("Language that answered, by name; for reading, not for comparing.")
    tax_note: str | None = on_page("What the storefront says about taxes in its prices.")
    canonical_url: str | None = on_page("Canonical address of the app's page.", holds=ADDRESS)
    locales: tuple[str, ...] | None = on_page("Languages Play links a version of the page for (`hreflang`).")
    events: tuple[Event, ...] | None = on_page("Live events and offers: `title`, `when` (as shown), `image`, `url`.")
    stories: tuple[Story, ...] | None = on_page("Editorial stories the app is featured in: `title`, `subtitle`, `label`, `image`, `url`.")

    # fmt: on

    across: ClassVar[tuple[Across, ...]] = (
        sums_to("histogram", "ratings"),
        sums_to("phone_histogram", "phone_ratings"),
        not_counted_above("reviews", "ratings", "reviews"),
        not_above("min_installs", "exact_installs", "exact_installs"),
        not_above("price", "original_price", "original_price"),
        not_above("min_sdk", "target_sdk", "min_sdk", "target_sdk"),
        needs("price", "currency"),
        needs("original_price", "currency"),
        same_length("screenshots", "screenshot_sizes"),
    )

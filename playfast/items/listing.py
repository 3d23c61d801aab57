"""Apps in lists: similar ones, a developer's, those of a search or a chart, those that a front page of the store shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.items.record import SERVED
from playfast.play import parts
from playfast.play.across import Across, needs, not_above, same_length
from playfast.play.convert import address, integer, micros, moment, plain, size, unescaped
from playfast.play.fields import key, said
from playfast.play.identity import Identity
from playfast.play.rules import ADDRESS, AMOUNT, CURRENCY, PACKAGE_NAME, SIZE, STARS, TIME, at_least, each

LISTS_OF = "lists of "
"""Tells what lists are of from the apps in them, which may be the same."""
_PRICE = (8, 1, 0)
_FULL_PRICE = (8, 1, 1)


@dataclass(slots=True, kw_only=True)
class Listing:
    """One app in one list, with what its card there says."""

    identity: ClassVar[Identity] = Identity(asked="asked", row=("list", "app_id"), prefix=LISTS_OF)

    # fmt: off
    asked: str = key("What the list is of: an app's id, a developer's number or name, what was searched for, a category.")
    list: str = key(
        "Which list: `similar`, `more_by_developer`, `developer`, `search` (`search_free`, `search_paid`), a chart's or a front page's own "
        "name (`topselling_free`); `other` for one of an unknown kind (then `other_2`).",
    )
    rank: int = key("Place in the list, from 1.", holds=at_least(1))
    app_id: str = key("Package name of the app that stands there.", holds=PACKAGE_NAME)
    country: str = key("Storefront asked for: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language asked for, as Play writes it.")
    fetched_at: datetime | None = key("When the answer came, UTC.", None)
    via: str | None = key("`rpc` or `page`: which way the answer came.", None)
    url: str | None = key("Address of the app's page in the asked country and language.", None)
    served_country: str | None = key(SERVED, None)
    featured: bool | None = key(
        "Whether the app is shown by itself above the others: the one that a search matches, the foremost of a numbered developer. None "
        "for lists that have no such place.",
        None,
    )

    title: str | None = said(3, floor=0.98, doc="Name of the app.")
    developer: str | None = said(14, floor=0.5, doc="Name of the developer.")
    icon: str | None = said(1, 3, 2, holds=ADDRESS, floor=0.9, doc="Address of the icon, without a size suffix.")
    icon_size: tuple[int, int] | None = said(1, 2, convert=size, holds=SIZE, doc="Width and height of the icon, pixels.")
    score: float | None = said(4, convert=parts.score, holds=STARS, floor=0.2, doc="Average rating, 1 to 5 stars; None when unrated.")
    score_text: str | None = said(4, convert=parts.score_text, doc="The score as shown, in the asked language.")
    genre: str | None = said(5, doc="Main category, in the asked language.")
    free: bool | None = said(*_PRICE, 0, convert=parts.free, doc="Whether the price is 0; None where nothing is offered.")
    price: float | None = said(*_PRICE, 0, convert=micros, holds=AMOUNT, doc="Price in units of `currency`; None where nothing is offered.")
    currency: str | None = said(*_PRICE, 1, holds=CURRENCY, doc="Currency of the prices, ISO 4217.")
    price_text: str | None = said(*_PRICE, 2, doc="Price as shown; None for a free app.")
    original_price: float | None = said(
        *_FULL_PRICE, 0, convert=micros, holds=AMOUNT,
        doc="Price before the sale, in units of `currency`; None when not on sale.",
    )
    original_price_text: str | None = said(*_FULL_PRICE, 2, doc="Price before the sale as shown.")
    sale_ends_at: datetime | None = said(8, 14, 0, 0, convert=moment, holds=TIME, doc="When the sale ends, UTC.")
    sale_text: str | None = said(8, 14, 1, doc="The end of the sale as shown, in the asked language.")
    offer_kind: int | None = said(8, 5, convert=integer, doc="Play's own code of the offer; 1 free and 2 paid were seen.")
    offer_label: str | None = said(25, 0, 0, 1, 0, doc="Text of the install button, in the asked language.")
    offer_note: str | None = said(8, 19, 0, 0, doc="A note on the offer (`ChromeOS version sold separately`).")
    buy_url: str | None = said(8, 6, 5, 2, convert=address, holds=ADDRESS, doc="Address behind the install button.")
    installs: str | None = said(15, doc="Installs as shown (`50,000,000+`), in the asked language.")
    summary: str | None = said(
        73, 0, 1, convert=unescaped,
        doc="Short description, of an app that is shown by itself above the others; where a list goes on, in the place of the long one.",
    )
    description: str | None = said(13, 1, convert=plain, doc="Long description as plain text.")
    description_html: str | None = said(13, 1, doc="Long description as served.")
    content_rating: str | None = said(24, 0, doc="Age rating, in the words of the asked country's board.")
    content_rating_description: str | None = said(24, 2, 1, convert=plain, doc="What the age rating is for.")
    content_rating_explanation: str | None = said(24, 6, 1, convert=plain, doc="Longer text on the age rating.")
    content_rating_icon: str | None = said(24, 1, 3, 2, holds=ADDRESS, doc="Picture of the age rating.")
    interactive_elements: str | None = said(24, 3, 1, convert=plain, doc="Interactive elements, in the asked language.")
    kids_age: str | None = said(17, doc="Ages that the app is recommended for, where it is one for children.")
    availability: str | None = said(
        26, 0, convert=parts.availability,
        doc="`available` or `preregister`, where the card says so.",
    )
    play_pass: bool | None = said(33, convert=parts.there, doc="True for an app that is part of Play Pass; a card does not say no.")
    in_app_price_range: str | None = said(29, 0, doc="Prices of what is sold inside, as shown.")
    header_image: str | None = said(22, 3, 2, holds=ADDRESS, doc="Address of the feature graphic.")
    header_image_size: tuple[int, int] | None = said(
        22, 2, convert=size, holds=SIZE,
        doc="Width and height of the feature graphic, pixels.",
    )
    screenshots: tuple[str, ...] | None = said(
        2, convert=parts.image_urls, holds=each(ADDRESS),
        doc="Addresses of the screenshots, in order.",
    )
    screenshot_sizes: tuple[tuple[int, int] | None, ...] | None = said(
        2, convert=parts.image_sizes, holds=each(SIZE),
        doc="Width and height of each screenshot, pixels; None for one that does not say.",
    )
    video: str | None = said(12, 0, 0, 3, 2, holds=ADDRESS, doc="Address of the promotional video.")
    video_id: str | None = said(12, 0, 0, 2, doc="YouTube id of the promotional video.")
    video_thumbnail: str | None = said(12, 0, 3, 3, 2, holds=ADDRESS, doc="Address of the video's still picture.")
    # fmt: on

    across: ClassVar[tuple[Across, ...]] = (
        needs("price", "currency"),
        not_above("price", "original_price", "original_price"),
        same_length("screenshots", "screenshot_sizes"),
    )


@dataclass(slots=True, kw_only=True)
class ListingSweep:
    """How asking for one thing's lists went: exactly one record per asked (thing, country, language)."""

    identity: ClassVar[Identity] = Identity(asked="asked", prefix=LISTS_OF)

    asked: str = key("What was asked: an app's id, what was searched for, a category.")
    country: str = key("Storefront asked for: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language asked for, as Play writes it.")
    status: str = key("`available`, `not_found` (Play knows no such thing here), `invalid_id` or `error`.")
    error: str | None = key("Why, for the statuses `invalid_id` and `error`; None for the others.", None)
    fetched_at: datetime | None = key("When the last answer came, UTC; None where nothing was asked.", None)
    via: str | None = key("`rpc` or `page`: which way the first answer came; None where none did.", None)
    url: str | None = key("Address of the page that shows the lists.", None)
    served_country: str | None = key(SERVED, None)
    rows: dict[str, int] | None = key("How many rows came, by list.", None)
    stopped: dict[str, str] | None = key(
        "Why each list ended: `end` (Play has no more), `empty` (Play has none at all), `limit`, `repeated` (Play began to repeat itself), "
        "`refused` (Play gave no further part), `error` (no answer came).",
        None,
    )

"""Developers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.items.listing import LISTS_OF
from playfast.items.record import SERVED
from playfast.play.fields import key, said
from playfast.play.identity import Identity
from playfast.play.rules import ADDRESS, written_as


@dataclass(slots=True, kw_only=True)
class Developer:
    """One developer as one country's store shows it, and how asking for its apps went: one record per asked (developer, country, language).

    The values stand in the developer's own record, which only those with a number have; where a name was asked, the number is taken from
    the record of one of the apps.
    """

    identity: ClassVar[Identity] = Identity(asked="asked", prefix=LISTS_OF)

    # fmt: off
    asked: str = key("The developer's number or name, as asked.")
    country: str = key("Storefront asked for: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language asked for, as Play writes it.")
    status: str = key("`available`, `not_found` (Play knows no such developer here), `invalid_id` or `error`.")
    error: str | None = key("Why, for the statuses `invalid_id` and `error`; None for the others.", None)
    fetched_at: datetime | None = key("When the last answer came, UTC; None where nothing was asked.", None)
    via: str | None = key("`rpc` or `page`: which way the first answer came; None where none did.", None)
    url: str | None = key("Address of the developer's page.", None)
    served_country: str | None = key(SERVED, None)
    numeric_id: str | None = key(
        "Number of the developer; up to 20 digits, so a text.", None,
        holds=written_as(r"\d{1,20}", "a number of up to 20 digits"),
    )
    apps: int = key("How many of the developer's apps came.", 0)
    stopped: str | None = key(
        "Why the list of apps ended: `end` (Play has no more), `empty` (Play has none at all), `limit`, `repeated` (Play began to repeat "
        "itself), `refused` (Play gave no further part); None where nothing was asked.",
        None,
    )

    name: str | None = said(4, 0, floor=0.5, doc="Name of the developer.")
    tagline: str | None = said(5, 1, 1, doc="What the developer says of itself.")
    logo: str | None = said(2, 0, 3, 2, holds=ADDRESS, doc="Address of the logo.")
    header_image: str | None = said(1, 0, 3, 2, holds=ADDRESS, doc="Address of the picture at the top of the page.")
    # fmt: on

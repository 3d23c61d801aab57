"""What the records of apps have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.play.fields import key
from playfast.play.identity import Identity
from playfast.play.places import COUNTRIES, LANGUAGES
from playfast.play.rules import PACKAGE_NAME, one_of

SERVED = "Storefront that answered, ISO 3166-1 alpha-2, lower case; with PLAYFAST_VERIFY_STOREFRONT, or where a page says it."
"""The meaning of the field with which records are marked."""


@dataclass(slots=True, kw_only=True)
class AppRecord:
    """One app asked of one country's store in one language: exactly one record of a class for each of these."""

    identity: ClassVar[Identity] = Identity()

    # fmt: off
    app_id: str = key("The app's package name, as asked.", holds=PACKAGE_NAME)
    country: str = key(
        "Storefront asked for: ISO 3166-1 alpha-2, lower case.",
        holds=one_of(COUNTRIES, "a country code of ISO 3166-1, lower case"),
    )
    lang: str = key("Language asked for, as Play writes it (`en`, `pt-BR`).", holds=one_of(LANGUAGES, "a language of Play"))
    status: str = key(
        "`available`, `preregister` (announced, not yet out), `not_in_region` (exists, not offered in this country), `not_found` "
        "(Play knows no such app here), `invalid_id` (no package name, not asked) or `error` (asked, no answer to trust).",
    )
    error: str | None = key("Why, for the statuses `invalid_id` and `error`; None for the others.", None)
    fetched_at: datetime | None = key("When the answer came, UTC; None where nothing was asked.", None)
    via: str | None = key("`rpc` or `page`: which way the answer came; None where none did.", None)
    url: str | None = key("Address of the app's page in the asked country and language.", None)
    # fmt: on

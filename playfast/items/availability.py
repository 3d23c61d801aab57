"""Where an app is to be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.items.record import SERVED, AppRecord
from playfast.play.fields import key, on_page
from playfast.play.identity import Identity
from playfast.play.places import COUNTRIES
from playfast.play.rules import COUNT, one_of


@dataclass(slots=True, kw_only=True)
class Availability(AppRecord):
    """Whether one app is to be had in one country: a cell of the matrix, told by `status`."""

    served_country: str | None = on_page(
        SERVED, holds=one_of(COUNTRIES, "a country code of ISO 3166-1, lower case")
    )


@dataclass(slots=True, kw_only=True)
class Presence:
    """Where one app is to be had, over all countries that were asked: a line of the matrix."""

    identity: ClassVar[Identity] = Identity(country="")

    app_id: str = key("The app's package name, as asked.")
    lang: str = key("Language asked in; where an app is to be had does not depend on it.")
    fetched_at: datetime | None = key("When the last answer came, UTC; None where nothing was asked.", None)
    countries: int = key("How many countries were asked.", holds=COUNT)
    answered: int = key("How many of them answered, be it that there is no such app.", holds=COUNT)
    gone_everywhere: bool | None = key(
        "True where every country answered that there is no such app, False where it exists in one at least; None where some did not "
        "answer and it exists in no other, so that nobody knows.",
        None,
    )
    available_in: tuple[str, ...] = key("Countries in which it can be installed.", ())
    preregister_in: tuple[str, ...] = key("Countries in which it is announced.", ())
    not_in_region_in: tuple[str, ...] = key("Countries in which it exists and is not offered.", ())
    not_found_in: tuple[str, ...] = key("Countries whose store knows no such app.", ())
    unanswered_in: tuple[str, ...] = key("Countries that gave no answer to trust.", ())

    @property
    def settled_as(self) -> str:
        """What a ledger keeps of it: as an error it is made anew when those are asked again."""
        return "error" if self.unanswered_in else "available"

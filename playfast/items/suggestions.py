"""What people search for who have begun to type something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.items.record import SERVED
from playfast.play.fields import key
from playfast.play.identity import Identity


@dataclass(slots=True, kw_only=True)
class Suggestions:
    """What the store suggests for one beginning: exactly one record for each (beginning, country, language) that was asked."""

    identity: ClassVar[Identity] = Identity(asked="term")

    # fmt: off
    term: str = key("What was typed so far, as asked.")
    country: str = key("Storefront asked for: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language asked for, as Play writes it.")
    status: str = key("`available`, `invalid_id` (nothing that can be typed) or `error`.")
    error: str | None = key("Why, for the statuses `invalid_id` and `error`; None for the others.", None)
    fetched_at: datetime | None = key("When the answer came, UTC; None where nothing was asked.", None)
    via: str | None = key("`rpc`: the way the answer came.", None)
    url: str | None = key("Address of the search for the term.", None)
    served_country: str | None = key(SERVED, None)
    suggestions: tuple[str, ...] | None = key(
        "What the store suggests, best first; empty where it has nothing to suggest, None where nobody could be asked.", None
    )
    # fmt: on

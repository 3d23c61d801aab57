"""Categories of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.items.record import SERVED
from playfast.play.fields import key
from playfast.play.identity import Identity


@dataclass(slots=True, kw_only=True)
class StoreCategory:
    """One category as one country's store has it: exactly one record for each (category, country, language) that was asked."""

    identity: ClassVar[Identity] = Identity(asked="category")

    # fmt: off
    category: str = key("Play's name of the category (`GAME_PUZZLE`), as charts take it.")
    country: str = key("Storefront asked for: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language asked for, as Play writes it.")
    status: str = key("`available` (a chart of it holds apps), `not_found` (none does) or `error`.")
    error: str | None = key("Why, for the status `error`; None for the others.", None)
    fetched_at: datetime | None = key("When the answer came, UTC; None where nothing was asked.", None)
    via: str | None = key("`rpc`: the way the answer came.", None)
    url: str | None = key("Address of the category's front page.", None)
    served_country: str | None = key(SERVED, None)
    name: str | None = key(
        "Name in the asked language, as the foremost apps of its charts give theirs; None where these differ, as those of `GAME` do.", None
    )
    is_game: bool | None = key("Whether it is one of games.", None)
    collections: tuple[str, ...] | None = key("The charts of it that hold apps.", None)
    # fmt: on

"""Collections: the lists that a front page of the store shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.items.listing import LISTS_OF
from playfast.items.record import SERVED
from playfast.play.fields import key
from playfast.play.identity import Identity
from playfast.play.rules import at_least


@dataclass(slots=True, kw_only=True)
class Collection:
    """One list on the front page of a category. The apps in it are `Listing` rows, too."""

    identity: ClassVar[Identity] = Identity(asked="asked", row=("list",), prefix=LISTS_OF)

    # fmt: off
    asked: str = key("The category whose front page shows it (`APPLICATION`, `GAME`).")
    list: str = key("Play's name of the list, the same in all languages; `other` for one without a name (then `other_2`).")
    rank: int = key("Place on the page, from 1.", holds=at_least(1))
    country: str = key("Storefront asked for: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language asked for, as Play writes it.")
    fetched_at: datetime | None = key("When the answer came, UTC.", None)
    via: str | None = key("`rpc` or `page`: which way the answer came.", None)
    url: str | None = key("Address of the page with the whole list, where it has one.", None)
    served_country: str | None = key(SERVED, None)
    title: str | None = key("Title as shown, in the asked language.", None)
    apps: tuple[str, ...] = key("Package names of the apps that are shown, in order.", ())
    # fmt: on

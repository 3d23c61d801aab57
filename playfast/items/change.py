"""A line of the history that a database keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playfast.play.fields import key


@dataclass(slots=True, kw_only=True)
class Change:
    """One value of a record that a crawl found changed."""

    at: datetime = key("When the record came in which the change was found, UTC.")
    app_id: str = key("The app's package name.")
    country: str = key("Storefront: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language, as Play writes it.")
    title: str | None = key("Name of the app, as it was last said.", None)
    field: str = key(
        "Which field of the record; the first record of an app is a change of `status` from None."
    )
    before: Any = key("The value before; None where there was none.", None)
    after: Any = key("The value since; None where there is none any more.", None)
    run: int = key("Number of the crawl that found it.")

"""A line of the history that a database keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playfast.play.fields import key


@dataclass(slots=True, kw_only=True)
class Change:
    """One value of an app's record that a crawl found changed."""

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


@dataclass(slots=True, kw_only=True)
class DeveloperChange:
    """One value of a developer's record that a crawl found changed."""

    at: datetime = key("When the record came in which the change was found, UTC.")
    asked: str = key("The developer's number or name, as asked.")
    country: str = key("Storefront: ISO 3166-1 alpha-2, lower case.")
    lang: str = key("Language, as Play writes it.")
    name: str | None = key("Name of the developer, as it was last said.", None)
    field: str = key(
        "Which field of the record; the first record of a developer is a change of `status` from None."
    )
    before: Any = key("The value before; None where there was none.", None)
    after: Any = key("The value since; None where there is none any more.", None)
    run: int = key("Number of the crawl that found it.")

"""One app as one storefront shows it in one language: what every builder of a field is given."""

from __future__ import annotations

from typing import Any

from playfast.localstore.catalogue import App
from playfast.localstore.languages import Language, language
from playfast.localstore.places import Country, storefront

from .moves import Moves


class View:
    """An app, seen from a country, in a language, in one way of writing booleans.

    ``yes`` and ``no`` are ``True`` and ``False``, or 1 and 0: pages of today and some answers write numbers.
    """

    __slots__ = ("app", "country", "hl", "lang", "moves", "no", "words", "yes")

    def __init__(self, app: App, gl: str, hl: str, *, words: bool, moves: Moves = ()) -> None:
        self.app = app
        self.country: Country = storefront(gl)
        self.hl = hl
        self.lang: Language = language(hl)
        self.words = words
        self.moves = moves
        self.yes: Any = True if words else 1
        self.no: Any = False if words else 0

    def flag(self, *, value: bool) -> Any:
        """A boolean as this answer writes it."""
        return value if self.words else int(value)

    @property
    def status(self) -> str:
        """What this storefront says about the app."""
        return self.app.status(self.country.code)

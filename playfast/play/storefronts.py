"""Which country's store answered, from the foot of its pages (`jRco8`): it says so by name, in the language of the answer."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Any

from playfast.play.places import COUNTRIES
from playfast.play.record import find

_NAME = (1,)


def country(payload: Any, lang: str) -> str | None:
    """The code of the country that a foot names; None where it names none, or by a name that is not known."""
    name = find(payload, _NAME)
    return _names(lang).get(name.casefold()) if isinstance(name, str) else None


@lru_cache(maxsize=256)
def _names(lang: str) -> dict[str, str]:
    """Codes by name, in a language: those of Unicode's CLDR, and in English our own.

    Raises:
        ModuleNotFoundError: Babel is not installed, which has these names.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - an optional library

    names: dict[str, str] = {}
    with suppress(UnknownLocaleError, ValueError):  # a language that CLDR does not have
        territories = Locale.parse(lang, sep="-").territories.items()
        names = {
            str(name).casefold(): code.lower() for code, name in territories if code.lower() in COUNTRIES
        }
    if lang.partition("-")[0] == "en":
        names |= {name.casefold(): code for code, name in COUNTRIES.items()}
    return names


def missing() -> str | None:
    """What has to be installed for this, or None."""
    try:
        import babel  # noqa: F401, PLC0415 - an optional library
    except ModuleNotFoundError:
        return "Babel is not installed, which has the names of countries: pip install 'playfast-scrapy[storefront]'"
    return None

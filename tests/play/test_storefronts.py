"""Countries by the names under which stores give themselves."""

from __future__ import annotations

import pytest

from playfast.play.places import COUNTRIES, LANGUAGES
from playfast.play.storefronts import country

pytest.importorskip("babel", reason="Babel has the names of countries: pip install babel")


@pytest.mark.parametrize(
    ("name", "lang", "code"),
    [
        ("United States", "en", "us"),
        ("Poland", "en", "pl"),
        ("대한민국", "ko", "kr"),
        ("Deutschland", "de", "de"),
        ("deutschland", "de", "de"),
        ("Estados Unidos", "es-419", "us"),
        ("Egypt", "en-GB", "eg"),
        ("Nowhere", "en", None),
        ("Deutschland", "en", None),
        ("United States", "xx", None),
    ],
)
def test_a_name_in_the_language_of_the_answer(name, lang, code):
    assert country([[], name, "..."], lang) == code


@pytest.mark.parametrize("payload", [None, [], [[], None], [[], 5], "text", {}])
def test_a_foot_that_names_no_country(payload):
    assert country(payload, "en") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_countries_have_one_name(lang):
    from playfast.play.storefronts import _names  # noqa: PLC0415 - the table itself

    names = _names(lang)
    assert set(names.values()) <= set(COUNTRIES)
    assert len(set(names.values())) in (0, *range(200, len(COUNTRIES) + 1))

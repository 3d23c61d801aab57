"""Which store answered, and in which language: said by every whole page, of whatever kind."""

from __future__ import annotations

import pytest

from playfast.play import calls, storefronts
from playfast.play.page_only import extras

from .recordings import DIRECTORY, TRIMMED_PAGES, app_page, page

US = ("us", "United States", "English")
US_LONG = ("us", "United States", "English (United States)")
PL = ("pl", "Poland", "English (United States)")

# Asked without a country, the data-safety page and the store home say that of the recorder's address.
SAID = {
    "details/minecraft_en_us": US_LONG,
    "details/translate_en_us": US_LONG,
    "details/translate_en_us_second_load": US_LONG,
    "details/whereami_en_us": US,
    "details/sparse_en_eg": ("eg", "Egypt", "English"),
    "details/sparse_ko_kr": ("kr", "대한민국", "한국어"),
    "details/minecraft_en_us_2022": US,
    "search/panda_en_us": US,
    "search/where_am_i_en_us": US,
    "developer/google_numeric_id": US_LONG,
    "developer/mojang_by_name": US,
    "similar/translate_cluster": US,
    "datasafety/translate_en_pl": PL,
    "home/store_home": PL,
}
TAX_NOTES = {
    "details/sparse_en_eg": "All prices include VAT.",
    "details/sparse_ko_kr": "모두 VAT 포함된 가격입니다.",
    "datasafety/translate_en_pl": "All prices include VAT.",
    "home/store_home": "All prices include VAT.",
}


@pytest.mark.parametrize("file", SAID)
def test_who_answered(file):
    said = extras(page(DIRECTORY / f"{file}.html.gz"))
    country, name, language = SAID[file]
    assert said.get("served_country") == country
    assert said.get("served_country_name") == name
    assert said.get("served_language") == language
    assert said.get("tax_note") == TAX_NOTES.get(file)


@pytest.mark.parametrize("file", [file for file in SAID if not file.startswith("details/")])
def test_a_page_of_another_kind_has_nothing_of_an_app(file):
    said = extras(page(DIRECTORY / f"{file}.html.gz"))
    given = {field for field, value in said.items() if value is not None}
    assert given <= {"served_country", "served_country_name", "served_language", "tax_note"}


@pytest.mark.parametrize("name", TRIMMED_PAGES)
def test_a_cut_page_does_not_say(name):
    said = extras(app_page(name))
    for field in ("served_country", "served_country_name", "served_language", "tax_note"):
        assert said.get(field) is None


@pytest.mark.parametrize("file", SAID)
def test_the_foot_says_the_same(file):
    """Over RPC nothing else tells whose store answered, and it says so by name."""
    pytest.importorskip("babel")
    payload = page(DIRECTORY / f"{file}.html.gz").block(calls.STOREFRONT)
    lang = "ko" if file.endswith("ko_kr") else "en"
    assert storefronts.country(payload, lang) == SAID[file][0]


def test_a_name_in_another_language_is_not_guessed():
    pytest.importorskip("babel")
    payload = page(DIRECTORY / "details" / "sparse_ko_kr.html.gz").block(calls.STOREFRONT)
    assert storefronts.country(payload, "en") is None

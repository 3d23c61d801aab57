"""Each field of each recorded details answer, against what was read off the recording by hand.

The expectations in `expected/` were not made with this project's parser: they come from a walk over the raw
JSON of the recording, checked against its JSON-LD, its links and its visible text.
"""

from __future__ import annotations

import copy

import pytest

from .recordings import ALL, FIELDS, PAGE_ONLY, PAGES, TRIMMED_PAGES, expected, extract, extracted, payload
from .written import canonical, shown

CASES = [pytest.param(name, field, id=f"{name}-{field}") for name in ALL for field in FIELDS]


@pytest.mark.parametrize(("name", "field"), CASES)
def test_field(name, field):
    wanted = expected(name)[field]
    found = extracted(name).value(field)
    # as JSON, where 1, 1.0 and true are not one
    assert canonical(shown(found, wanted)) == canonical(wanted), f"{field} is {found!r}"


@pytest.mark.parametrize("name", ALL)
def test_every_field_has_an_expectation(name):
    assert sorted(expected(name)) == sorted(FIELDS)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_reported_invalid(name):
    assert extracted(name).invalid == ()


def test_a_wrong_type_is_reported():
    """Or the test above would hold for an extractor that reports nothing."""
    broken = copy.deepcopy(payload("chrome_en_us"))
    broken[1][2][13][1] = ["not a number"]
    assert extract("chrome_en_us", broken, {}).invalid


@pytest.mark.parametrize("name", PAGES)
def test_the_stars_add_up(name):
    item = extracted(name).item
    if item.histogram is None:
        assert item.score is None
        return
    mean = sum(stars * count for stars, count in enumerate(item.histogram, 1)) / sum(item.histogram)
    assert item.score == pytest.approx(mean, abs=0.05)
    assert sum(item.histogram) == pytest.approx(item.ratings, rel=0.01, abs=5)


@pytest.mark.parametrize("name", PAGES)
def test_the_installs_agree_with_their_texts(name):
    item = extracted(name).item
    assert int("".join(filter(str.isdecimal, item.installs))) == item.min_installs <= item.exact_installs


@pytest.mark.parametrize(
    ("name", "version", "varies", "sdks"),
    [
        # both sparse pages keep version, notes and update time in the object at the record's end
        ("sparse_ko_kr", "1.5.1", False, (24, 36)),
        ("sparse_en_eg", None, True, (None, 35)),
        ("minecraft_en_us_2022", "1.19.11.01", False, (21, 31)),
        ("whatsapp_de_de", "2.26.41.77", False, (None, 35)),
        # one list of two elements is the minimum, of one element the target
        ("chrome_en_us", None, True, (29, None)),
        ("telegram_en_us", None, True, (None, 34)),
    ],
)
def test_version_and_sdk(name, version, varies, sdks):
    item = extracted(name).item
    assert (item.version, item.version_varies) == (version, varies)
    assert (item.min_sdk, item.target_sdk) == sdks
    assert item.updated is not None


@pytest.mark.parametrize("name", ["sparse_ko_kr", "sparse_en_eg"])
def test_a_sparse_page_loses_nothing(name):
    item = extracted(name).item
    assert item.updated is not None
    assert item.updated_text
    assert item.recent_changes
    assert item.target_sdk is not None
    assert item.data_safety


@pytest.mark.parametrize(
    ("name", "installs", "short", "prices"),
    [
        ("instagram_ja_jp", "5,000,000,000+", "50億+", (7, 790500, "JPY")),
        ("whatsapp_de_de", "10.000.000.000+", "10\xa0Mrd.+", (0.40, 204.99, "EUR")),
        ("telegram_en_us", "1,000,000,000+", "1B+", (0.31, 289.99, "USD")),
        ("chrome_en_us", "10,000,000,000+", "10B+", (None, None, "USD")),
    ],
)
def test_texts_and_prices_of_other_languages(name, installs, short, prices):
    item = extracted(name).item
    assert (item.installs, item.installs_short) == (installs, short)
    assert (item.in_app_price_min, item.in_app_price_max, item.currency) == prices


@pytest.mark.parametrize("name", TRIMMED_PAGES)
def test_a_cut_page_says_where_it_was_cut(name):
    """Such a page has no routing table: only the block whose shape is unmistakable is read."""
    values = extracted(name).values()
    assert {field for field in PAGE_ONLY if values[field] is not None} == {"canonical_url", "locales"}


@pytest.mark.parametrize("name", sorted(ALL.keys() - PAGES.keys()))
def test_an_rpc_answer_has_no_page(name):
    values = extracted(name).values()
    assert [values[field] for field in PAGE_ONLY] == [None] * len(PAGE_ONLY)

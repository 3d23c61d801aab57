"""A search is no app, and a sitemap stands in no country."""

from __future__ import annotations

import pytest

from playfast.items import App, CatalogApp, Collection, Listing, Review, Suggestions
from playfast.runs.units import group_of, grouped_by, unit


@pytest.mark.parametrize(
    ("item", "records", "rows", "due"),
    [
        ("App", 5, 0, "app"),
        ("App", 0, 0, "app"),
        ("Suggestions", 5, 0, "record"),
        ("Listing", 0, 0, "record"),
        ("Listing", 5, 5, "record"),
        ("Listing", 5, 100, "row"),
    ],
)
def test_what_work_is_counted_in(item, records, rows, due):
    assert unit(item, records=records, rows=rows) == due


@pytest.mark.parametrize(
    ("item", "due"),
    [
        (App, "country"),
        (Listing, "country"),
        (Collection, "country"),
        (Suggestions, "country"),
        (Review, "language"),
        (CatalogApp, "generation"),
        (dict, "country"),
    ],
)
def test_what_records_are_counted_by(item, due):
    assert grouped_by(item) == due


def test_a_report_of_before_is_of_countries():
    assert group_of({"records": {}}) == "country"
    assert group_of({"records": {"grouped_by": "language"}}) == "language"

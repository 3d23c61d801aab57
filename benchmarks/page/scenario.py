"""A scenario: what it measures, what it brought, how that came to be."""

from __future__ import annotations

from benchmarks.page.anchors import anchor
from benchmarks.page.metrics import metrics
from benchmarks.page.overtime import as_tables, over_the_time
from benchmarks.page.past import Past
from benchmarks.page.tables import tables
from benchmarks.results import ScenarioResult
from playfast.pages import words
from playfast.pages.markup import Html, element, section


def scenario(past: Past, result: ScenarioResult) -> Html:
    return section(
        result.title,
        element("p", result.about),
        _parameters(result),
        *metrics(past, result),
        *over_the_time(result),
        *tables(past, result),
        *as_tables(result),
        id_=anchor(result),
    )


def _parameters(result: ScenarioResult) -> Html:
    given = [
        *((name, words.text_of(value)) for name, value in result.parameters.items()),
        ("took", words.duration(result.seconds)),
        ("version", result.version),
    ]
    return element(
        "dl",
        *(element("div", element("dt", name), element("dd", value)) for name, value in given),
        class_="parameters",
        aria_label="Parameters",
    )

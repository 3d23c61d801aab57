"""The charts' specifications: Vega-Lite takes them, and they hold what they should."""

from __future__ import annotations

import json

import pytest

from playfast.pages.charts import Kind, bars, share_dots, stacked_bars
from playfast.pages.figures import figure
from playfast.pages.lines import Line, over_time

LINES = [Line("a", "A", "var(--blue)", area=True), Line("b", "B", "var(--red)")]
ROWS = [{"x": 0, "at": "first", "a": 1, "b": 2}, {"x": 1, "at": "then", "a": None, "b": 900}]
DOTS = [
    {"name": "one", "now": 0.5, "before": None, "floor": None, "now_text": "50 %", "before_text": "", "floor_text": ""},
    {"name": "two", "now": 0.2, "before": 0.4, "floor": 0.1, "now_text": "20 %", "before_text": "", "floor_text": ""},
]  # fmt: skip
BARS = [{"name": "200", "value": 3, "text": "3 (75 %)", "colour": "var(--blue)"}]
STACKS = [{"name": "us", "kind": "ok", "value": 3}, {"name": "kr", "kind": "bad", "value": 1}]
KINDS = [Kind("ok", "fine", "var(--blue)"), Kind("bad", "not fine", "var(--red)")]

CHARTS = {
    "lines": over_time(ROWS, LINES, "w", across="s", up="ms"),
    "lines and an earlier run": over_time(ROWS, LINES, "w", across="s", up="ms", earlier=(ROWS, "former"), steps=False),
    "far apart": over_time(ROWS, LINES, "w", across="s", up="ms", spread=True),
    "nothing but nulls": over_time([{"x": 0, "at": "", "a": None, "b": None}], LINES, "w", across="s", up="ms"),
    "bars": bars(BARS, "w", across="answers"),
    "stacks": stacked_bars(STACKS, KINDS, "w", across="records"),
    "dots": share_dots(DOTS, "w", colour="var(--main)"),
    "dots and an earlier run": share_dots(DOTS, "w", colour="var(--main)", earlier="former"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_vega_lite_takes_it(name):
    vl_convert = pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    spec = {**CHARTS[name].spec, "width": 300}  # there is no container here
    drawn = vl_convert.vegalite_to_svg(spec)
    assert "var(--" in drawn
    assert "NaN" not in drawn


def reach(rows, **options):
    made = over_time(rows, LINES, "w", across="s", up="ms", **options).spec["data"]["values"]
    return [(row["from"], row["to"]) for row in made]


def test_each_row_answers_to_its_span_or_to_what_is_nearest():
    rows = [{"x": x, "at": "", "a": 1, "b": 1} for x in (0, 2, 6)]
    assert reach(rows) == [(0, 0), (0, 2), (2, 6)]
    assert reach(rows, steps=False) == [(0, 1), (1, 4), (4, 6)]
    assert reach(rows[:1], steps=False) == [(0, 0)]
    assert reach([]) == reach([], steps=False) == []


def scale_of(chart):
    return chart.spec["layer"][0]["encoding"]["y"]["scale"]


def test_latencies_that_lie_far_apart_have_a_logarithmic_scale():
    assert scale_of(CHARTS["far apart"])["type"] == "log"
    assert "type" not in scale_of(CHARTS["lines"])
    near = over_time([{**ROWS[0], "a": 20}], LINES, "w", across="s", up="ms", spread=True)
    assert "type" not in scale_of(near)
    zero = over_time([{**ROWS[1], "a": 0}], LINES, "w", across="s", up="ms", spread=True)
    assert "type" not in scale_of(zero)


def test_a_chart_of_one_line_needs_no_legend():
    assert not over_time(ROWS, LINES[:1], "w", across="s", up="ms").legend
    assert [name for name, *_ in CHARTS["lines and an earlier run"].legend] == ["A", "B", "former"]
    assert [name for name, *_ in CHARTS["dots and an earlier run"].legend] == [
        "this run",
        "former",
        "floor by its declaration",
    ]


def test_stacks_are_in_the_order_of_the_kinds():
    assert [row["order"] for row in CHARTS["stacks"].spec["data"]["values"]] == [0, 1]
    assert CHARTS["stacks"].spec["encoding"]["color"]["scale"] == {
        "domain": ["ok", "bad"],
        "range": ["var(--blue)", "var(--red)"],
    }


def test_every_colour_is_one_of_the_pages_style():
    for chart in CHARTS.values():
        assert "#" not in json.dumps(chart.spec)


def test_a_figure_has_a_title_a_text_alternative_and_the_data_of_each_chart():
    markup = figure("Title <b>", CHARTS["bars"], CHARTS["dots"], note="A note")
    assert "<h3>Title &lt;b&gt;</h3><p>A note</p>" in markup
    assert markup.count('role="img" aria-label="Title &lt;b&gt;. w"') == 2
    assert markup.count('<script type="application/json">') == 2

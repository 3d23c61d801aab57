"""The page of the benchmarks in a browser: wide and narrow, light and dark."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.page.page import history_page
from playfast.pages import frame
from tests.benchmarks.page import sample
from tests.benchmarks.page.test_page import HOSTILE, hostile
from tests.pages.chromium import NARROW, WIDE, browser

pytest.importorskip("vl_convert", reason="the extra `report` is not installed")

WORD = "x" * 400


def twice(text):
    """Two runs of nothing but this text, a day apart."""
    return [replace(hostile(text), started_at=f"2026-11-2{day}T03:00:00+00:00") for day in (1, 2)]


PAGES = {
    "three runs": sample.runs(3),
    "a year of runs, other machines, quick ones": [
        *sample.runs(52), sample.run(50, quick=True), sample.run(1, machine="laptop")
    ],
    "one run": sample.runs(1),
    "quick runs": [sample.run(week, quick=True) for week in range(2)],
    "nothing measured": [sample.run(0, scenarios=[])],
    "hostile texts": twice(HOSTILE),
    "long words": twice(WORD),
}  # fmt: skip


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for number, (name, runs) in enumerate(PAGES.items()):
        made[name] = folder / f"{number}.html"
        made[name].write_bytes(frame.written(history_page(runs)))
    return made


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide and light", "narrow and dark"]
)
def test_every_chart_is_drawn_without_a_complaint_a_request_or_an_overflow(
    chromium, files, name, size, scheme
):
    with chromium.open(files[name], size, scheme) as page:
        charts = page.drawn()
        marks = page.tab.evaluate(
            "[...document.querySelectorAll('.chart svg')].map(svg => svg.querySelectorAll('path, rect, line').length)"
        )
        assert len(marks) == charts
        assert all(count > 3 for count in marks)
        assert page.complaints == []
        assert page.requests == [files[name].as_uri()]
        assert page.width() <= size[0]
        assert page.tab.title() != "hit"


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (NARROW, "light")])
def test_the_other_way_round(chromium, files, size, scheme):
    with chromium.open(files["three runs"], size, scheme) as page:
        assert page.drawn() > 30
        assert page.complaints == []
        assert page.width() <= size[0]


def test_the_history_shows_three_runs(chromium, files):
    with chromium.open(files["three runs"]) as page:
        page.drawn()
        points = page.tab.evaluate(
            """[...document.querySelectorAll('.group figure:last-child .chart')].map(
                 chart => chart.querySelectorAll('.mark-symbol path').length)"""
        )
        assert len(points) > 20
        assert set(points) == {3}


def test_no_two_labels_of_a_chart_overlap(chromium, files):
    """Names, numbers and axes of every chart, wide and narrow."""
    for size in (WIDE, NARROW):
        with chromium.open(files["three runs"], size) as page:
            page.drawn()
            overlaps = page.tab.evaluate(
                """[...document.querySelectorAll('.chart svg')].flatMap(svg => {
                  const shown = [...svg.querySelectorAll('text')].filter(
                    text => text.textContent.trim() && getComputedStyle(text).opacity > 0);
                  const boxes = shown.map(text => [text.textContent, text.getBoundingClientRect()]);
                  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
                  return boxes.flatMap(([name, box], i) =>
                    boxes.slice(i + 1).filter(([, other]) => meet(box, other)).map(([other]) => name + ' | ' + other));
                })"""
            )
            assert overlaps == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_commit_stands_at_the_pointer_within_the_window(chromium, files, size):
    with chromium.open(files["three runs"], size) as page:
        page.drawn()
        chart = page.tab.locator(".group figure:last-child .chart").first
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        page.tab.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] / 2)
        tip = page.tab.locator("#vg-tooltip-element.visible")
        tip.wait_for(timeout=5_000)
        latest = PAGES["three runs"][-1]
        assert latest.commit.hash[:8] in tip.inner_text()
        assert latest.commit.subject in tip.inner_text()
        assert "apps/s" in tip.inner_text()
        shown = tip.bounding_box()
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= size[0]
        assert page.complaints == []


def test_a_link_leads_from_a_card_to_its_scenario(chromium, files):
    with chromium.open(files["three runs"]) as page:
        page.drawn()
        links = page.tab.evaluate(
            "[...document.querySelectorAll('a')].map(link => link.getAttribute('href'))"
        )
        assert len(links) > 20
        assert all(page.tab.locator(link).count() == 1 for link in set(links))


def test_a_change_of_theme_repaints_gauges_and_charts(chromium, files):
    with chromium.open(files["three runs"]) as page:
        page.drawn()
        light = page.colour(".gauge .met", "fill"), page.colour(".chart .mark-rect path", "fill")
        page.tab.emulate_media(color_scheme="dark")
        dark = page.colour(".gauge .met", "fill"), page.colour(".chart .mark-rect path", "fill")
        assert light == ("rgb(0, 112, 90)", "rgb(0, 114, 178)")
        assert dark == ("rgb(79, 201, 166)", "rgb(61, 154, 224)")


def test_on_paper_nothing_is_cut(chromium, files):
    with chromium.open(files["three runs"]) as page:
        page.drawn()
        page.tab.emulate_media(media="print")
        page.tab.set_viewport_size({"width": 720, "height": 1000})
        assert page.width() <= 720
        assert len(page.tab.pdf()) > 10_000


def test_without_javascript_targets_and_tables_are_there(chromium, files):
    with chromium.open(files["three runs"], java_script_enabled=False) as page:
        assert page.tab.locator("table").count() > 20
        assert page.tab.locator(".gauge .met").count() > 5

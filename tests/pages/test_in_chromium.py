"""The page in a browser: wide and narrow, light and dark."""

from __future__ import annotations

import pytest

from playfast.pages import frame
from playfast.pages.run.page import run_page
from playfast.pages.run.runs import Run, Runs
from tests.pages import sample
from tests.pages.chromium import NARROW, WIDE, browser
from tests.pages.test_run_page import hostile

pytest.importorskip("vl_convert", reason="the extra `report` is not installed")

HOSTILE = "</script><script>document.title = 'hit'</script><img src=x onerror=\"document.title='hit'\">\u2028"
MANY = tuple(f"c{number:03}" for number in range(177))


def long_names():
    """A report with names, values and words that know no end."""
    word = "x" * 400
    made = hostile(word)
    made["drift"]["findings"][0]["problem"] = word * 3
    return made


PAGES = {
    "10,000 apps": (sample.report(), None),
    "beside an earlier run": (sample.report(), sample.report(seed=1)),
    "177 countries, killed": (sample.report(countries=MANY, state="running", outcome=None, reason=None), sample.report(fields=["title"])),
    "one app": (sample.report(ids=1, countries=("us",), spans=1), None),
    "nothing at all": (sample.empty(), None),
    "hostile texts": (hostile(HOSTILE), None),
    "long words": (long_names(), long_names()),
}  # fmt: skip


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for number, (name, (now, before)) in enumerate(PAGES.items()):
        runs = Runs(Run(now, "run.json"), None if before is None else Run(before, "earlier.json"))
        made[name] = folder / f"{number}.html"
        made[name].write_bytes(frame.written(run_page(runs)))
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
    with chromium.open(files["beside an earlier run"], size, scheme) as page:
        assert page.drawn() > 10
        assert page.complaints == []
        assert page.width() <= size[0]


def test_a_change_of_theme_repaints_the_page_and_its_charts(chromium, files):
    with chromium.open(files["10,000 apps"]) as page:
        page.drawn()
        bar = ".chart .mark-rect path"
        light = page.colour("body", "background-color"), page.colour(bar, "fill")
        page.tab.emulate_media(color_scheme="dark")
        dark = page.colour("body", "background-color"), page.colour(bar, "fill")
        assert light == ("rgb(246, 247, 249)", "rgb(0, 114, 178)")
        assert dark == ("rgb(18, 22, 29)", "rgb(61, 154, 224)")


def test_texts_in_charts_can_be_read_on_their_ground(chromium, files):
    """The contrast of axis labels is 4.5 or more in both themes."""
    for scheme in ("light", "dark"):
        with chromium.open(files["10,000 apps"], scheme=scheme) as page:
            page.drawn()
            text = page.colour(".chart .role-axis-label text", "fill")
            ground = page.colour("figure", "background-color")
            assert contrast(text, ground) >= 4.5


def contrast(one: str, other: str) -> float:
    lights = sorted(map(luminance, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_charts_follow_the_width_of_the_window(chromium, files):
    with chromium.open(files["10,000 apps"]) as page:
        page.drawn()
        wide = page.tab.locator(".chart svg").first.bounding_box()["width"]
        page.tab.set_viewport_size({"width": 390, "height": 844})
        page.tab.wait_for_function(
            "wide => document.querySelector('.chart svg').getAttribute('width') < wide", arg=wide
        )
        assert page.width() <= 390
        page.tab.set_viewport_size({"width": 1280, "height": 900})
        page.tab.wait_for_function(
            "wide => Math.abs(document.querySelector('.chart svg').getAttribute('width') - wide) < 2",
            arg=wide,
        )


def test_the_numbers_stand_at_the_pointer(chromium, files):
    with chromium.open(files["beside an earlier run"]) as page:
        page.drawn()
        chart = page.tab.locator("#time .chart").first
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        page.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tip = page.tab.locator("#vg-tooltip-element.visible")
        tip.wait_for(timeout=5_000)
        assert "records/s" in tip.inner_text()
        assert "UTC" in tip.inner_text()
        assert page.complaints == []


def test_a_hostile_text_in_a_tooltip_stays_a_text(chromium, files):
    with chromium.open(files["hostile texts"]) as page:
        page.drawn()
        seen = set()
        for mark in page.tab.locator("#came .mark-rect path, #fields .mark-symbol path").all():
            if mark.bounding_box()["width"] < 2:
                continue  # nothing that could be pointed at
            mark.hover(force=True)
            seen.add(page.tab.locator("#vg-tooltip-element").inner_text().partition("\n")[0])
            assert page.tab.locator("#vg-tooltip-element img, #vg-tooltip-element script").count() == 0
        assert any("<img src=x" in text for text in seen)
        assert page.tab.title() != "hit"
        assert page.complaints == []


def test_on_paper_nothing_is_cut_and_the_colours_are_light(chromium, files):
    with chromium.open(files["beside an earlier run"], scheme="dark") as page:
        page.drawn()
        page.tab.emulate_media(media="print", color_scheme="dark")
        page.tab.set_viewport_size({"width": 720, "height": 1000})
        assert page.colour("body", "background-color") == "rgb(255, 255, 255)"
        assert page.colour("figure h3", "color") == "rgb(27, 35, 48)"
        assert page.width() <= 720
        assert len(page.tab.pdf()) > 10_000


def test_without_javascript_the_tables_are_there(chromium, files):
    with chromium.open(files["10,000 apps"], java_script_enabled=False) as page:
        assert page.tab.locator("table").count() > 5
        assert "the tables hold the same numbers" in page.tab.content()

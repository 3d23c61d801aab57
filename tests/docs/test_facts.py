"""What pages say of the code in numbers and tables is so."""

from __future__ import annotations

import re

import pytest

from playfast import settings
from playfast.items import (
    App,
    Availability,
    CatalogApp,
    CatalogChange,
    CatalogComparison,
    CatalogEstimate,
    CatalogShard,
    DataSafety,
    Developer,
    Listing,
    ListingSweep,
    Permissions,
    Presence,
    Review,
    ReviewSweep,
)
from playfast.play.fields import floors, rules, sources
from playfast.play.verdict import Status
from playfast.runs import presets
from playfast.runs.outcome import ExitCode
from playfast.runs.presets import PRESETS
from tests.conftest import ROOT
from tests.docs.pages import rows

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_has_every_status():
    assert [cells[0] for cells in rows(ROOT / "README.md", "`status`")] == [
        f"`{status}`" for status in Status
    ]


def test_the_quick_start_has_every_exit_code():
    assert [cells[0] for cells in rows(ROOT / "docs" / "quickstart.md", "code")] == [
        str(int(code)) for code in ExitCode
    ]


def test_the_readme_counts_the_fields():
    assert f"{len(sources(App))} fields, each with" in README


def test_the_readme_repeats_what_was_measured():
    measured = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    claim, times = re.search(r"([\d,]+ bytes an app) as received, (\d+) times fewer", README).groups()
    assert claim in measured
    assert f"{times} times" in measured


def test_the_readme_is_a_page():
    assert len(README.splitlines()) <= 120


def test_the_page_of_fields_has_every_field_rule_and_floor():
    page = ROOT / "docs" / "fields.md"
    assert [cells[0] for cells in rows(page, "field")] == [f"`{name}`" for name in sources(App)]
    told = {cells[0].strip("`"): cells[1] for cells in rows(page, "value of")}
    assert set(told) == {*rules(App), *floors(App)}
    assert {name: told[name] for name in rules(App)} == {
        name: rule.words for name, rule in rules(App).items()
    }
    text = page.read_text(encoding="utf-8")
    assert all(f"- {rule.words} →" in text for rule in App.across)


@pytest.mark.parametrize(
    "item",
    [
        *(
            Availability,
            DataSafety,
            Developer,
            Listing,
            ListingSweep,
            Permissions,
            Presence,
            Review,
            ReviewSweep,
        ),
        *(CatalogApp, CatalogChange, CatalogComparison, CatalogEstimate, CatalogShard),
    ],
    ids=lambda item: item.__name__,
)
def test_the_page_of_fields_has_the_other_classes(item):
    text = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
    section = text.partition(f"\n### `{item.__name__}`\n")[2].partition("\n### ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(sources(item))


def test_the_steps_of_the_pace_are_the_presets():
    steps = {
        cells[0].split()[0].strip("`,"): (float(cells[1]), int(cells[2]))
        for cells in rows(ROOT / "docs" / "responsible-use.md", "`PLAYFAST_PACE`")
    }
    for name, preset in PRESETS.items():
        assert steps[name] == preset[:2]
    number = next(name for name in steps if name not in PRESETS)
    assert steps[number] == presets.read(number)[:2]


def test_the_default_is_polite():
    assert PRESETS["polite"][:2] == (settings.DOWNLOAD_DELAY, settings.CONCURRENT_REQUESTS)

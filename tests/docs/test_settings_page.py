"""docs/settings.md names every setting: playfast's own, and those of Scrapy that playfast changes."""

from __future__ import annotations

import math
import re

import scrapy
from scrapy.settings import default_settings

from playfast import addon, settings
from playfast.extensions import drift as watch
from playfast.items import App
from playfast.play.fields import floors
from playfast.runs import checkpoints, drift
from playfast.spiders import from_list
from tests.conftest import ROOT
from tests.docs.pages import rows, split
from tests.docs.source import settings_of_playfast, settings_of_the_environment

PAGE = ROOT / "docs" / "settings.md"
TEXT = " ".join(line for _, line in split(PAGE)[0])
CHANGED = {
    name: getattr(settings, name)
    for name in dir(settings)
    if name.isupper() and not name.startswith("PLAYFAST_")
}


def of_the_page() -> dict[str, list[str]]:
    return {cells[0].strip("`"): cells for cells in rows(PAGE, "setting")}


def test_the_page_has_every_setting_and_no_others():
    assert settings_of_playfast()
    assert set(of_the_page()) == settings_of_playfast() | set(CHANGED)


def test_the_page_says_which_settings_the_environment_gives():
    told = {
        name for name, cells in of_the_page().items() if name in settings_of_playfast() and cells[3] == "yes"
    }
    assert told == settings_of_the_environment()


def test_the_page_has_scrapys_default_and_settings_of_playfast():
    for name, value in CHANGED.items():
        _, default, here, why = of_the_page()[name]
        assert default.strip("`") == shown(getattr(default_settings, name)), name
        assert parts(here) == parts(shown(value)), name
        assert why, name


def shown(value) -> str:
    if value is settings.FEED_EXPORTERS:
        return " ".join(value)  # the names of formats; docs/feeds.md has more of them
    if isinstance(value, dict):
        return ", ".join(f"{last(key)} {last(entry)}" for key, entry in value.items()) or "empty"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "empty"
    text = str(value).replace(scrapy.__version__, "VERSION") or "empty"
    return text if text.startswith("playfast") and text.count(".") < 2 else last(text)


def last(value) -> str:
    """The name of a class without its module."""
    text = str(value)
    return text.rpartition(".")[2] if re.fullmatch(r"(playfast|scrapy)(\.\w+){2,}", text) else text


def parts(text: str) -> set[str]:
    """The words of a cell."""
    return set(re.split(r"[`,:\s]+", text)) - {""}


def test_the_page_says_what_the_addon_leaves_out():
    told = re.search(r"The add-on gives .*? all of the above but (.*?), and the spiders", TEXT)[1]
    assert set(re.findall(r"`(\w+)`", told)) == set(addon._THEIRS) - {"SPIDER_MODULES"}


def test_the_numbers_of_the_drift_check_are_those_of_the_code():
    for sentence in (
        f"at most once in {round(math.exp(drift._SURE)):,} times",
        f"fewer than {drift.ENOUGH} available",
        f"in at least {drift._NEARLY_ALL * 100:g} % of its records",
        f"fewer than {drift._NEARLY_ALL * 100:g} % of that share",
        f"in more than {drift.LARGEST_INVALID * 100:g} % of the records",
        f"less than {drift._LESS * 100:g} % of the share it had",
        f"by more than {drift._MORE_INVALID * 100:g} in 100",
        "after {}, {} and {} records, at every {} records".format(*checkpoints.FIRST, checkpoints.EVERY),
        f"a window has {watch._WINDOW} available records",
        f"asks for {from_list._LOOKED_AT // 2} apps first",
    ):
        assert sentence in TEXT, sentence


def test_the_floors_that_the_page_points_to_are_in_the_page_of_fields():
    told = {cells[0].strip("`"): cells[2] for cells in rows(ROOT / "docs" / "fields.md", "value of")}
    assert {name: told[name] for name in floors(App)} == {
        name: f"{floor:.0%}" for name, floor in floors(App).items()
    }

"""The project's settings: polite, safe, each a departure from Scrapy's defaults, and none unknown to the reader."""

from __future__ import annotations

import re

import pytest
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

from playfast import settings
from tests.conftest import ROOT

OURS = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}


def test_the_defaults_are_polite_and_safe():
    assert settings.DOWNLOAD_DELAY >= 1
    assert settings.CONCURRENT_REQUESTS <= 2
    assert settings.CONCURRENT_REQUESTS_PER_DOMAIN <= 2
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert not settings.REMOTE_CONTROL_ENABLED
    assert not settings.TELNETCONSOLE_ENABLED
    assert not settings.COOKIES_ENABLED


@pytest.mark.parametrize("name", sorted(name for name in OURS if hasattr(default_settings, name)))
def test_no_setting_repeats_a_default_of_scrapy(name):
    assert OURS[name] != getattr(default_settings, name)


def _paths(value):
    if isinstance(value, str) and re.fullmatch(r"(playfast|scrapy)(\.\w+){2,}", value):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            for part in pair:
                yield from _paths(part)


@pytest.mark.parametrize("path", sorted({path for value in OURS.values() for path in _paths(value)}))
def test_every_class_that_is_named_exists(path):
    assert load_object(path)


def test_every_setting_of_ours_is_explained():
    """Wherever the code reads a PLAYFAST_ setting, the README or a page of the docs names it."""
    used = set()
    for path in (ROOT / "playfast").rglob("*.py"):
        used |= set(re.findall(r"PLAYFAST_[A-Z_]+", path.read_text(encoding="utf-8")))
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    told = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert used
    assert not {name for name in used if name not in told}

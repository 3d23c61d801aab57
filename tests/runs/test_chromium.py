"""Finding a Chromium."""

from __future__ import annotations

import pytest

from playfast.runs import chromium


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["chromium", "google-chrome"])
def test_the_systems_is_found_by_its_name(tmp_path, name):
    there = program(tmp_path / name)
    assert chromium.find({"PATH": str(tmp_path)}) == there


def test_else_the_newest_that_playwright_has_installed(tmp_path):
    program(tmp_path / ".cache/ms-playwright/chromium-1100/chrome-linux/chrome")
    newest = program(tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome")
    assert chromium.find({"PATH": "", "HOME": str(tmp_path)}) == newest
    elsewhere = program(tmp_path / "own/chromium-1/chrome-linux/chrome")
    assert (
        chromium.find({"PATH": "", "HOME": "/", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "own")})
        == elsewhere
    )


def test_where_there_is_none_there_is_none(tmp_path):
    assert chromium.find({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None
    assert chromium.find({}) is None


def test_images_and_fonts_are_left_out_unless_pictures_are_taken(tmp_path):
    plain, pictures = (chromium.settings(tmp_path, pictures=wanted) for wanted in (False, True))
    assert plain["PLAYWRIGHT_ABORT_REQUEST"] == "playfast.handlers.browser.is_decoration"
    assert pictures["PLAYWRIGHT_ABORT_REQUEST"] is None
    assert plain["PLAYWRIGHT_MAX_PAGES_PER_CONTEXT"] == 2
    assert plain["PLAYWRIGHT_LAUNCH_OPTIONS"]["executable_path"] == str(tmp_path)

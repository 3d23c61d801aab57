"""A browser for the tests of pages: Chromium without a window, without the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

WIDE, NARROW = (1280, 900), (390, 844)
_OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip


@dataclass
class Opened:
    """A page in a tab, and everything it complained about or asked for."""

    tab: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def drawn(self) -> int:
        """Wait for all charts; gives their number."""
        charts = self.tab.locator(".chart").count()
        self.tab.wait_for_function(
            "count => document.querySelectorAll('.chart[data-drawn]').length === count",
            arg=charts,
            timeout=20_000,
        )
        return charts

    def width(self) -> int:
        return self.tab.evaluate("document.documentElement.scrollWidth")

    def colour(self, selector: str, name: str) -> str:
        """A computed style of the first element that fits."""
        return self.tab.evaluate(
            "([selector, name]) => getComputedStyle(document.querySelector(selector)).getPropertyValue(name)",
            [selector, name],
        )


class Browser:
    def __init__(self, browser: Any) -> None:
        self.browser = browser

    @contextmanager
    def open(
        self, file: Path, size: tuple[int, int] = WIDE, scheme: str = "light", **options: Any
    ) -> Iterator[Opened]:
        width, height = size
        tab = self.browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        opened = Opened(tab)
        tab.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: opened.complaints.append(str(error)))
        tab.on("request", lambda request: opened.requests.append(request.url))
        try:
            tab.goto(file.as_uri())
            yield opened
        finally:
            tab.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """Skips the test where there is no Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("there is no chromium, chromium-browser or google-chrome on the PATH")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=list(_OPTIONS))
        try:
            yield Browser(running)
        finally:
            running.close()

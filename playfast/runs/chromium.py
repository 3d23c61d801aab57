"""Finds a Chromium, and says how to start it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_OF_PLAYWRIGHT = (
    "chrome-linux*/chrome",
    "chrome-win*/chrome.exe",
    "chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
)
_QUIET = (
    "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-sync", "--disable-extensions", "--no-first-run", "--mute-audio",
)  # fmt: skip
_NAVIGATION, _START = 20_000, 30_000  # milliseconds
_PAGES = 2

MISSING = (
    "no Chromium was found: walls are not opened and no pictures taken, and the crawl goes on without; install one "
    "(apt install chromium, or playwright install chromium)"
)


def find(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The path of a Chromium: of the system, or the one that `playwright install` has put into its folder."""
    for name in _NAMES:
        if (there := shutil.which(name, path=environment.get("PATH", ""))) is not None:
            return Path(there)
    given = environment.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(given) if given else Path(environment.get("HOME", "/nowhere")) / ".cache" / "ms-playwright"
    for pattern in _OF_PLAYWRIGHT:
        if found := sorted(folder.glob(f"chromium-*/{pattern}")):
            return found[-1]
    return None


def settings(path: Path, *, pictures: bool) -> dict[str, Any]:
    """Scrapy settings of a crawl that may use this Chromium; with `pictures` its pages look as they should."""
    handler = "playfast.handlers.browser.BrowserDownloadHandler"
    # Chromium's sandbox does not start for root.
    as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": str(path),
            "headless": True,
            "timeout": _START,
            "args": [*_QUIET, *as_root],
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": _PAGES,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _NAVIGATION,
        "PLAYWRIGHT_ABORT_REQUEST": None if pictures else "playfast.handlers.browser.is_decoration",
    }

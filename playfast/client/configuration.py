"""A client's settings: those of the project, the environment's, the caller's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from scrapy.settings import BaseSettings, Settings

_MODULE = "playfast.settings"
_ALWAYS: Mapping[str, Any] = {
    # Records go to who asked for them: there are no feeds, no report, no line on the terminal, and the log is the caller's.
    "FEEDS": {},
    "PLAYFAST_REPORT": "",
    "PLAYFAST_RUNS": "",
    "PLAYFAST_KEEP": "",
    "ITEM_PROCESSOR": "playfast.pipelines.manager.KeepingPipelineManager",
}
_UNLESS_GIVEN: Mapping[str, Any] = {"PLAYFAST_DATABASE": ""}
"""What the environment says for crawls, and not for these; `settings` may."""
_NOT_THERE = (
    "playfast.extensions.bookkeeper.Bookkeeper",
    "playfast.extensions.feeds.WatchedFeedExporter",
    "playfast.extensions.printable_log.PrintableLog",
    "playfast.extensions.progress.Progress",
    "scrapy.extensions.logstats.LogStats",
    "scrapy.extensions.memusage.MemoryUsage",
)


def settings(
    *,
    url: str | None,
    pace: str | float | None,
    max_concurrent: int | None,
    timeout: float | None,
    headers: Mapping[str, str] | None,
    more: Mapping[str, Any] | None,
) -> Settings:
    """The settings of a client's crawl; what is None is left to `more`, to the environment, to the project."""
    found = Settings()
    found.setmodule(_MODULE, priority="project")
    # The module was read when it was first imported, which may be long ago.
    if (address := os.environ.get("PLAYFAST_URL")) is not None:
        found.set("PLAYFAST_URL", address, priority="project")
    agents = [value for name, value in (headers or {}).items() if name.casefold() == "user-agent"]
    others = {name: value for name, value in (headers or {}).items() if name.casefold() != "user-agent"}
    given = {
        "PLAYFAST_URL": url,
        "PLAYFAST_PACE": pace,
        "CONCURRENT_REQUESTS": max_concurrent,
        "DOWNLOAD_TIMEOUT": timeout,
        "USER_AGENT": agents[0] if agents else None,
        "DEFAULT_REQUEST_HEADERS": {**found.getdict("DEFAULT_REQUEST_HEADERS"), **others} if others else None,
    }
    chosen = {**(more or {}), **{name: value for name, value in given.items() if value is not None}}
    for name, value in {**_UNLESS_GIVEN, **chosen}.items():
        found.set(name, value, priority="cmdline")
    bare(found)
    return found


def bare(settings: BaseSettings) -> None:
    """Have a crawl keep to itself: no feeds, no report, no line on the terminal."""
    for name, value in _ALWAYS.items():
        settings.set(name, value, priority="cmdline")
    extensions = {**settings.getwithbase("EXTENSIONS"), **dict.fromkeys(_NOT_THERE)}
    settings.set("EXTENSIONS", extensions, priority="cmdline")

"""playfast in a Scrapy project of one's own: `ADDONS = {"playfast.addon.PlayfastAddon": 0}`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

_COMPONENTS = ("DOWNLOADER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES")
_BY_NAME = ("DOWNLOAD_HANDLERS", "FEED_EXPORTERS", "FEED_STORAGES")
_THEIRS = (
    "ASYNCIO_EVENT_LOOP",
    "BOT_NAME",
    "COMMANDS_MODULE",
    "LOG_LEVEL",
    "PLAYFAST_URL",
    "SPIDER_MIDDLEWARES",
    "SPIDER_MODULES",
    "STATS_DUMP",
)
"""What a project decides for itself."""


class PlayfastAddon:
    """Gives a project the settings, pipelines and extensions of `playfast/settings.py`, and its spiders.

    What the project sets itself stays, entry by entry. `scrapy crawl` stays Scrapy's own; `COMMANDS_MODULE = "playfast.commands"` in the
    project's settings gives the one with checked arguments and honest exit codes, and the other commands.
    """

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Add the spiders; Scrapy looks for them before it makes a crawler."""
        modules = settings.getlist("SPIDER_MODULES")
        ours = [name for name in _ours()["SPIDER_MODULES"] if name not in modules]
        settings.set("SPIDER_MODULES", [*modules, *ours], settings.getpriority("SPIDER_MODULES") or "addon")

    def update_settings(self, settings: BaseSettings) -> None:
        for name, value in _ours().items():
            if name in _COMPONENTS:
                for path, priority in value.items():
                    settings.setdefault_in_component_priority_dict(name, load_object(path), priority)
            elif name in _BY_NAME:
                settings.set(name, {**value, **settings.getdict(name)}, settings.getpriority(name) or "addon")
            elif name not in _THEIRS:
                settings.set(name, value, "addon")


def _ours() -> dict[str, Any]:
    """The settings as Scrapy would load them: by the module's name."""
    module = import_module("playfast.settings")
    return {name: getattr(module, name) for name in dir(module) if name.isupper()}

"""How many requests Play may see at once, and how far apart: Scrapy's own settings, made to hold.

Scrapy 2.14 to 2.19 let a whole queue go at once when a slot of the downloader has no delay: its asyncio tasks count themselves only when
they first run. So a limit per domain does not limit: with 32 in total and 4 per domain the server saw 28. A delay of a millisecond between
two starts makes it hold, and costs nothing at any rate that is asked for here. `tests/crawls` measures it at the server.
"""

from __future__ import annotations

import math
from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from playfast.errors import ArgumentError
from playfast.middlewares.proxies import slot_of
from playfast.runs import options, presets
from playfast.runs.pace import SLOT
from playfast.runs.presets import Preset
from playfast.runs.proxies import Proxy

LEAST_DELAY = 0.001
_TOTAL, _PER_DOMAIN = "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN"


def concurrency(settings: BaseSettings) -> int:
    """Most requests in flight: what was asked for at the higher priority of the two settings, the smaller where both were.

    So `-s CONCURRENT_REQUESTS=15` means 15, though the project's own limit per domain is lower. 0 requests in total means no limit.
    """
    ranks = {name: settings.getpriority(name) or 0 for name in (_TOTAL, _PER_DOMAIN)}
    asked = [settings.getint(name) for name, rank in ranks.items() if rank == max(ranks.values())]
    limits = [limit for limit in asked if limit > 0]
    return min(limits) if limits else settings.getint(_PER_DOMAIN) or 1


def problems(settings: BaseSettings) -> list[str]:
    """What is wrong with the settings that are read here, one sentence each."""
    found = []
    for name, read in (
        (_TOTAL, settings.getint),
        (_PER_DOMAIN, settings.getint),
        ("DOWNLOAD_DELAY", settings.getfloat),
    ):
        try:
            valid = 0 <= read(name) < math.inf
        except (ValueError, OverflowError):
            valid = False
        if not valid:
            found.append(f"{name}={settings[name]!r}: a number is due, 0 or more")
    try:
        _preset(settings)
    except ValueError as error:
        found.append(f"PLAYFAST_PACE={options.option(settings, 'PLAYFAST_PACE')!r}: {error}")
    return found


def apply(settings: BaseSettings) -> None:
    """Give Play's slot the user's concurrency and delay; an entry of the user's own in DOWNLOAD_SLOTS wins, key by key."""
    _take_preset(settings)
    peak = concurrency(settings)
    delay = settings.getfloat("DOWNLOAD_DELAY")
    slots: dict[str, dict[str, Any]] = settings.getdict("DOWNLOAD_SLOTS")
    slot: dict[str, Any] = {"concurrency": peak, "delay": delay, **slots.get(SLOT, {})}
    if slot["delay"] < LEAST_DELAY:
        slot |= {"delay": LEAST_DELAY, "jitter": 0}
    # Each proxy has a slot and a pace of its own.
    through = {slot_of(proxy): slot for proxy in proxies(settings)}
    _set(settings, "DOWNLOAD_SLOTS", {**slots, SLOT: slot, **through})
    # The connection pool is as large as the limit per domain, and the total must leave room for the slots.
    _set(settings, _TOTAL, int(slot["concurrency"]) * max(1, len(through)))
    _set(settings, _PER_DOMAIN, int(slot["concurrency"]))


def proxies(settings: BaseSettings) -> tuple[Proxy, ...]:
    """The proxies of a crawl; none where the settings cannot be read, which is told with all other mistakes."""
    try:
        return options.read(settings).proxies
    except ArgumentError:
        return ()


def _preset(settings: BaseSettings) -> Preset | None:
    told = options.option(settings, "PLAYFAST_PACE")
    return None if told in (None, "") else presets.read(str(told))


def _take_preset(settings: BaseSettings) -> None:
    """Set what `PLAYFAST_PACE` names; but what the command line, or a spider, says of delay and concurrency wins."""
    preset = _preset(settings)
    if preset is None:
        return
    values = {"DOWNLOAD_DELAY": preset.delay, _TOTAL: preset.in_flight, _PER_DOMAIN: preset.in_flight}
    of_project = SETTINGS_PRIORITIES["project"]
    own = {name for name in values if (settings.getpriority(name) or 0) > of_project + 1}
    if own & {_TOTAL, _PER_DOMAIN}:
        own |= {_TOTAL, _PER_DOMAIN}
    for name in values.keys() - own:
        settings.set(name, values[name], priority=of_project + 1)


def _set(settings: BaseSettings, name: str, value: Any) -> None:
    """Just above the priority the setting has: Scrapy's runner applies its own settings a second time, at the same priorities."""
    settings.set(name, value, priority=(settings.getpriority(name) or 0) + 1)

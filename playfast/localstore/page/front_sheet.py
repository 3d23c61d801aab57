"""The front page of a department."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playfast.localstore.departments import DEPARTMENTS, EVERYTHING, GAMES, name_of
from playfast.localstore.record.view import View

from . import front
from .configuration import OF_APPS, configuration
from .sheets import STORE, Block, Sheet, framed, shown

_PATHS = {EVERYTHING: "/store/apps", GAMES: "/store/games"}
_DEVICES = (
    ("Phone", "phone", "phone_android"), ("Tablet", "tablet", "tablet_android"), ("TV", "tv", "tv"),
    ("Chromebook", "chromebook", "laptop_chromebook"), ("Watch", "watch", "watch"), ("Car", "car", "directions_car_filled"),
    ("XR headset", "xr", "head_mounted_device"),
)  # fmt: skip
_MARKED = "qgImwgEjCh1hcHBzX2hvbWVfc3VibmF2X2ZpbHRlcl9waG9uZRAAGAE="
_BARE_PLACES = 22


def path_of(department: str) -> str:
    """Where a department's page stands."""
    return _PATHS.get(department, f"/store/apps/category/{department}")


def department(key: str, *, generation: int) -> Callable[[View], Sheet | None]:
    """The page of a department; none where there is no such one."""

    def make(view: View) -> Sheet | None:
        if key not in DEPARTMENTS:
            return None
        found = front.front(view, key, OF_APPS, generation)
        asked = [[None, 2, key, None, configuration(of_search=False), None, 2], [1, 1]]
        own: list[Block] = [
            ("eIpeLd", [2, key, "phone"], _devices(path_of(key))),
            ("w3QCWb", asked, found),
            ("w37aie", [None, 3, key], [[]]),
        ]
        of_all = "Android Apps on Google Play"
        title = of_all if key == EVERYTHING else f"{name_of(key, view.lang.code)} - {of_all}"
        cards = [one for section in found[0][1] if len(section) == _BARE_PLACES for one in section[-1][0]]
        return Sheet(f"{STORE}{path_of(key)}?hl={view.hl}", title, shown(title, cards), framed(view, own))

    return make


def _devices(path: str) -> list[Any]:
    """eIpeLd: the kinds of device that a page can be had for."""
    rows = [
        [[[None, name, None, icon, int(key == "phone"), [None, None, f"{path}?device={key}"]]], None, None, None, _MARKED]
        for name, key, icon in _DEVICES
    ]  # fmt: skip
    return [rows]

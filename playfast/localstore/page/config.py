"""The page's global settings (``WIZ_global_data``) and start values (``IJ_values``): which server, which country, which language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from playfast.localstore.chance import Chance
from playfast.localstore.places import storefront

#: The builds of the server that the pages name.
SERVER_BUILDS = {
    "2026": "boq_playuiserver_20260630.08_p0",
    "2025": "boq_playuiserver_20251216.06_p0",
    "2025b": "boq_playuiserver_20251014.04_p0",
    "2022": "boq_playuiserver_20220803.06_p0",
}
_LOADED_AT = 1_783_366_064
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LAYOUTS = (
    96, 108, 72, 100, 27, 177, 183, 222, 8, 57, 169, 110, 11, 184, 16, 1, 139, 152, 194, 165, 68, 163, 211, 9, 71, 31, 176, 195, 12, 64,
    151, 320, 150, 148, 113, 104, 55, 56, 145, 32, 34, 10, 122,
)  # fmt: skip
_MASKED = _LAYOUTS[:30]
_FIELDS = (
    1,
    73,
    96,
    103,
    97,
    58,
    50,
    92,
    52,
    112,
    69,
    19,
    31,
    101,
    123,
    74,
    49,
    80,
    20,
    10,
    14,
    79,
    43,
    42,
    139,
    63,
    169,
    95,
    183,
    140,
)
_KINDS = (7, 9, 17, 65, 10, 58, 44, 1, 4)

#: The context that browsers send with most calls.
CONTEXT: list[Any] = [
    [[1, None, 1], None, [[[]]], None, None, None, None, [None, 2], *[None] * 14, [1]],
    [None, [[[]]], None, None, [1]],
    [None, [[[]]], None, [1]],
    [None, [[[]]]],
    None, None, None, None,
    [[[[]]]],
    [[[[]]]],
]  # fmt: skip

# The same as the settings of a page have it, where booleans are words.
_IN_WORDS: list[Any] = [
    [[True, None, 1], *CONTEXT[0][1:]],
    [None, [[[]]], None, None, [True]],
    [None, [[[]]], None, [True]],
    *CONTEXT[3:],
]


def packed(value: Any) -> str:
    """A value as the settings hold lists: a mark in place of the opening bracket."""
    return "%.@." + orjson.dumps(value).decode()[1:]


def _masks(kinds: tuple[int, ...]) -> list[Any]:
    chance = Chance("masks")
    return [
        [[kind, layout], [chance.pick_some(f"{kind} {layout}", _FIELDS, 9 + (kind + layout) % 16)]]
        for kind in kinds
        for layout in _MASKED
    ]


def _experiments(count: int) -> list[Any]:
    chance = Chance("experiments")
    return [
        [
            45_400_000 + chance.between(f"n{k}", 0, 300_000),
            None,
            bool(k % 3),
            None,
            None,
            None,
            chance.text(str(k), 5 + k % 2, _LETTERS),
        ]
        for k in range(count)
    ]


@lru_cache(maxsize=1)
def _fixed() -> dict[str, Any]:
    chance = Chance("settings")
    names = {chance.text(f"flag{k}", 6, _LETTERS): "true" if k % 3 else "false" for k in range(140)}
    return {
        "AfY8Hf": False, "DMjf6c": True, "DpimGf": False,
        "EP1ykd": ["/_/*", "/exchange", "/exchange/*", "/store/ereview", "/store/ereview/*", "/store/points", "/about/*", "/console/*"],
        "G8C1sd": packed(_IN_WORDS),
        "HiPsbb": 0, "HzBT6c": "/punctual/prod/example", "Im6cmf": "/_/PlayStoreUi", "LVIXXb": 1, "LoQv7e": False, "MGq6v": [],
        "MT7f9b": ["Fho1U", "/PlayStoreDataService.PlayAcquireItemNewSession", "/PlayStoreDataService.PlayAcquireItemExistingSession"],
        "MUE6Ne": "play-ui", "NCxZV": "",
        "QEwZ9c": packed(
            [[8, [20, 50]], None, None, list(_LAYOUTS), [None, None, _IN_WORDS, [_masks(_KINDS)]], None, None, [[[1, 2], [10, 8, 9]]]]
        ),
        "QrtxK": "", "S06Grb": "", "TSDtV": packed([[_experiments(400)]]), "UUFaWc": packed([None, 1000, 2]),
        "Vvafkd": False, "aIPpv": False,
        "b5W2zf": "default_PlayStoreUi", "eD41U": packed([None, None, None, [_masks(_KINDS[:9])]]), "eptZe": "/_/PlayStoreUi/",
        "fXOvac": [f"example.maker{k}.app0" for k in range(18)], "hsFLT": packed([None, 10, 3]), "mHdgse": True, "nQyAE": names,
        "p9hQne": "https://www.gstatic.com/_/boq-play/_/r/", "qwAQke": "PlayStoreUi", "rtQCxc": -120,
        "sverU": [97_000_000 + chance.between(f"s{k}", 0, 1_900_000) for k in range(32)], "u4g7r": packed([None, 1, 3]), "weDTA": True,
        "x96UBf": "google.com", "y2FhP": "prod", "yFnxrf": 1884, "ybfeEf": "%.@.]", "zChJod": "%.@.]",
        "zcqTh": "https://accounts.google.com/ServiceLogin?service=googleplay&passive=86400",
    }  # fmt: skip


@lru_cache(maxsize=512)
def settings(gl: str, hl: str, build: str) -> bytes:
    """The settings of a page, as JSON. ``zQmIje`` says which country answered."""
    chance = Chance("session", gl, hl)
    code = storefront(gl).code
    own = {
        "FdrFJe": str(chance.number("sid") >> 1), "GWsdKe": hl, "zQmIje": code, "fjF0tb": code, "cfb2h": SERVER_BUILDS[build],
        "eNnkwf": str(_LOADED_AT), "Yllh3e": packed([_LOADED_AT * 1_000_000 + chance.between("us", 0, 999_999), *chance.stream("load", 2)]),
        "p6QVeb": packed(list(_FIELDS)), "HK0hle": f"https://support.google.com/googleplay?p=games_pc_release_notes&hl={hl}",
    }  # fmt: skip
    raw = orjson.dumps(dict(sorted({**_fixed(), **own}.items())))
    return (
        raw.replace(b"=", b"\\u003d")
        .replace(b"&", b"\\u0026")
        .replace(b"<", b"\\u003c")
        .replace(b">", b"\\u003e")
    )


@lru_cache(maxsize=1)
def noise() -> bytes:
    """About 9 kB of the values that the page's own scripts start with."""
    chance = Chance("start values")
    rows = [
        [
            chance.text(f"k{k}", 6, _LETTERS),
            k,
            bool(k % 2),
            f"https://example.example/{chance.text(f'u{k}', 40, _LETTERS)}",
        ]
        for k in range(135)
    ]
    return orjson.dumps(rows)

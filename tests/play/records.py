"""A made-up app, as Play would write its record: what the tests of this folder read, change and break."""

from __future__ import annotations

import copy
import json
from typing import Any

APP_ID = "org.example.kettle"

Path = tuple[int, ...]

# What stands where (the places are those of recorded answers; the values are invented).
PLACES: dict[Path, Any] = {
    (0, 0): "Kettle",
    (9, 0): "Everyone 10+",
    (9, 1, 3, 2): "https://play-lh.example/rating",
    (9, 2, 1): "Fantasy Violence",
    (9, 3, 1): "Users Interact, In-Game Purchases",
    (10, 0): "Aug 15, 2011",
    (10, 1): [1313427600, 500_000_000],
    (12, 0, 0, 1): "Boils water.<br>And <b>keeps</b> it &amp; hot.",
    (13, 0): "50,000,000+",
    (13, 1): 50_000_000,
    (13, 2): 91_130_079,
    (13, 3): "50M+",
    (18, 0): 2,
    (19, 0): "$0.99 - $49.99 per item",
    (37, 0): "Example Commerce Ltd",
    (48, 0): "Contains ads",
    (51, 0): ["4.3", 4.315863],
    (51, 1): [None, ["1", 10], ["2", 20], ["3", 30], ["4", 40], ["5", 900]],
    (51, 2): ["1,000", 1000],
    (51, 3): ["77", 77],
    (57, 0, 0, 0, 0, 1, 0): [6_990_000, "USD", "$6.99"],
    (57, 0, 0, 0, 0, 1, 1): [9_990_000, "USD", "$9.99"],
    (57, 0, 0, 0, 0, 5): 2,
    (57, 0, 0, 0, 0, 6, 5, 2): "https://play.google.com/store/apps/details?id=org.example.kettle&rdid=x",
    (57, 0, 0, 0, 0, 14): [[1_800_000_000], "Ends in 3 days"],
    (57, 0, 0, 0, 0, 19, 0, 0): "ChromeOS version sold separately",
    (57, 0, 0, 1, 0): "$6.99 Buy",
    (58,): ["top paid arcade", [], "#1"],
    (62,): [1],
    (68, 0): "Kettle & Sons",
    (68, 1, 4, 2): "/store/apps/developer?id=Kettle+%26+Sons",
    (68, 2): "4772240900",
    (69, 0, 5, 2): "https://kettle.example/",
    (69, 1, 0): "help@kettle.example",
    (69, 4): ["Kettle Ltd", ["law@kettle.example"], ["1 Spout Road\nTeatown"], "+44 1 234"],
    (73, 0, 1): "Tea &amp; coffee",
    (74, 2): [
        [["Location", ["icon"], [[None, "approximate location"], [None, "precise location"]], ["id1"]]],
        [["Other", ["icon"], [[None, "full network access"]], ["id2"]]],
        [[None, "receive data from Internet"]],
    ],
    (77, 0): APP_ID,
    (78, 0): [
        [None, None, [1080, 1920], [None, None, "https://play-lh.example/shot1"]],
        [None, None, [720, 1280], [None, None, "https://play-lh.example/shot2"]],
    ],
    (79, 0, 0): ["Arcade", [None, None, None, None, [None, None, "/store/apps/category/GAME_ARCADE"]], "GAME_ARCADE"],
    (90,): ["<b>Family</b>"],
    (95, 0): [None, None, [512, 512], [None, None, "https://play-lh.example/icon"]],
    (96, 0): [None, None, [500, 1024], [None, None, "https://play-lh.example/header"]],
    (99, 0, 5, 2): "https://kettle.example/privacy",
    (100, 0, 0): [None, None, "dQw4w9WgXcQ", [None, None, "https://play.google.com/video/lava/x"]],
    (100, 0, 1, 3, 2): "https://i.ytimg.example/still.jpg",
    (100, 1, 0, 3, 2): "https://play-lh.example/header",
    (100, 1, 2): [[None, None, "https://play-games.example/preview.mp4"], [480, 854]],
    (118,): [
        [[["Casual", [None, None, None, None, [None, None, "/store/apps/category/GAME_CASUAL"]], "GAME_CASUAL", "/m/01"]]],
        [[[["Offline", [None, None, None, None, [None, None, "/store/search?q=offline"]], None, "/g/11"]]]],
    ],
    (136,): [
        [None, [1, 0]],
        [[None, "No data shared", [None, "Learn <a href='x'>more</a>"]], [None, "Data is encrypted", None]],
    ],
    (140, 0, 0, 0): "1.19.11",
    (140, 1): [[[35]], [[[24, "7.0"], [33, "13"]]]],
    (144, 1, 1): "Fewer leaks &amp; drips.<br>Hotter.",
    (144, 2): [1_659_000_000],
    (145, 0): ["Jul 28, 2026", [1_785_240_000, 250_000_000]],
    (150, 1): [[2, [None, 4.25]], [3, [None, 4.5]], [4, [None, 3.5]]],
}  # fmt: skip


def place(message: list[Any], path: Path, value: Any) -> list[Any]:
    """Write a value into a message, dense, as far down as the path says; gives the message back."""
    inner = message
    for depth, index in enumerate(path, 1):
        inner.extend([None] * (index + 1 - len(inner)))
        if depth == len(path):
            inner[index] = value
        else:
            if not isinstance(inner[index], list):
                inner[index] = []
            inner = inner[index]
    return message


def made(places: dict[Path, Any]) -> list[Any]:
    """A record with these values at these places, and nothing else."""
    record: list[Any] = []
    for path, value in places.items():
        place(record, path, copy.deepcopy(value))
    return record


def record() -> list[Any]:
    """The made-up app's whole record."""
    return made(PLACES)


def answer(
    of: list[Any] | None = None, *, served: list[int] | None = None, app_id: str | None = APP_ID
) -> list[Any]:
    """The payload of a details answer round a record: its echo of the id and, if given, of the fields it served."""
    about: list[Any] = [None, None, record() if of is None else of]
    if app_id is not None:
        place(about, (11, 0), [app_id, 7])
    if served is not None:
        place(about, (39,), [served])
    return [None, about]


def sparse(message: list[Any], kept: int) -> list[Any]:
    """The same message with all but its first fields moved into the object at its end, as Play may send it."""
    tail = {
        str(index + 1): value for index, value in enumerate(message) if index >= kept and value is not None
    }
    return [*message[:kept], tail] if tail else message


def as_sent(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)

"""How an app is rated: score, histogram, numbers of ratings and written reviews, scores by kind of device."""

from __future__ import annotations

import struct
from typing import NamedTuple

from .chance import Chance, Weighted

#: Kinds of device as the store numbers them: phone, tablet, (unknown), Chromebook, TV, (unknown).
PHONE, TABLET, UNKNOWN_4, CHROMEBOOK, TV, UNKNOWN_7 = 2, 3, 4, 5, 6, 7
_DEVICES = Weighted(
    (0.45, (PHONE, TABLET, CHROMEBOOK)),
    (0.2, (PHONE, TABLET)),
    (0.1, (PHONE,)),
    (0.1, (PHONE, TABLET, UNKNOWN_4, CHROMEBOOK)),
    (0.1, (PHONE, TABLET, CHROMEBOOK, UNKNOWN_7)),
    (0.05, (PHONE, TABLET, CHROMEBOOK, TV)),
)
_STARS = (1, 2, 3, 4, 5)


class Ratings(NamedTuple):
    """Ratings all over the world.

    ``histogram`` holds how many gave one to five stars, in this order; its sum differs from ``number`` a little, as the store's
    does, but never by more than 1 %. ``by_device`` is the score per kind of device.
    """

    score: float
    number: int
    histogram: tuple[int, int, int, int, int]
    by_device: tuple[tuple[int, float], ...]


def single(number: float) -> float:
    """The shortest decimal of the nearest 32-bit float, which is what the store holds."""
    (nearest,) = struct.unpack("f", struct.pack("f", number))
    return float(f"{nearest:.8g}")


def make_ratings(chance: Chance, installs: int, stars: Chance | None = None) -> Ratings | None:
    """The ratings of an app with that many installs, or None where nobody has rated it (10 %); ``stars`` is how it is liked."""
    if chance.happens("unrated", 0.1):
        return None
    count = 5 + int(installs * (0.002 + 0.08 * chance.unit("rating share") ** 3))
    devices = chance.pick_weighted("devices", _DEVICES)
    overall = _tally(stars or chance, "", count)
    by_device = tuple(
        (device, single(min(5.0, max(1.0, overall.score + shift / 640 - 0.2))))
        for device, shift in zip(devices, chance.stream("by device", len(devices)), strict=True)
    )
    return Ratings(overall.score, overall.number, overall.histogram, by_device)


def on_phones(chance: Chance, everywhere: Ratings, stars: Chance | None = None) -> Ratings:
    """The ratings given on phones, which are most of them."""
    return _tally(stars or chance, " phone", max(1, everywhere.number * 4 // 5))


def _tally(chance: Chance, name: str, count: int) -> Ratings:
    a, b, c, d, e = chance.stream("stars", 5)
    weights = (30 + a * a / 270, 30 + b / 4, 30 + c / 3, 60 + d, 180 + 4 * e)
    total = sum(weights)
    missing = min(count // 100, chance.between(f"missing{name}", 0, 795))
    told = count - missing
    histogram = [int(told * weight / total) for weight in weights]
    histogram[4] += told - sum(histogram)
    score = sum(star * n for star, n in zip(_STARS, histogram, strict=True)) / max(1, told)
    one, two, three, four, five = histogram
    return Ratings(single(score), count, (one, two, three, four, five), ())

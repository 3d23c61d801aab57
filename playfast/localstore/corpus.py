"""Reviews: which of an app's stand in which language, when each was written, and in which order they are shown.

Each language has reviews of its own, and the country plays no part. A review has a number, from 0 for the oldest; its row is made of it
(`page.comments`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from .catalogue import App
from .chance import Chance, Weighted
from .weeks import app_in

#: Languages that have reviews of their own.
LANGUAGES = (
    "en es pt ru de fr it ja ko zh tr id vi th hi ar pl nl sv da fi no cs el he hu ro uk bg hr sr sk sl lt lv et fa bn ta te ml mr gu kn "
    "pa ur ms tl sw af kk az uz ky ka hy be mk sq bs is mn ne si km lo my am eu gl ca"
).split()
#: Codes that stand for the reviews of another language.
ALIASES = {"tg": "ru", "tk": "ru", "ga": "en", "cy": "en", "iw": "he", "fil": "tl", "nb": "no"}
#: What any other code gets: a few reviews, and no error.
BOGUS = "zz"

HELPFUL, NEWEST, BY_STARS = 1, 2, 3
#: The device that stands for all.
PHONE = 2
_SHARES = {3: 0.25, 5: 0.1, 6: 0.04}

_NAMED = re.compile(r"(?:^|\.)reviews([0-9]{1,7})\.")
_OF_NAMED = 12
_MOST = 30_000
_END = 1_783_000_000_000  # milliseconds: the last review of week 0 is no later
_SPAN = 60_000_000_000
_WEEK = 604_800_000
_STARS = Weighted((0.2, 1), (0.08, 2), (0.1, 3), (0.17, 4), (0.45, 5))

Habit = Literal["plain", "loops", "stuck"]


def spoken(hl: str) -> str:
    """The language whose reviews a code gets."""
    code = hl.lower().replace("_", "-").partition("-")[0]
    code = ALIASES.get(code, code)
    return code if code in LANGUAGES else BOGUS


def habit(app: App) -> Habit:
    """How an app's pages of reviews end: plainly, or by beginning anew (an id with a segment ``loops``) or standing still (``stuck``)."""
    segments = app.app_id.split(".")
    return "loops" if "loops" in segments else "stuck" if "stuck" in segments else "plain"


def number_of(app: App, lang: str) -> int:
    """How many reviews an app has in a language; every week brings some."""
    first = _sizes(app.app_id, app.seed).get(lang, 0)
    return first + app.week * _weekly(first)


def moment(app: App, lang: str, number: int) -> tuple[int, int]:
    """When review k was written: seconds since 1970 and nanoseconds. A later number is a later moment."""
    first = _sizes(app.app_id, app.seed).get(lang, 0)
    noise = chance_of(app, lang, number).unit("when")
    if number < first:
        step = max(1, _SPAN // first)
        at = _END - (first - number) * step + int(step * noise)
    else:
        weekly = _weekly(first)
        week, place = divmod(number - first, weekly)
        step = _WEEK // weekly
        at = _END + week * _WEEK + place * step + int(step * noise)
    return at // 1_000, at % 1_000 * 1_000_000


def stars(app: App, lang: str, number: int) -> int:
    """How many stars review k gives."""
    return chance_of(app, lang, number).pick_weighted("stars", _STARS)


def chance_of(app: App, lang: str, number: int) -> Chance:
    """The chance that makes review k."""
    return Chance(app.seed, app.app_id, "review", lang, number)


def order(
    app: App, lang: str, sort: int, score: int | None = None, device: int | None = None
) -> Sequence[int]:
    """The numbers of the reviews that are shown, in the order in which they are."""
    return _order(app.app_id, app.seed, app.week, lang, sort, score, device)


@lru_cache(maxsize=256)
def _order(
    app_id: str, seed: int, week: int, lang: str, sort: int, score: int | None, device: int | None
) -> Sequence[int]:
    app = app_in(app_id, seed, week)
    found: Sequence[int] = range(number_of(app, lang) - 1, -1, -1)
    if score is not None:
        found = [number for number in found if stars(app, lang, number) == score]
    if device not in (None, PHONE):
        share = _SHARES.get(device or 0, 0.0)
        found = [number for number in found if chance_of(app, lang, number).happens(f"on {device}", share)]
    if sort == HELPFUL:
        return sorted(found, key=lambda number: chance_of(app, lang, number).number("helpful"))
    if sort == BY_STARS:
        return sorted(found, key=lambda number: -stars(app, lang, number))
    return found


def _weekly(first: int) -> int:
    return max(1, first // 50) if first else 0


@lru_cache(maxsize=4_096)
def _sizes(app_id: str, seed: int) -> dict[str, int]:
    """How many reviews of week 0 each language has; those without any are left out."""
    app = App(app_id, seed)
    named = _NAMED.search(app_id)
    if named:
        total, langs = int(named[1]), LANGUAGES[:_OF_NAMED]
        weights = [float(_OF_NAMED - place) for place in range(_OF_NAMED)]
    else:
        if app.ratings is None:
            return {}
        total = min(_MOST, int(app.ratings.number * (0.005 + 0.05 * app.chance.unit("written"))))
        home = app.home_language
        langs = [home, *(code for code in LANGUAGES if code != home)]
        weights = [0.5 * 0.8**place for place in range(len(langs))]
    ends = [int(total * end / sum(weights)) for end in accumulate(weights)]
    ends[-1] = total
    sizes = {
        code: end - begin
        for code, begin, end in zip(langs, [0, *ends[:-1]], ends, strict=True)
        if end > begin
    }
    return {**sizes, BOGUS: min(20, total)} if total else {}

"""The ids of the catalogue: number k has one id, and the id can be recognised again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = tuple(c + v for c in _CONSONANTS for v in _VOWELS)
_BASE = len(_SYLLABLES)
_LETTERS = 5
_SPAN = _BASE**_LETTERS
_STEP = (
    1_234_567_891  # odd and no multiple of 5, so it has no factor in common with 80**5: numbers never collide
)
_SCATTER = 0x9E3779B97F4A7C15
_ROOTS = (
    "com",
    "com",
    "com",
    "com",
    "com",
    "com",
    "com",
    "com",
    "org",
    "io",
    "net",
    "app",
    "me",
    "de",
    "jp.co",
    "br.com",
)
_RARE_ROOTS = ("ru", "tv", "air.com", "uk.co")
"""Stand in the place of "com" now and then: there is no beginning that all ids have."""
_TAILS = ("", "", "", "", "", "", "", "", "", "", "", "", ".free", ".android", ".lite", "_app")

#: An id that Android accepts: segments of letters, digits and underscores, each beginning with a letter, at least two.
WELL_FORMED = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)+")
_CATALOGUE = re.compile(
    rf"(?:{'|'.join(re.escape(r) for r in sorted({*_ROOTS, *_RARE_ROOTS}))})\.[A-Za-z]+\.(?:[{_CONSONANTS}][{_VOWELS}]){{{_LETTERS}}}"
    rf"(?:{'|'.join(re.escape(t) for t in sorted(set(_TAILS)) if t)})?"
)


def ids(count: int, seed: int = 0, start: int = 0) -> Iterator[str]:
    """The ids of a catalogue, in its order: ``count`` of them beginning with number ``start`` (from 0).

    All are different. They are made one by one, so any number of them needs no memory.

    Raises:
        ValueError: for a negative number, or past the 3.2 billion ids that a catalogue has.
    """
    if count < 0 or start < 0:
        message = f"count and start must not be negative (count={count}, start={start})"
        raise ValueError(message)
    if start + count > _SPAN:
        message = f"a catalogue has {_SPAN:,} ids"
        raise ValueError(message)
    return _generate(count, seed, start)


def _generate(count: int, seed: int, start: int) -> Iterator[str]:
    shift = (seed * 48_271 + 987_654_321) % _SPAN
    for number in range(start, start + count):
        point = (number * _STEP + shift) % _SPAN
        mixed = ((point + seed) * _SCATTER) & 0xFFFFFFFFFFFFFFFF
        mixed ^= mixed >> 29
        first, second = _SYLLABLES[mixed % _BASE], _SYLLABLES[mixed // _BASE % _BASE]
        company = first + second + _SYLLABLES[mixed // 6_400 % _BASE]
        if mixed >> 40 & 15 == 0:
            company = company.capitalize()
        name = ""
        for _ in range(_LETTERS):
            point, digit = divmod(point, _BASE)
            name += _SYLLABLES[digit]
        root = _ROOTS[mixed >> 44 & 15]
        if root == "com" and mixed >> 52 & 15 == 0:
            root = _RARE_ROOTS[mixed >> 56 & 3]
        yield f"{root}.{company}.{name}{_TAILS[mixed >> 48 & 15]}"


@lru_cache(maxsize=4096)
def is_well_formed(app_id: str) -> bool:
    """Whether Android would accept this as the id of an app."""
    return WELL_FORMED.fullmatch(app_id) is not None


def is_catalogue_id(app_id: str) -> bool:
    """Whether this looks like an id of a catalogue (of any seed)."""
    return _CATALOGUE.fullmatch(app_id) is not None

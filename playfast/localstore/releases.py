"""When an app was released and updated, its version, and the Android versions it runs on."""

from __future__ import annotations

from typing import NamedTuple

from .chance import Chance, Weighted

_DAY = 86_400
_FIRST = 1_230_768_000  # 2009-01-01
_LAST_RELEASE = 1_780_000_000  # 2026-05-28
_NEWEST = 1_790_000_000  # 2026-09-21

#: Android's API levels and the names of their versions.
ANDROID = {
    16: "4.1", 19: "4.4", 21: "5.0", 23: "6.0", 24: "7.0", 26: "8.0", 28: "9", 29: "10", 30: "11", 31: "12", 33: "13", 34: "14",
    35: "15", 36: "16",
}  # fmt: skip
_VERSION_FORMS = (
    "{major}.{minor}", "{major}.{minor}.{patch}.{build}", "{major}.{minor}.{patch}-release", "v{major}.{minor}", "{year}.{month}", "{build}"
)  # fmt: skip
_MINIMA = (16, 19, 21, 21, 23, 23, 24, 24, 26, 26, 28, 29)
_TARGETS = (31, 33, 34, 35, 35, 35, 36)

#: The ways in which the store writes version and Android levels, with their shares. See `record.versions` for each.
SHAPES = Weighted(
    (0.5, "version, target, minimum"),
    (0.06, "version, target with text, minimum"),
    (0.06, "version, minimum"),
    (0.05, "version, target"),
    (0.05, "version, target, minimum and maximum"),
    (0.14, "varies, minimum"),
    (0.11, "varies, target"),
    (0.03, "version, target, minimum, 2022"),
)


class Release(NamedTuple):
    """The version and its Android levels: None where the store does not say.

    ``varies`` is True where the store says that the version varies with the device.
    """

    shape: str
    version: str | None
    varies: bool
    min_sdk: int | None
    target_sdk: int | None
    max_sdk: int | None


def make_release(chance: Chance) -> Release:
    """The current release of an app."""
    shape = chance.pick_weighted("version shape", SHAPES)
    varies = shape.startswith("varies")
    minimum = chance.pick("min sdk", _MINIMA)
    return Release(
        shape=shape,
        version=None if varies else make_version(chance),
        varies=varies,
        min_sdk=minimum if "minimum" in shape else None,
        target_sdk=chance.pick("target sdk", _TARGETS) if "target" in shape else None,
        max_sdk=33 if "maximum" in shape else None,
    )


def make_version(chance: Chance, later: int = 0) -> str:
    """A version, mostly of three numbers; or the one that so many releases later follows it, in the same form."""
    form, major, minor, patch, *build = chance.stream("version", 6)
    major, minor, patch = major % 31, minor % 100, patch % 41
    year, month = 2016 + major % 10, 1 + minor % 12
    if form < 100:  # noqa: PLR2004 - the usual form
        return f"{major + later}.{minor}.{patch}"
    return _VERSION_FORMS[form % len(_VERSION_FORMS)].format(
        major=major + later,
        minor=minor,
        patch=patch,
        build=build[0] * 37 + build[1] + later,
        year=year + (month + later - 1) // 12,
        month=(month + later - 1) % 12 + 1,
    )


def released_at(chance: Chance) -> tuple[int, int] | None:
    """When the app first came out: seconds since 1970 and nanoseconds, or None where the store does not say (8 %)."""
    if chance.happens("no release date", 0.08):
        return None
    return _FIRST + int((_LAST_RELEASE - _FIRST) * chance.unit("released") ** 0.6), chance.between(
        "released ms", 0, 999
    ) * 1_000_000


def updated_at(chance: Chance) -> tuple[int, int]:
    """When the current version came out: seconds since 1970 and nanoseconds; never before the release."""
    first = released_at(chance)
    start = first[0] if first else _FIRST
    span = _NEWEST - start
    return _NEWEST - int(span * chance.unit("updated") ** 3), chance.between("updated ms", 0, 999) * 1_000_000


def begin_of(week: int) -> int:
    """When a week, counted from 1, begins: seconds since 1970."""
    return _NEWEST + (week - 1) * 7 * _DAY


def updated_in(week: int, chance: Chance) -> tuple[int, int]:
    """A moment in a week, counted from 1, after all that `updated_at` gives."""
    start = begin_of(week)
    return start + chance.between("updated", 1, 7 * _DAY - 1), chance.between(
        "updated ms", 0, 999
    ) * 1_000_000

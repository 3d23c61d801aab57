"""Numbers of the results with their units: in words, on axes, in colours."""

from __future__ import annotations

from dataclasses import dataclass

from playfast.pages import words

_BYTES = (("GB", 10**9), ("MB", 10**6), ("KB", 10**3), ("bytes", 1))
"""Units of memory, the largest first: powers of ten, as the targets have them."""
_TIMES = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}
"""Units of time in seconds."""
_MINUTE, _MILLI, _MICRO = 60, 1e-3, 1e-6
_COLOURS = {**dict.fromkeys(_TIMES, "var(--amber)"), "bytes": "var(--green)", "MB": "var(--green)"}
_SMALL = 0.01
_DIGITS = 6
"""So many digits are drawn; a chart shows no more."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What an axis counts in: its name, and how much of the result's unit one of it is."""

    name: str
    size: float

    def of(self, value: float) -> float:
        return float(f"{value / self.size:.{_DIGITS}g}")


def text(value: float, unit: str) -> str:
    """5,932 apps/s, 12.3 ms, 167 µs, 1.20 times"""
    match unit:
        case "s" if value >= _MINUTE:
            return words.duration(value)
        case "s" | "ms" | "µs" if 0 < _seconds(value, unit) < _MILLI:
            return f"{words.decimal(_seconds(value, unit) / _MICRO)}{words.NBSP}µs"
        case "s" | "ms" | "µs":
            return words.latency(_seconds(value, unit))
        case "bytes":
            name, size = _of_bytes(value)
            return f"{_number(value / size)}{words.NBSP}{name}"
        case "ratio":
            return f"{_number(value)}{words.NBSP}times"
        case "percent":
            return f"{_number(value)}{words.NBSP}%"
        case _:
            return f"{_number(value)}{words.NBSP}{unit}"


def _number(value: float) -> str:
    """As any number of a page; one that would be shown as 0 has two digits that count."""
    return f"{value:.2g}" if 0 < abs(value) < _SMALL else words.decimal(value)


def bound(value: float, unit: str) -> str:
    """The same for a number that somebody chose: 850 apps/s, 2.5 times, without digits that say nothing."""
    said = text(value, unit)
    number, gap, name = said.partition(words.NBSP)
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number}{gap}{name}"


def between(low: float, high: float, unit: str) -> str:
    """5,870 to 5,991 apps/s; a range of one value is that value."""
    first, last = text(low, unit), text(high, unit)
    if first == last:
        return last
    number, _, name = first.partition(words.NBSP)
    return f"{number if last.endswith(words.NBSP + name) else first} to {last}"


def scale(unit: str, most: float) -> Scale:
    """What an axis up to `most` counts in."""
    match unit:
        case "s" | "ms" | "µs" if 0 < _seconds(most, unit) < _MILLI:
            return Scale("µs", _MICRO / _seconds(1, unit))
        case "s" | "ms" | "µs" if 0 < _seconds(most, unit) < 1:
            return Scale("ms", _MILLI / _seconds(1, unit))
        case "s" | "ms" | "µs":
            return Scale("s", 1 / _seconds(1, unit))
        case "bytes":
            return Scale(*_of_bytes(most))
        case "ratio":
            return Scale("times", 1)
        case "percent":
            return Scale("%", 1)
        case _:
            return Scale(unit, 1)


def _of_bytes(value: float) -> tuple[str, int]:
    return next(((name, size) for name, size in _BYTES if value >= size), _BYTES[-1])


def _seconds(value: float, unit: str) -> float:
    return value * _TIMES[unit]


def colour(unit: str) -> str:
    """Times, sizes and all other numbers have a colour each, the same in every chart."""
    return _COLOURS.get(unit, "var(--blue)")

"""Prices written out in any storefront's words, as numbers.

Play tells the range of in-app prices only as a sentence in the asked language: `$0.99 - $49.99 per item`,
`0,40 €–204,99 € bei Abrechnung über Google Play`, `￥7～￥790,500/アイテム` (all recorded).
"""

from __future__ import annotations

import re

# A number as written anywhere: digits of any script, with groups and one decimal mark between them.
_NUMBER = re.compile(r"\d(?:[\d.,'’٫٬\u00a0\u202f\u2009 ]*\d)?")
_MARKS = re.compile(r"[.,'’٫٬\u00a0\u202f\u2009 ]")
_DECIMAL_MARKS = ".,٫"
# Currencies that are not written in hundredths (CLDR, after which Play writes; ISO 4217 differs for the dinar of Iraq).
_THREE_DECIMALS = frozenset({"BHD", "JOD", "KWD", "LYD", "OMR", "TND"})
_NO_DECIMALS = frozenset(
    {"JPY", "KRW", "VND", "CLP", "PYG", "UGX", "XAF", "XOF", "XPF", "ISK", "KMF", "GNF", "RWF", "IQD"}
)


def amount(written: str, currency: str | None) -> float:
    """One number as written in a price; the currency decides what a mark with three digits behind it means.

    Raises:
        ValueError: it is no number.
    """
    marks = _MARKS.findall(written)
    if not marks:
        return float(written)
    last = marks[-1]
    behind = len(written) - written.rindex(last) - 1
    if currency in _NO_DECIMALS:
        decimal = False
    elif behind == 3:  # noqa: PLR2004 - a group of thousands, but in the currencies that are divided by 1,000
        decimal = currency in _THREE_DECIMALS and marks.count(last) == 1 and last in _DECIMAL_MARKS
    else:
        decimal = last in _DECIMAL_MARKS and marks.count(last) == 1
    digits = _MARKS.sub("", written)
    return float(f"{digits[:-behind]}.{digits[-behind:]}") if decimal else float(digits)


def price_range(sentence: str, currency: str | None) -> tuple[float, float] | None:
    """Lowest and highest price in a sentence; both the same where it names one, None where it names none."""
    found = [amount(written, currency) for written in _NUMBER.findall(sentence)[:2]]
    return (min(found), max(found)) if found else None

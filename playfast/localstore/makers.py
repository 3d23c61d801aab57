"""Developers: made-up company-like names, their two kinds of id, contact and trader details."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote_plus

from . import media
from .chance import Chance
from .words import sentences, words

_STARTS = "Vel Kor Tam Nor Bry Sol Mir Zan Fen Lor Dra Pel Quo Ryn Hav Tol Wes Ard Bel Cas".split()
_ENDINGS = "ano ira ostra elle umi aven oris inta ovo esta ario ume otti ander isk".split()
_KINDS = (
    "Studio", "Labs", "Games", "Software", "Apps", "Digital", "Works", "Interactive", "Systems", "Media",
    "GmbH", "LLC", "Ltd.", "S.r.l.", "Inc.", "Co., Ltd.", "FZ-LLC", "& Partners", "; Tools", "Möbel AG", "株式会社", "+Plus", "100%",
)  # fmt: skip
_FORMS = ("Inc.", "LLC", "GmbH", "Oy")
_STREETS = ("Example Street", "Sample Road", "Test Avenue", "Model Lane")
_TOWNS = (
    ("Springvale 12345", "United States"),
    ("12345 Musterstadt", "Germany"),
    ("Exampleton EX4 3PL", "United Kingdom"),
    ("見本市 123-4567", "Japan"),
    ("42-000 Przykładowo", "Poland"),
    ("القاهرة 11742", "Egypt"),
)
_NAMED = re.compile(r"example\.maker([0-9]{1,9})\.")
_LAST_DIGITS = re.compile(r"([0-9]{1,9})$")
# Numbers of developers look like chance, and lead back to their key: a multiplication that another one undoes.
_LEAST = 4_600_000_000_000_000_000
_TIMES = 2_862_933_555_777_941_757
_BACK = pow(_TIMES, -1, _LEAST)
_MOST_KEYS = 10**9


class Trader(NamedTuple):
    """Who answers for the app by law. ``address`` has several lines; ``phone`` may be missing."""

    name: str
    email: str
    address: str
    phone: str | None


class Developer(NamedTuple):
    """Who publishes an app.

    ``key`` counts the developers. ``path`` is the link to the developer's page: by number, or by name (url-encoded)
    for those without a page of their own.
    ``number`` is the numeric id, which is there in both cases. ``address`` is the older free text.
    """

    key: int
    name: str
    number: str
    path: str
    website: str | None
    email: str
    address: str | None
    trader: Trader | None
    seller: str
    tagline: str | None
    logo: str | None
    header: str | None

    @property
    def page_id(self) -> str:
        """The id in the link, decoded: a number or a name."""
        return self.number if self.path.startswith("/store/apps/dev?") else self.name


def number_in(app_id: str) -> int | None:
    """The number of the developer that an id names, as ``example.maker17.app2`` does, or None."""
    found = _NAMED.match(app_id)
    return int(found[1]) if found else None


def by_number(number: str) -> int | None:
    """The key of the developer with a numeric id; None where there is none."""
    if not (number.isascii() and number.isdecimal() and len(number) <= len(str(2 * _LEAST))):
        return None
    key = (int(number) - _LEAST) * _BACK % _LEAST
    return key if key < _MOST_KEYS and str(_LEAST + key * _TIMES % _LEAST) == number else None


def by_name(name: str) -> int | None:
    """The key of the developer with a name; None where there is none."""
    digits = _LAST_DIGITS.search(name)
    if digits is None:
        return None
    key = int(digits[1])
    return key if developer_number(key, Chance("developer", key)).name == name else None


def ids_of(number: int, count: int) -> list[str]:
    """Ids of apps of a developer, which the store shows as "more by" them."""
    return [f"example.maker{number}.app{k}" for k in range(count)]


def make_developer(chance: Chance) -> Developer:
    """The developer of an app. A few hundred thousand exist, so that many have several apps."""
    return developer_number(chance.between("developer", 0, 299_999), chance)


def developer_number(key: int, chance: Chance) -> Developer:
    """Developer k. What differs from app to app (website, email, details) is left to the chance of the app."""
    own = Chance("developer", key)
    raw = own.stream("name", 6)
    first = _STARTS[raw[0] % len(_STARTS)] + _ENDINGS[raw[1] % len(_ENDINGS)]
    kind = _KINDS[raw[2] % len(_KINDS)]
    vocabulary = words("en")
    middle = f" {vocabulary[raw[4] % len(vocabulary)].capitalize()}" if raw[3] & 1 else ""
    name = f"{first}{middle}{'' if kind[0] == ';' else ' '}{kind} {key}"  # no two have one name
    numeric = str(_LEAST + key * _TIMES % _LEAST)
    by_number = raw[5] < 80  # noqa: PLR2004 - three in ten
    host = f"{first.lower()}{key}.example"
    return Developer(
        key=key,
        name=name,
        number=numeric,
        path=f"/store/apps/dev?id={numeric}" if by_number else f"/store/apps/developer?id={quote_plus(name)}",
        website=f"https://www.{host}/" if chance.happens("website", 0.85) else None,
        email=f"support@{host}",
        address=_address(own) if chance.happens("old address", 0.06) else None,
        trader=_trader(own, host) if chance.happens("trader", 0.7) else None,
        seller="Example Commerce Ltd" if chance.happens("other seller", 0.02) else name,
        tagline=own.pick("tagline", sentences("en")) if own.happens("says something", 0.6) else None,
        logo=media.address(own, "logo", 90) if own.happens("logo", 0.8) else None,
        header=media.address(own, "header", 90) if own.happens("header", 0.7) else None,
    )


def _address(own: Chance) -> str:
    raw = own.stream("address", 3)
    town, country = _TOWNS[raw[0] % len(_TOWNS)]
    return f"{1 + raw[1] % 99} {_STREETS[raw[2] % len(_STREETS)]}\n{town}\n{country}"


def _trader(own: Chance, host: str) -> Trader:
    raw = own.stream("trader", 6)
    form = _FORMS[raw[2] % len(_FORMS)]
    name = f"{_STARTS[raw[0] % len(_STARTS)]}{_ENDINGS[raw[1] % len(_ENDINGS)]} Holding {form}"
    address = _TOWNS[raw[3] % len(_TOWNS)][1] if raw[4] < 25 else _address(own)  # noqa: PLR2004 - one in ten
    phone = f"+1 555-01{raw[5] % 100:02}" if raw[5] < 180 else None  # noqa: PLR2004 - seven in ten
    return Trader(name, f"legal@{host}", address, phone)

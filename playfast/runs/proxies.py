"""The proxies of a crawl: read from a file or a list, all mistakes at once, and never shown with their passwords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playfast.play.places import COUNTRIES

_SCHEMES = ("http", "https")
_DUE = "http://host:port, http://user:password@host:port, or the same behind a country code and a blank"
_SHOWN = 80
_LONGEST = 1_000_000  # bytes of a file


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy. `name` is for people: its place in the list, its host and port, and no credentials."""

    name: str
    address: str = field(repr=False)
    country: str | None = None


def read(value: Any) -> tuple[Proxy, ...]:
    """The proxies that the setting `PLAYFAST_PROXIES` names; none where it is empty.

    It is the path of a file with one proxy a line (blank lines and `#` comments aside), such lines themselves separated by commas, a list
    of them, or a dict of country codes and lists.

    Raises:
        ValueError: with one sentence for each mistake, separated by line breaks. It names the place alone: any part of an entry that
            is spoilt may be one of a password.
    """
    found: list[Proxy] = []
    problems = []
    for place, text in _entries(value):
        try:
            found.append(_proxy(text, len(found) + 1))
        except ValueError as error:
            problems.append(f"{place}: {error}")
    if not problems and value and not found:
        problems.append("there is no proxy in it")
    if problems:
        raise ValueError("\n".join(problems))
    return tuple(found)


def missing(proxies: Iterable[Proxy], countries: Iterable[str]) -> list[str]:
    """The countries that no proxy is for, where there are proxies."""
    there = {proxy.country for proxy in proxies}
    return [] if None in there or not there else [country for country in countries if country not in there]


def _entries(value: Any) -> Iterator[tuple[str, str]]:
    """Each entry with what to call its place."""
    if isinstance(value, Mapping):
        for country, listed in value.items():
            for number, text in enumerate([listed] if isinstance(listed, str) else listed, 1):
                yield f"entry {number} of {country}", f"{country} {text}"
    elif isinstance(value, str | Path):
        path = Path(value)
        if "://" in str(value) or not _is_file(path):
            if "://" not in str(value) and str(value).strip():
                named = "of that name" if "@" in str(value) else repr(str(value)[:_SHOWN])
                raise ValueError(f"there is no file {named}; due is one, or {_DUE}")
            for number, text in enumerate(str(value).split(","), 1):
                if text.strip():
                    yield f"entry {number}", text
            return
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = file.read(_LONGEST).split("\n")
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield f"line {number} of {path}", line
    elif isinstance(value, Iterable):
        for number, text in enumerate(value, 1):
            yield f"entry {number}", str(text)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _proxy(text: str, number: int) -> Proxy:
    words = re.split(r"\s+#", text, maxsplit=1)[0].split()
    if len(words) not in (1, 2):
        raise ValueError(f"due is {_DUE}")
    country, address = words[0].casefold() if len(words) > 1 else None, words[-1]
    if country is not None and country not in COUNTRIES:
        raise ValueError("what stands before the address is no country code (ISO 3166-1, two letters)")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = urlsplit("")
    if parts.scheme.startswith("socks"):
        raise ValueError("Scrapy speaks to http and https proxies, not to SOCKS")
    rest = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in _SCHEMES or not host or port == 0 or rest or not address.isprintable():
        raise ValueError(f"due is {_DUE}")
    name = f"{number} {host}" + (f":{port}" if port else "")
    return Proxy(name, address, country)

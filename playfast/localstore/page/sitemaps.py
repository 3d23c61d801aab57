"""The files of the sitemaps: indices, and shards, nearly all of whose bytes are addresses in other languages.

What stands between the apps (books, films, music) is compressed once and joined into every shard.
"""

from __future__ import annotations

from functools import lru_cache

from playfast.localstore.chance import Chance
from playfast.localstore.wire.prepared import Part, Prepared, gzip_body, prepare

ORIGIN = "https://play.google.com"
_LANGUAGES = (
    "af am ar as az be bg bn bs ca cs da de el en es et eu fa fi fil fr gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml "
    "mn mr ms my ne nl no or pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zu"
).split()
_REGIONS = ("", "-US", "-GB", "-DE", "-IN")
_APP = "/store/apps/details?id="
_OTHERS = (
    "/store/books/details?id=",
    "/store/movies/details?id=",
    "/store/music/album?id=",
    "/store/audiobooks/details?id=",
)
_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    b'xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
_INDEX_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
_PIECES, _PIECES_OF_SHARD, _PIECE = 12, 8, 45
"""Pieces of other things than apps that there are, that a shard has, and addresses in each."""


def index(names: list[str]) -> bytes:
    """An index that names these files."""
    told = "".join([f"<sitemap><loc>{ORIGIN}/sitemaps/{name}</loc></sitemap>" for name in names])
    return b"".join([_INDEX_HEAD, told.encode(), b"</sitemapindex>"])


def shard(number: int, app_ids: list[str], alternates: int) -> bytes:
    """A shard, compressed: apps among other things; an app has so many addresses in other languages, another thing half as many."""
    chance = Chance("sitemap", number)
    parts: list[Part] = [_HEAD]
    each = -(-len(app_ids) // _PIECES_OF_SHARD)
    for place in range(_PIECES_OF_SHARD):
        parts.append(_others(chance.between(f"piece {place}", 0, _PIECES - 1), alternates))
        apps = app_ids[place * each : (place + 1) * each]
        parts.append("".join([_url(f"{_APP}{app_id}", alternates) for app_id in apps]).encode())
    parts.append(b"</urlset>")
    return gzip_body([part for part in parts if part])


@lru_cache(maxsize=4 * _PIECES)
def _others(piece: int, alternates: int) -> Prepared:
    chance = Chance("sitemap piece", piece)
    alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    paths = [
        chance.pick(f"kind {place}", _OTHERS) + chance.text(f"id {place}", 12, alphabet)
        for place in range(_PIECE)
    ]
    return prepare("".join([_url(path, alternates // 2) for path in paths]).encode())


def _url(path: str, alternates: int) -> str:
    return _template(alternates).replace("\0", ORIGIN + path)


@lru_cache(maxsize=4)
def _template(alternates: int) -> str:
    """One entry, with a mark in the place of its address."""
    codes = [f"{language}{region}" for region in _REGIONS for language in _LANGUAGES][:alternates]
    links = [f'<xhtml:link rel="alternate" hreflang="{code}" href="\0&amp;hl={code}"/>' for code in codes]
    return f"<url><loc>\0</loc>{''.join(links)}</url>"

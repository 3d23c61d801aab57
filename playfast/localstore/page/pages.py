"""Pages: put together from parts that are compressed once. Only the nonces, the order of the blocks and their numbers are new each time."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from random import Random

import orjson

from playfast.localstore.cache import ByteCache
from playfast.localstore.record.moves import Moves
from playfast.localstore.record.view import View
from playfast.localstore.rpc.template import NO_CHANGE, Template
from playfast.localstore.weeks import app_in
from playfast.localstore.wire.json_text import dumps
from playfast.localstore.wire.prepared import Part, Prepared, prepare

from . import body, config, css, head
from .blocks import DATA
from .builds import BLOCKS, routing, routing_script
from .sheets import Sheet

# Two places of a page hold a value that is new in every load; until then they hold these marks, which no UTF-8 can.
_SCRIPT, _STYLE = b"\xffs", b"\xfft"
_MARKS = re.compile(rb"(\xff[st])")
_PREPARE_FROM = 300
_TODAY = "2026"
_NOBODY = "example.nobody.app"
"""Pages that are no app's have a view without one."""
_OPEN = b'<script nonce="' + _SCRIPT + b'">'
_CLOSE = b"</script>"

_MEANT = "Requested entity was not found.\nGeneric error in the store's data service: NOT_FOUND <eye3 title='/PlayDataService: NOT_FOUND'/>"
_FAILURE = dumps(
    [
        5,
        "generic",
        _MEANT,
        None,
        [["type.googleapis.com/wireless.android.finsky.boq.web.data.store.error.PlayDataError", [1]]],
    ]
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page without what is new in every load: all before the blocks, and each block's key and data."""

    before: list[Part]
    blocks: list[tuple[int, Part | None]]
    weight: int


class PageMaker:
    """Makes pages, and keeps their parts up to a number of bytes."""

    def __init__(
        self, cache_bytes: int, seed: int, moves: Moves = (), week: int = 0, template: Template = NO_CHANGE
    ) -> None:
        self._template = template
        self._seed = seed
        self._week = week
        self._moves = moves
        self._kept: ByteCache[_Kept] = ByteCache(cache_bytes)
        self._chance = Random(seed)

    def page(self, app_id: str, gl: str, hl: str) -> list[Part] | None:
        """The parts of an app's page, or None when the app is not there. Two loads differ in nonces, order and numbers of blocks."""
        key = (app_id, gl, hl)
        kept = self._kept.get(key)
        if kept is None:
            app = app_in(app_id, self._seed, self._week)
            if app.status(gl) == "not_found":
                return None
            kept = _make(View(app, gl, hl, words=app.page_build == "2022", moves=self._moves), self._template)
            self._kept.put(key, kept, kept.weight)
        return self._load(kept)

    def other(
        self, key: Hashable, gl: str, hl: str, make: Callable[[View], Sheet | None]
    ) -> list[Part] | None:
        """The parts of a page of another kind, made by ``make`` when it is first asked for; None where that makes none."""
        kept = self._kept.get((key, gl, hl))
        if kept is None:
            view = View(app_in(_NOBODY, self._seed, self._week), gl, hl, words=False)
            sheet = make(view)
            if sheet is None:
                return None
            kept = _made(view, sheet, self._template)
            self._kept.put((key, gl, hl), kept, kept.weight)
        return self._load(kept)

    def _load(self, kept: _Kept) -> list[Part]:
        chance = self._chance
        nonces = {_SCRIPT: _nonce(chance), _STYLE: _nonce(chance)}
        parts: list[Part] = [
            nonces.get(part, part) if isinstance(part, bytes) else part for part in kept.before
        ]
        counter = 0
        nonce = nonces[_SCRIPT]
        for key, data in _shuffled(kept.blocks, chance):
            counter += 1 if chance.random() < 0.8 else chance.randrange(2, 16)  # noqa: PLR2004 - most numbers follow one another
            opening = b'<script class="ds:%d" nonce="%b">AF_initDataCallback({key: \'ds:%d\', ' % (
                key,
                nonce,
                key,
            )
            if data is None:
                parts += (opening, b" data:", _FAILURE, b",errorHasStatus: true,});</script>")
            else:
                parts += (opening, b"hash: '%d', data:" % counter, data, b", sideChannel: {}});</script>")
        parts.append(
            b'<script id="wiz_jd" nonce="%b">if (window[\'_wjdc\']) '
            b"{const wjd = {}; window['_wjdc'](wjd); delete window['_wjdc'];}</script>"
            b'<script aria-hidden="true" id="WIZ-footer" nonce="%b">window.wiz_progress&&window.wiz_progress();'
            b"window.stopScanForCss&&window.stopScanForCss(); ccTick('bl');</script></body></html>"
            % (nonce, nonce)
        )
        return parts


def _nonce(chance: Random) -> bytes:
    return urlsafe_b64encode(chance.randbytes(16))[:22]


def _shuffled(blocks: list[tuple[int, Part | None]], chance: Random) -> list[tuple[int, Part | None]]:
    """The blocks in the order in which they became ready: the quick ones first, mostly."""
    return sorted(
        blocks, key=lambda block: (0 if block[1] is None else _length(block[1])) * (0.3 + chance.random())
    )


def _length(part: Part) -> int:
    return part.length if isinstance(part, Prepared) else len(part)


def _made(view: View, sheet: Sheet, template: Template) -> _Kept:
    """A page that is no app's."""
    code = view.lang.code
    titles = f'<meta property="og:url" content="{escape(sheet.address)}"><title id="main-title">{escape(sheet.title)}</title>'
    before: list[Part] = [
        *_opening(code, view.lang.right_to_left),
        *_settings(view.country.code, view.hl, _TODAY, template),
        *_sheets(),
        *_cut(
            titles.encode()
            + _script(template.page(routing([(rpc, asked) for rpc, asked, _ in sheet.blocks])))
        ),
        *_shell(code),
        *_cut(sheet.body.encode() + _start_values(view, _TODAY, sheet.address)),
    ]
    blocks: list[tuple[int, Part | None]] = []
    for number, (_, _, data) in enumerate(sheet.blocks):
        raw = dumps(data)
        blocks.append((number, prepare(raw, 3) if len(raw) >= _PREPARE_FROM else raw))
    own = [part for part in (*before[-2:], *(data for _, data in blocks)) if part is not None]
    return _Kept(
        before, blocks, 4_000 + sum(part.weight if isinstance(part, Prepared) else len(part) for part in own)
    )


def _make(view: View, template: Template) -> _Kept:
    build = view.app.page_build
    before: list[Part] = [
        *_opening(view.lang.code, view.lang.right_to_left),
        *_settings(view.country.code, view.hl, build, template),
        *_sheets(),
        *_cut(head.links(view).encode() + head.metas(view).encode() + _script(template.page(routing_script(view.app.app_id, build)))),
        *_shell(view.lang.code),
        *_cut(
            body.main(view).encode() + body.dialogs(view).encode() + b'<script type="application/ld+json" nonce="' + _SCRIPT + b'">'
            + head.json_ld(view) + _CLOSE + _start_values(view, build, head.page_address(view))
        ),
    ]  # fmt: skip
    blocks: list[tuple[int, Part | None]] = []
    for number, rpc in enumerate(BLOCKS[build]):
        if rpc == view.app.failed_block:
            blocks.append((number, None))
        else:
            raw = dumps(DATA[rpc](view))
            blocks.append((number, prepare(raw, 3) if len(raw) >= _PREPARE_FROM else raw))
    own = [part for part in (*before[-3:], *(data for _, data in blocks)) if part is not None]
    return _Kept(
        before, blocks, 4_000 + sum(part.weight if isinstance(part, Prepared) else len(part) for part in own)
    )


def _start_values(view: View, build: str, address: str) -> bytes:
    values = (
        b'[null,null,"",false,null,null,true,false]',
        b"'0'",
        b"'https:\\/\\/play.google.com\\/'",
        config.noise(),
        b" null ",
        b"'%b'" % config.SERVER_BUILDS[build].encode(),
        b"'play.google.com','0.0.0',[], 0.0 ,''",
        b"'%b','%b','DEFAULT'" % (_SCRIPT, _STYLE),
        orjson.dumps(address).replace(b"/", b"\\/").replace(b"&", b"\\x26").replace(b"=", b"\\x3d"),
        b" null ,'rtl'" if view.lang.right_to_left else b" null ,'ltr'",
        b" false , null ",
    )
    return b'<script id="_ij" nonce="%b">window.IJ_values = [%b,];</script>' % (_SCRIPT, b",".join(values))


@lru_cache(maxsize=64)
def _opening(code: str, right_to_left: bool) -> list[Part]:
    direction = "rtl" if right_to_left else "ltr"
    return _cut(
        f'<!doctype html><html lang="{code}" dir="{direction}"><head><base href="https://play.google.com/">'
        '<link rel="preconnect" href="//www.gstatic.com"><meta name="referrer" content="origin">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="mobile-web-app-capable" content="yes">'
        '<meta name="apple-mobile-web-app-capable" content="yes">'
        '<link rel="search" href="/opensearch.xml" type="application/opensearchdescription+xml" title="Google Play">'
        '<link rel="shortcut icon" href="//www.gstatic.com/android/market_images/web/favicon_v3.ico">'.encode()
    )


@lru_cache(maxsize=256)
def _settings(gl: str, hl: str, build: str, template: Template) -> list[Part]:
    return _cut(
        b'<script data-id="_gd" nonce="'
        + _SCRIPT
        + b'">window.WIZ_global_data = '
        + template.page(config.settings(gl, hl, build))
        + b";"
        + _CLOSE
    )


@lru_cache(maxsize=1)
def _sheets() -> list[Part]:
    style = b'<style %b nonce="' + _STYLE + b'">%b</style>'
    library = b"https://www.gstatic.com/_/boq-play/_/%b/k=boq-play.PlayStoreUi.sample.O/m=%b_b,_tp"
    pieces = (
        _script(b'window["_F_toggles_default_PlayStoreUi"] = [0x3e75c33, 0x4beeb0, 0x100, ];'),
        _script(
            b"(function(){'use strict';var a=window;a.onCssLoad=function(){};a.ccTick=function(){};}).call(this);"
        ),
        _script(
            b"var _F_cssRowKey = 'boq-play.PlayStoreUi.sample.L.B1.O';function _DumpException(e) {throw e;}"
        ),
        style % (b'data-href="' + library % (b"ss", b"appdetailsview,") + b'"', css.main_sheet()),
        _script(b"onCssLoad();"),
        style % (b"data-font-stylesheet", css.font_sheet()),
        _script(b"(function(){'use strict';/* the loader */}).call(this);"),
        b'<script noCollect src="%b" defer id="base-js" nonce="%b"></script>'
        % (library % (b"js", b""), _SCRIPT),
        b'<meta content="NOODP" name="robots">',
    )
    return _cut(b"".join(pieces), level=9)


def _script(code: bytes) -> bytes:
    return b'<script nonce="%b">%b</script>' % (_SCRIPT, code)


@lru_cache(maxsize=32)
def _shell(code: str) -> list[Part]:
    opening = (
        b'</head><body id="yDmH0d" class="tQj5Y ghyPEc" data-has-header="true" data-has-footer="true">'
        b'<script aria-hidden="true" nonce="%b">window.wiz_progress&&window.wiz_progress();</script>'
    )
    return _cut(opening % _SCRIPT + body.shell(code).encode(), level=9)


def _cut(raw: bytes, level: int = 3) -> list[Part]:
    """Bytes with marks in them as parts: the marks alone, and what is between them, compressed where that is long."""
    pieces = [piece for piece in _MARKS.split(raw) if piece]
    return [prepare(piece, level) if len(piece) >= _PREPARE_FROM else piece for piece in pieces]

"""Made-up style sheets of the size of the store's own: most of a page's bytes, and the same in every page."""

from __future__ import annotations

from functools import lru_cache

from playfast.localstore.chance import Chance

_NAME = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PROPERTIES = (
    "display:flex", "display:none", "display:block", "display:inline-block", "align-items:center", "justify-content:space-between",
    "position:relative",
    "position:absolute", "overflow:hidden", "box-sizing:border-box", "cursor:pointer", "outline:none", "white-space:nowrap",
    "text-overflow:ellipsis",
    "font-weight:500", "font-weight:400", "flex-direction:column", "flex-grow:1", "flex-shrink:0", "width:100%", "height:100%", "top:0",
    "left:0",
    "right:0", "bottom:0", "opacity:0", "opacity:1", "z-index:1", "border-radius:50%", "border-radius:8px", "background-color:transparent",
    "pointer-events:none", "user-select:none", "-webkit-font-smoothing:antialiased", "letter-spacing:.0178571429em", "text-transform:none",
    "transition:opacity 15ms linear,background-color 15ms linear", "font-family:Roboto,Arial,sans-serif", "will-change:transform,opacity",
    "box-shadow:0 1px 2px 0 rgba(60,64,67,.3),0 2px 6px 2px rgba(60,64,67,.15)", "@",
)  # fmt: skip
_SIDES = (
    "margin-top",
    "margin-left",
    "margin-right",
    "padding-left",
    "padding-top",
    "min-width",
    "max-width",
    "line-height",
    "font-size",
    "gap",
)
_SCRIPTS = ("Roboto", "Noto Sans", "Material Icons", "Sample Sans")

MAIN_SIZE = 797_000
FONT_SIZE = 43_000


@lru_cache(maxsize=1)
def main_sheet() -> bytes:
    """The sheet of the page: rules of one or two classes with one to six properties each."""
    chance = Chance("css")
    raw = chance.stream("rules", 220_000)
    out: list[str] = ["body,html{height:100%;overflow:hidden}"]
    size, place = 0, 0
    while size < MAIN_SIZE:
        step = raw[place : place + 16]
        place = (place + 16) % (len(raw) - 16)
        selector = "." + "".join([_NAME[byte % 52] for byte in step[:5]])
        if step[5] % 3 == 0:
            selector += f" .{_NAME[step[6] % 52]}{_NAME[step[7] % 52]}{out[-1][1:5]}"
        elif step[5] % 3 == 1:
            selector += (":hover", ":focus", "::before", ":not(:disabled)", ".active", ">*")[step[6] % 6]
        rules = []
        for byte in step[8 : 9 + step[7] % 6]:
            name = _PROPERTIES[byte % len(_PROPERTIES)]
            rules.append(name if name != "@" else f"{_SIDES[byte % 10]}:{step[15] % 97}px")
        rule = f"{selector}{{{';'.join(rules)}}}"
        if step[15] % 40 == 0:
            rule = f"@media screen and (min-width:{step[14] * 8}px){{{rule}}}"
        out.append(rule)
        size += len(rule)
    out.append("sentinel{}")
    return "".join(out).encode()


@lru_cache(maxsize=1)
def font_sheet() -> bytes:
    """The sheet that names the fonts, one rule for every weight and range of characters."""
    chance = Chance("fonts")
    out: list[str] = []
    size = number = 0
    while size < FONT_SIZE:
        family, weight = _SCRIPTS[number % 4], 100 * (1 + number % 9)
        token = chance.text(str(number), 12, _NAME)
        rule = (
            f"@font-face{{font-family:'{family}';font-style:normal;font-weight:{weight};font-stretch:100%;src:url(https://fonts.gstatic.com/s/"
            f"sample/v48/{token}.woff2)format('woff2');"
            f"unicode-range:U+{1024 + 16 * number:04X}-{1039 + 16 * number:04X},U+20B4,U+2DE0-2DFF;}}"
        )
        out.append(rule)
        size += len(rule)
        number += 1
    return "".join(out).encode()

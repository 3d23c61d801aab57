"""The small blocks that every page has: navigation, menu, alternates, storefront echo, footer, and the streams that are mostly empty."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from playfast.localstore.chance import Chance
from playfast.localstore.languages import ALTERNATES, language
from playfast.localstore.media import tokens
from playfast.localstore.places import COUNTRIES, EU_AND_EEA, Country
from playfast.localstore.record.parts import html, icon, image, link
from playfast.localstore.record.view import View

_STREAM_MARK = "qgIMCgoKBlNUUkVBTRoA"
_REGIONS = {
    "en": {"US": "United States", "GB": "United Kingdom", "AU": "Australia", "CA": "Canada", "IN": "India"}
}


def navigation() -> list[Any]:
    """T6C6Se: the tabs of the store."""
    tabs = (
        (11, "/store/games", "Games"),
        (1, "/store/apps", "Apps"),
        (9, "/store/movies", "Movies"),
        (5, "/store/books", "Books"),
        (13, "/store/apps/category/FAMILY", "Kids"),
    )
    return [[[number, link(path), name] for number, path, name in tabs]]


@lru_cache(maxsize=1)
def menu() -> list[Any]:
    """Qu3lde: the menu, with a drawing."""
    chance = Chance("menu")
    path = " ".join(
        f"{a % 90 / 4}{'LCM'[a % 3]}{b % 90 / 4}"
        for a, b in zip(chance.stream("x", 230), chance.stream("y", 230), strict=True)
    )
    drawing = (
        '<svg width="12" height="18" viewBox="0 0 12 18" fill="none" xmlns="http://www.w3.org/2000/svg">'
        f'<path fill-rule="evenodd" d="{path}"></path></svg>'
    )
    names = (
        ("Library & devices", "/apps", "play_apps"),
        ("Payments & subscriptions", "/store/paymentmethods", "payment"),
        ("Activity", "/store/myplayactivity", "reviews"),
        ("Offers", "/store/account/rewards", "redeem"),
    )
    rows: list[Any] = [
        [name, None, [None, None, path], None, None, sign, None, None, None, [162 + k]]
        for k, (name, path, sign) in enumerate(names)
    ]
    rows.append(["Pass", None, [None, None, "/store/pass/getstarted"], None, None, None, html(drawing)])
    return [
        [[rows]],
        [
            "Sign in",
            [None, None, "https://accounts.google.com/ServiceLogin?service=googleplay&passive=86400"],
        ],
    ]


def slug(title: str) -> str:
    """A title as it stands in an address."""
    return quote(re.sub(r"[^\w]+", "_", title).strip("_") or "app")


def alternates(view: View) -> list[Any]:
    """CLXjtf: the canonical address and that of every language."""
    path = f"/store/apps/details/{slug(view.app.title)}?id={view.app.app_id}"
    rows = [
        ["x-default", f"/store/apps/details?id={view.app.app_id}"],
        *([code, f"{path}&hl={code.replace('-', '_')}"] for code in ALTERNATES),
    ]
    return [[1, f"{path}&hl={view.hl}", None, rows]]


def language_name(hl: str, country: Country) -> str:
    """A language as the page names it: with its country where the language has regional forms."""
    lang = language(hl)
    region = hl.replace("_", "-").partition("-")[2].upper() or ("US" if lang.code == "en" else "")
    if lang.code == "en" and country.code in _REGIONS["en"] and not hl.upper().endswith(region):
        region = country.code
    name = COUNTRIES[region].name_in(lang.code) if region in COUNTRIES else ""
    return f"{lang.name} ({name})" if name else lang.name


def echo(view: View) -> list[Any]:
    """jRco8: which storefront answered, in the language of the page. In Europe a list of countries stands in place of the flag."""
    country, lang = view.country, view.lang
    links = [
        [
            [
                None,
                None,
                f"https://play.google.com/intl/{view.hl}_{country.code.lower()}/about/play-terms.html",
            ],
            lang.say("terms"),
        ],
        [[None, None, "https://policies.google.com/privacy"], lang.say("privacy")],
        [[None, None, "https://support.google.com/googleplay/?p=about_play"], "Google Play"],
        [[None, None, "http://developer.android.com/index.html"], "Developers"],
        [[None, None, "https://store.google.com/?playredirect=true"], "Google Store"],
    ]
    node: list[Any] = [links, country.name_in(lang.code), language_name(view.hl, country)]
    if country.in_eea:
        listed = [[COUNTRIES[code].name_in(lang.code), code] for code in EU_AND_EEA if code in COUNTRIES]
        node += [["EU & EEA", sorted(listed)], None]
    else:
        flag = {"US": "us", "KR": "korea", "JP": "japan"}.get(
            country.code, country.name.lower().replace(" ", "")
        )
        node += [None, [None, None, f"https://ssl.gstatic.com/store/images/regionflags/{quote(flag)}.png"]]
    if country.code not in {"US", "CA"}:
        node.append(lang.say("tax"))
    return node


def footer() -> list[Any]:
    """shGlA: the links at the end."""

    def row(url: str, name: str, number: int) -> list[Any]:
        return [[None, None, url], name, None, [f"qgIF0gECEA{chr(64 + number)}="]]

    first = [
        row("/store/pass/getstarted", "Pass", 1),
        row("/store/points/enroll", "Points", 2),
        row("https://play.google.com/about/giftcards", "Gift cards", 3),
        row("/redeem", "Redeem", 4),
        row("https://support.google.com/googleplay/answer/134336", "Refunds", 5),
    ]
    second = [
        row("https://support.google.com/googleplay?p=pff_parentguide", "Parents", 7),
        row("https://support.google.com/googleplay/answer/7007852", "Families", 8),
    ]
    return [[[first, "Google Play"], [second, "Kids & family"]]]


def events(view: View) -> list[Any]:
    """ZittHe: what is going on in the app now. Most have nothing."""
    app = view.app
    if not app.chance.happens("events", 0.2):
        return [None, [None, None, None, [], 0, [_STREAM_MARK]]]
    token = "qgJR" + tokens(Chance("events", app.app_id), "token", 120)
    event = [
        [app.app_id, 7], icon(app.icon), [image(shot) for shot in app.screenshots], app.title,
        [app.summary(view.hl), None, image(app.screenshots[0]), [[app.updated[0], 0], [app.updated[0] + 604_800, 0]]],
        html(app.own_description(view.hl)),
    ]  # fmt: skip
    return [
        None,
        [None, [[{"4": [token], "53": [[[event]], "Events & offers"]}]], None, [], 1, [_STREAM_MARK]],
    ]


def stories(view: View) -> list[Any]:
    """yowZ5: what the store's editors wrote about the app. Most have nothing."""
    app = view.app
    if not app.chance.happens("stories", 0.2):
        return [None, [None, None, None, [], 0, [_STREAM_MARK]]]
    token = "qgJa" + tokens(Chance("stories", app.app_id), "token", 120)
    picture = image(app.header) if app.header else None
    story = [
        None,
        [
            None,
            [token],
            html(app.title),
            html(app.summary(view.hl)),
            picture,
            None,
            "Essentials",
            link(f"/store/apps/editorial?id=mc_example_{app.app_id}"),
            1,
        ],
    ]
    return [
        None,
        [None, [[{"4": [token], "53": [[story], "Featured stories"]}]], None, [], 1, [_STREAM_MARK]],
    ]


def questions(view: View) -> list[Any]:
    """c5NYSc: what reviewers were asked in 2022."""
    if not view.app.category.is_game:
        return []
    choices = [[number, name] for number, name in ((2, "No"), (3, "Not sure"), (1, "Yes"))]
    return [
        None,
        [
            [[name], choices, None, html(f"Is this a <b>{name[10:]}</b> game?")]
            for name in ("vaf_games_offline", "vaf_games_strategy", "vaf_games_arcade")
        ],
    ]

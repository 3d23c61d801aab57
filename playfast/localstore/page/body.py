"""The rendered part of an app page: what people see, without which a page would be too small and too easy to read."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from playfast.localstore import corpus
from playfast.localstore.chance import Chance
from playfast.localstore.languages import language
from playfast.localstore.record.offer import offer_node
from playfast.localstore.record.view import View

from .comments import row
from .head import page_address

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ACTIONS = "click:cOuCgd; mousedown:UX7yZ; mouseup:lbsD7e; mouseenter:tfO1Yc; mouseleave:JywGue; focus:AHmuwe"
_SYMBOLS = ("expand_more", "arrow_forward", "info_outline", "flag")
_SHELL_SIZE = 86_000
_SHOWN_REVIEWS = 3


@lru_cache(maxsize=32)
def shell(code: str) -> str:
    """The store's own frame round every page of a language: menus, buttons, dialogs."""
    chance = Chance("shell", code)
    lang = language(code)
    labels = [
        lang.say(word)
        for word in (
            "install",
            "learn_more",
            "reviews_title",
            "about_app",
            "privacy",
            "terms",
            "flag",
            "updated_on",
        )
    ]
    out, size, number = [], 0, 0
    while size < _SHELL_SIZE:
        names = chance.text(f"c{number}", 24, _LETTERS)
        piece = (
            f'<div class="{names[:6]} {names[6:12]}" jscontroller="{names[12:18]}" jsaction="{_ACTIONS}" '
            f'data-node-index="{number};0" jsshadow>'
            f'<span jsname="{names[18:]}" class="VfPpkd-vQzf8d" aria-hidden="true">{labels[number % len(labels)]}</span>'
            f"<i class=\"google-material-icons notranslate {names[3:9]}\" aria-hidden='true'>{_SYMBOLS[number % 4]}</i></div>"
        )
        out.append(piece)
        size += len(piece)
        number += 1
    return "".join(out)


def _picture(url: str, size: str, label: str) -> str:
    return (
        f'<img src="{url}={size}-rw" srcset="{url}={size}-rw 2x" class="T75of" '
        f'aria-hidden="true" alt="{label}" itemprop="image" loading="lazy">'
    )


def main(view: View) -> str:
    """What the page shows of the app."""
    app, lang = view.app, view.lang
    country = view.country.code
    ratings, rating = app.ratings, app.content_rating(country)
    node = offer_node(view)
    out = [
        '<main class="Tv5fNd"><section class="app">',
        _picture(app.icon.url, "w240-h480", "Icon image"),
        f'<h1><span class="AfwdI" itemprop="name">{escape(app.title)}</span></h1>',
        f'<div class="Vbfug"><a href="{escape(app.developer.path)}"><span>{escape(app.developer.name)}</span></a></div>',
    ]
    if app.contains_ads:
        out.append(f'<span class="UIuSk">{escape(lang.say("ads"))}</span>')
    if ratings:
        score = lang.decimal(ratings.score)
        out.append(
            f'<div itemprop="starRating"><div class="TT9eCd" aria-label="{score}">{score}'
            '<i class="google-material-icons">star</i></div></div>'
        )
    if app.min_installs is not None:
        out.append(f'<div class="ClM7O">{lang.at_least_short(app.min_installs)}</div>')
    out.append(f'<span itemprop="contentRating"><span>{escape(rating.name)}</span></span>')
    if node:
        url = escape(node[6][5][2])
        out.append(
            '<span itemprop="offers" itemscope itemtype="https://schema.org/Offer">'
            f'<meta itemprop="url" content="{url}"><meta itemprop="price" content="{escape(node[1][0][2] or "0")}"></span>'
        )
    out += [_picture(shot.url, "w526-h296", "Screenshot image") for shot in app.screenshots]
    out.append(
        f'<meta itemprop="description" content="{app.summary(view.hl)}"><h2>{escape(lang.say("about_app"))}</h2>'
    )
    out.append(f'<div class="bARER" data-g-id="description">{app.description(view.hl)}</div>')
    out.append(f'<div itemprop="description"><div jsname="sngebd">{app.description(view.hl)}</div></div>')
    notes = app.release_notes(view.hl)
    if notes:
        out.append(
            f'<section><h2>{escape(lang.say("whats_new"))}</h2><div itemprop="description">{notes}</div></section>'
        )
    out += _reviews(view)
    category = escape(app.category.name_in(lang.code))
    out.append(
        f'<a class="Si6A0c" href="/store/apps/category/{app.category.key}"><span>{category}</span></a>'
    )
    out.append("</section></main>")
    return "".join(out)


def _reviews(view: View) -> list[str]:
    lang = corpus.spoken(view.hl)
    out = [f"<section><h2>{escape(view.lang.say('reviews_title'))}</h2>"]
    for number in corpus.order(view.app, lang, corpus.HELPFUL)[:_SHOWN_REVIEWS]:
        found = row(view.app, number, lang, words=True)
        out.append(
            f'<div class="EGFGHd"><header data-review-id="{found[0]}"><div class="X5PpBb">{escape(found[1][0])}</div>'
            f'<div class="iXRFPc" role="img" aria-label="{found[2]}"></div></header><div class="h3YV2d">{escape(found[4])}</div></div>'
        )
    return [*out, "</section>"]


def dialogs(view: View) -> str:
    """The hidden parts behind what is seen: sharing, signing in, each with the page's address."""
    address = escape(page_address(view))
    chance = Chance("dialogs", view.app.category.key)
    names = chance.pick_many("names", range(100_000), 160)
    return "".join(
        f'<c-wiz jsrenderer="r{number}" data-p="%.@.[&quot;{view.app.app_id}&quot;,7],null,{number % 7}]" data-node-index="{k};0">'
        f'<c-data id="i{k}" jsdata=" k{number}A;_;{k}"></c-data>'
        f'<a href="{address}" class="d{number % 997}"></a></c-wiz>'
        for k, number in enumerate(names)
    )

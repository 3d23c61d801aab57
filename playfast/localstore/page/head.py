"""The head of an app page: titles and descriptions for search engines and social sites, the JSON-LD, and the addresses."""

from __future__ import annotations

import struct
from html import escape
from typing import Any

from playfast.localstore.languages import ALTERNATES
from playfast.localstore.record.view import View
from playfast.localstore.wire.json_text import dumps

from .frame_blocks import slug

STORE = "https://play.google.com"
_MILLION = 1_000_000


def page_address(view: View) -> str:
    """The address of the page as it tells it: with the language, without the country."""
    return f"{STORE}/store/apps/details?id={view.app.app_id}&hl={view.hl}"


def links(view: View) -> str:
    """The canonical address and one for every language."""
    base = f"{STORE}/store/apps/details?id={view.app.app_id}"
    out = [
        f'<link rel="canonical" href="{escape(page_address(view))}">',
        f'<link rel="alternate" href="{escape(base)}" hreflang="x-default">',
    ]
    out += [
        f'<link rel="alternate" href="{escape(base)}&amp;hl={code.replace("-", "_")}" hreflang="{code}">'
        for code in ALTERNATES
    ]
    return "".join(out)


def metas(view: View) -> str:
    """The title and the metas, in the order in which the store writes them."""
    app = view.app
    title = escape(view.lang.say("page_title").format(title=app.title))
    summary = app.summary(view.hl).replace('"', "&quot;")  # has its entities already
    address = escape(page_address(view))
    icon = app.icon.url
    site = app.developer.website
    return (
        '<meta content="website" property="og:type">'
        f'<meta property="og:url" content="{address}"><meta name="twitter:url" content="{address}">'
        f'<meta property="og:title" content="{title}"><title id="main-title">{title}</title>'
        f'<meta name="description" property="og:description" content="{summary}"><meta property="og:image" content="{icon}">'
        '<meta name="twitter:card" content="summary_large_image"><meta name="twitter:site" content="@GooglePlay">'
        f'<meta name="twitter:title" content="{title}"><meta name="twitter:description" content="{summary}">'
        f'<meta name="twitter:image" content="{icon}=w600-h300-pc0xffffff-pd">'
        + (f'<meta name="appstore:developer_url" content="{escape(site)}">' if site else "")
        + f'<meta name="appstore:bundle_id" content="{app.app_id}"><meta name="appstore:store_id" content="{app.app_id}">'
    )


def json_ld(view: View) -> bytes:
    """The app as schema.org describes software."""
    app = view.app
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "SoftwareApplication",
        "name": app.title,
        "url": f"{STORE}/store/apps/details/{slug(app.title)}?id={app.app_id}&hl={view.hl}",
        "description": app.summary(view.hl)
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&quot;", '"')
        .replace("&lt;", "<")
        .replace("&gt;", ">"),
        "operatingSystem": "ANDROID",
        "applicationCategory": app.category.key,
        "image": app.icon.url,
        "contentRating": app.content_rating(view.country.code).name,
        "author": {
            "@type": "Person",
            "name": app.developer.name,
            **({"url": app.developer.website} if app.developer.website else {}),
        },
    }
    if app.ratings:
        found["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": _as_double(app.ratings.score),
            "ratingCount": str(app.ratings.number),
        }
    offer = app.offer(view.country.code)
    if offer:
        price = f"{offer.micros / _MILLION:.2f}".rstrip("0").rstrip(".") if offer.micros else "0"
        found["offers"] = [
            {
                "@type": "Offer",
                "price": price,
                "priceCurrency": offer.currency,
                "availability": "https://schema.org/InStock",
            }
        ]
    return dumps(found)


def _as_double(score: float) -> str:
    """A score as the store writes it here: the 32-bit number with all the digits that 64 bits give it."""
    (value,) = struct.unpack("f", struct.pack("f", score))
    return repr(value)

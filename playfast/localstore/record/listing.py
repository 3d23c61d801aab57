"""Fields for what an app says about itself: texts, images, category, the small flags."""

from __future__ import annotations

from typing import Any

from playfast.localstore.chance import Chance
from playfast.localstore.media import tokens

from .fields import field
from .parts import anchor, html, icon, image, instant, link, outside
from .view import View

_FAMILY = "https://support.google.com/googleplay?p=family_library_eligibility"


@field(1)
def title(view: View) -> Any:
    """Title."""
    return [view.app.title]


@field(9)
def unknown_9(view: View) -> Any:
    """Meaning unknown; the same on every app."""
    return [view.no, view.yes] if view.words else [0, 1, [0]]


@field(11)
def released(view: View) -> Any:
    """First release."""
    moment = view.app.released
    return moment and [view.lang.day(moment[0]), instant(moment)]


@field(13)
def translation(view: View) -> Any:
    """The long description as the store translated it."""
    text = view.app.translated_description(view.hl)
    return text and [[html(text)]]


@field(14)
def installs(view: View) -> Any:
    """Installs: text, step, exact number, short text."""
    exact, step = view.app.installs, view.app.min_installs
    if exact is None or step is None:
        return None
    return [view.lang.at_least(step), step, exact, view.lang.at_least_short(step)]


@field(19)
def availability(view: View) -> Any:
    """2 to be had, 1 announced, empty or absent where not for sale; a text behind it for early access."""
    status = view.status
    if status == "preregister":
        return [1]
    if status == "not_in_region":
        return [] if view.app.lock_is_empty_list else None
    if view.app.early_access:
        return [2, None, view.lang.say("early")]
    return [2]


@field(42)
def canonical(view: View) -> Any:
    """The address of the app's page."""
    return [[None, None, f"https://play.google.com/store/apps/details?id={view.app.app_id}"]]


@field(43)
def install_state(view: View) -> Any:
    """Whether it can be installed."""
    return [1 if view.status == "available" else 3, view.yes, view.no]


@field(49)
def advertisements(view: View) -> Any:
    """The note about advertisements."""
    return [view.lang.say("ads")] if view.app.contains_ads else None


@field(59)
def badge(view: View) -> Any:
    """A place in a chart."""
    found = view.app.badge
    if found is None or view.status != "available":
        return None
    category = view.app.category.name_in(view.lang.code).lower()
    chart = view.lang.say("badge").format(rank=view.lang.say(found.chart), category=category)
    return [chart, [], f"#{found.place}"]


@field(63)
def play_pass(view: View) -> Any:
    """Membership of the store's pass."""
    return [[[["playpass_family", 39]]], link("/store/pass")] if view.app.in_play_pass else None


@field(73)
def description(view: View) -> Any:
    """The long description as the developer wrote it."""
    return [html(view.app.own_description(view.hl))]


@field(74)
def summary(view: View) -> Any:
    """The short description."""
    return [html(view.app.summary(view.hl))]


@field(78)
def package(view: View) -> Any:
    """The id."""
    return [view.app.app_id]


@field(79)
def screenshots(view: View) -> Any:
    """Screenshots."""
    return [[image(shot) for shot in view.app.screenshots]]


@field(80)
def category(view: View) -> Any:
    """The main category."""
    found = view.app.category
    return [[[found.name_in(view.lang.code), link(f"/store/apps/category/{found.key}"), found.key]]]


@field(91)
def family(view: View) -> Any:
    """The note about the family library."""
    return [None, html(anchor(_FAMILY, view.lang.say("learn_more")))] if view.app.family_library else None


@field(92)
def log_tokens(view: View) -> Any:
    """Noise of the store's own logging: about 700 bytes that say nothing."""
    raw = tokens(view.app.chance, f"log {view.hl}", 628)
    return [[f"CAES{raw[:196]}="], [f"qgJL{raw[196:292]}"], [f"CAES{raw[292:456]}="], [f"CAES{raw[456:]}="]]


@field(96)
def app_icon(view: View) -> Any:
    """The icon."""
    found = view.app.icon
    return [icon(found), 2 if found.colour else 1]


@field(97)
def header(view: View) -> Any:
    """The wide image at the top."""
    return view.app.header and [image(view.app.header)]


@field(100)
def privacy_policy(view: View) -> Any:
    """The privacy policy."""
    return view.app.privacy_policy and [outside(view.app.privacy_policy)]


@field(101)
def video(view: View) -> Any:
    """The trailer, its still, the header image again, and the short clip."""
    found = view.app.video
    if found is None:
        return None
    head: list[Any] = [None, None, None, [None, None, found.url]]
    if found.embedded:
        token = "AXH1" + tokens(Chance("video", view.app.app_id), "token", 288)
        head = [
            None,
            None,
            found.youtube_id,
            [None, None, found.url],
            f"yt:movie:{found.youtube_id}",
            None,
            None,
            None,
            None,
            token,
        ]
    still = [None, None, None, [None, None, found.thumbnail]]
    if view.app.header is None:
        return [[head, still]]
    behind: list[Any] = [image(view.app.header)]
    if found.clip_url:
        behind += [None, [[None, None, found.clip_url], [720, 1280]]]
    return [[head, still], behind]


@field(103)
def unknown_103(view: View) -> Any:
    """Meaning unknown; empty on every app."""
    return [None, None, []] if view.words else []


@field(106)
def unknown_106(view: View) -> Any:
    """Meaning unknown; empty on paid apps."""
    return [] if view.app.is_paid else None


@field(112)
def teachers(view: View) -> Any:
    """The teachers' approval."""
    return [3, view.lang.say("teacher") if view.app.teacher_approved else None, None, None, None, None, 1]


@field(149)
def unknown_149(view: View) -> Any:
    """Meaning unknown; seen on small apps only."""
    few = 50_000
    return [0, 4, 0, 0] if view.app.installs is not None and view.app.installs < few else None


@field(155)
def unknown_155(view: View) -> Any:
    """Meaning unknown."""
    return [None, [[], None, 4]] if view.app.chance.happens("unknown 155", 0.2) else [None, [None, None, 5]]

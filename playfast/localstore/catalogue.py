"""The store's own list: every app of a catalogue and the plain truth about it.

Tests take what is here as what the store knows, and compare it with what a crawl wrote down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from . import labels, makers, media, money, ratings, releases, safety, texts
from .chance import Chance, Weighted
from .identifiers import ids, is_catalogue_id, is_well_formed
from .kept import kept
from .languages import language
from .places import storefront
from .ratings import Ratings
from .varieties import VARIETIES

__all__ = ["App", "Status", "ids"]

Status = Literal["available", "preregister", "not_in_region", "not_found"]

_HOME_LANGUAGES = Weighted(
    (0.7, "en"), (0.05, "ja"), (0.05, "ko"), (0.04, "de"), (0.04, "ar"), (0.03, "he"), (0.04, "zh"), (0.02, "fr"), (0.03, "ru"),
)  # fmt: skip
_INSTALL_STEPS = tuple(
    sorted({0, 1} | {step * 10**power for power in range(11) for step in (1, 5)} - {5 * 10**10})
)

Listing = Literal["ordinary", "gone", "hidden", "locked", "announced"]
Build = Literal["2026", "2025", "2025b", "2022"]

# Of all ids of a catalogue: never there; hidden in some countries; there but not for sale in some; announced only.
_LISTINGS: Weighted[Listing] = Weighted(
    (0.03, "gone"), (0.02, "hidden"), (0.02, "locked"), (0.01, "announced"), (0.92, "ordinary")
)
_BUILDS: Weighted[Build] = Weighted((0.94, "2026"), (0.02, "2025"), (0.02, "2025b"), (0.02, "2022"))


_PLAIN = {"title kind": "plain", "home language": "en", "page build": "2026", "failed block": False}
_NOTHING: dict[str, Any] = {}


class App:
    """One app, by its id and the seed of the catalogue.

    Every value is computed when first asked for, from the seed, the id and the value's own name: the same on every machine, in any
    order. Values that depend on a country or a language are methods. Any well-formed id is an app, an ordinary available one,
    except: ids of the catalogue whose chance says otherwise, the hand-placed ones of `varieties`, and any id with a segment ``gone``,
    which never exists.
    """

    week = 0
    """See `weeks` for later ones."""

    def __init__(self, app_id: str, seed: int = 0) -> None:
        self.app_id = app_id
        self.seed = seed
        self.chance = (
            Chance(seed, app_id, forced=VARIETIES[app_id].forced)
            if app_id in VARIETIES
            else Chance(seed, app_id)
        )

    # Where it is to be had.

    @kept
    def listing(self) -> Listing:
        """What kind of listing this is: ``hidden`` and ``locked`` hold in some countries only, see `status`."""
        if not is_well_formed(self.app_id) or "gone" in self.app_id.split("."):
            return "gone"
        if not is_catalogue_id(self.app_id) and self.app_id not in VARIETIES:
            return "ordinary"
        return self.chance.pick_weighted("listing", _LISTINGS)

    def status(self, country: str) -> Status:
        """What the store of this country (two letters, either case) says about the app."""
        listing = self.listing
        if listing == "ordinary":
            return "available"
        if listing == "gone":
            return "not_found"
        if listing == "announced":
            return "preregister"
        if self.chance.happens(f"kept from {storefront(country).code}", 0.5):
            return "not_found" if listing == "hidden" else "not_in_region"
        return "available"

    @kept
    def lock_is_empty_list(self) -> bool:
        """How a country where the app is not for sale says so: with an empty list, or (False) by leaving the field out."""
        return self.chance.happens("empty lock", 0.5)

    # What it says about itself.

    @kept
    def home_language(self) -> str:
        """The language the developer wrote the listing in, and serves everywhere but in ``written_languages``."""
        return self.chance.pick_weighted("home language", _HOME_LANGUAGES)

    @kept
    def written_languages(self) -> frozenset[str]:
        """The languages in which the developer wrote title, summary, description and release notes."""
        more = self.chance.pick_some(
            "languages", ("en", "de", "fr", "ja", "ko"), self.chance.between("language count", 0, 2)
        )
        return frozenset({self.home_language, *more})

    def text_language(self, lang: str) -> str:
        """The language of the texts served for this ``hl``."""
        code = language(lang).code
        return code if code in self.written_languages else self.home_language

    @kept
    def title(self) -> str:
        """The title, the same in every language."""
        forced: str | None = self.chance.pick("exact title", (None,))
        return texts.title(self.chance, self.home_language) if forced is None else forced

    def summary(self, lang: str) -> str:
        """The short description: HTML text with entities."""
        code = self.text_language(lang)
        return texts.summary(self.chance.also(code), code)

    def own_description(self, lang: str) -> str:
        """The long description as the developer wrote it: HTML."""
        code = self.text_language(lang)
        return texts.description(self.chance.also(code), code)

    def translated_description(self, lang: str) -> str | None:
        """The long description as the store translated it, or None where it did not (it does for a third of the apps)."""
        code = language(lang).code
        if code in self.written_languages or not self.chance.happens("translated", 0.35):
            return None
        return texts.description(self.chance.also(f"translated {code}"), code)

    def description(self, lang: str) -> str:
        """The long description that people see: the translation where there is one, else the developer's. HTML."""
        return self.translated_description(lang) or self.own_description(lang)

    def release_notes(self, lang: str) -> str | None:
        """What is new in this version (HTML), or None where the developer said nothing (15 %)."""
        if self.listing == "announced" or self.chance.happens("no notes", 0.15):
            return None
        code = self.text_language(lang)
        return texts.release_notes(self.chance.also(code), code)

    @kept
    def developer(self) -> makers.Developer:
        """Who publishes it."""
        own = makers.number_in(self.app_id)
        return (
            makers.make_developer(self.chance) if own is None else makers.developer_number(own, self.chance)
        )

    @kept
    def privacy_policy(self) -> str | None:
        """The address of the privacy policy, which 6 % lack."""
        if self.chance.happens("no policy", 0.06):
            return None
        return (
            f"https://policy{self.chance.between('policy', 1, 99_999)}.example/privacy?app={self.app_id}&v=2"
        )

    @kept
    def icon(self) -> media.Image:
        """The icon."""
        return media.make_icon(self.chance)

    @kept
    def header(self) -> media.Image | None:
        """The wide image at the top."""
        return media.make_header(self.chance)

    @kept
    def screenshots(self) -> tuple[media.Image, ...]:
        """The screenshots."""
        return media.make_screenshots(self.chance)

    @kept
    def video(self) -> media.Video | None:
        """The trailer."""
        return media.make_video(self.chance)

    # What others say about it.

    @kept
    def category(self) -> labels.Category:
        """The main category."""
        return self.chance.pick(
            "category", labels.GAMES if self.chance.happens("game", 0.4) else labels.NOT_GAMES
        )

    @kept
    def tags_left_out(self) -> bool:
        """How an app without tags says so: by leaving the field out, or (False) with an empty list."""
        return self.chance.happens("tags left out", 0.3)

    @kept
    def tags(self) -> tuple[tuple[labels.Tag, ...], ...] | None:
        """Further categories and tags, in the store's seven groups."""
        return labels.make_tags(self.chance, self.category)

    def content_rating(self, country: str) -> labels.ContentRating:
        """For whom it is fit, by the board of the country."""
        return labels.content_rating(self.chance, storefront(country))

    @kept
    def badge(self) -> labels.Badge | None:
        """A place in a chart that the store shows on it."""
        return labels.make_badge(self.chance, paid=self.is_paid)

    @kept
    def in_play_pass(self) -> bool:
        """Whether subscribers of the store's pass may use it (3 %)."""
        return self.chance.happens("play pass", 0.03)

    @kept
    def teacher_approved(self) -> bool:
        """Whether teachers recommend it (2 %)."""
        return self.chance.happens("teacher approved", 0.02)

    @kept
    def family_library(self) -> bool:
        """Whether a family may share it: paid apps."""
        return self.is_paid and self.chance.happens("family library", 0.9)

    @kept
    def early_access(self) -> bool:
        """Whether it is offered unfinished (2 %)."""
        return self.chance.happens("early access", 0.02)

    # How it does.

    @kept
    def installs(self) -> int | None:
        """How often it was installed, exactly; None for an app that is only announced."""
        if self.listing == "announced":
            return None
        return self.chance.pick("installs", (int(10 ** (10.3 * self.chance.unit("fame") ** 1.4)) - 1,))

    @kept
    def min_installs(self) -> int | None:
        """The step of the store's scale that the installs have reached: never more than ``installs``."""
        if self.installs is None:
            return None
        return max(step for step in _INSTALL_STEPS if step <= self.installs)

    @kept
    def ratings(self) -> Ratings | None:
        """Ratings, the same in every country; None when unrated or only announced."""
        return None if self.installs is None else ratings.make_ratings(self.chance, self.installs)

    @kept
    def phone_ratings(self) -> Ratings | None:
        """The ratings given on phones, which the store tells to those who ask for phones."""
        return self.ratings and ratings.on_phones(self.chance, self.ratings)

    @kept
    def unrated_as_zeros(self) -> bool:
        """How an unrated app says so: with zeros, or (False) by leaving the field out."""
        return self.chance.happens("zeros", 0.4)

    def reviews(self, country: str) -> int | None:
        """How many written reviews the store counts in a country; None when unrated."""
        if self.ratings is None:
            return None
        share = 0.005 + 0.1 * self.chance.unit(f"reviews {storefront(country).code}") ** 2
        return int(self.ratings.number * share)

    # What it costs.

    @kept
    def is_paid(self) -> bool:
        """Whether it has a price, on sale or not."""
        return money.dollars(self.chance) > 0

    def offer(self, country: str) -> money.Offer | None:
        """The price in a country; None where the app is not to be had."""
        return (
            money.make_offer(self.chance, storefront(country))
            if self.status(country) == "available"
            else None
        )

    def item_prices(self, country: str) -> tuple[int, int] | None:
        """Lowest and highest price of things sold inside, in micros of the country's currency; None when nothing is."""
        return money.item_prices(self.chance, storefront(country))

    @kept
    def contains_ads(self) -> bool:
        """Whether it shows advertisements (45 %)."""
        return self.chance.happens("ads", 0.45)

    # What it is made of.

    @kept
    def released(self) -> tuple[int, int] | None:
        """When it came out: seconds since 1970 and nanoseconds; None when not told or only announced."""
        return None if self.listing == "announced" else releases.released_at(self.chance)

    @kept
    def updated(self) -> tuple[int, int]:
        """When its version came out: seconds since 1970 and nanoseconds."""
        return releases.updated_at(self.chance)

    @kept
    def release(self) -> releases.Release | None:
        """Version and Android levels; None for an app that is only announced."""
        return None if self.listing == "announced" else releases.make_release(self.chance)

    @kept
    def data_safety(self) -> safety.DataSafety | None:
        """The data-safety label; None where the developer gave none."""
        return safety.make_safety(self.chance)

    @kept
    def permissions(self) -> safety.Permissions | None:
        """What it may do; None where it asks for nothing."""
        return safety.make_permissions(self.chance)

    # How its page is built.

    @kept
    def page_build(self) -> Build:
        """Which build of the store's page serves it: most 2026, a few with the block numbers of earlier ones."""
        return self.chance.pick_weighted("page build", _BUILDS)

    @kept
    def failed_block(self) -> str | None:
        """The RPC whose block failed on its page (4 %), never the one with the record; else None."""
        if not self.chance.happens("failed block", 0.04):
            return None
        return self.chance.pick("failing rpc", ("ag2B9c", "oCPfdb", "ZittHe", "yowZ5"))


def _forced(app_id: str) -> Mapping[str, Any]:
    """The draws that are not left to chance: those of a hand-placed app, and for ids of no catalogue what would be out of the ordinary."""
    if app_id in VARIETIES:
        return VARIETIES[app_id].forced
    return _NOTHING if is_catalogue_id(app_id) else _PLAIN

"""The store in later weeks: an app is what it was in week 0, and what has happened to it since.

What happens in a week is chance of the app and the week's number alone, so week 5 has everything that week 3 had. The hand-placed apps
(`varieties`) stay as they are.
"""

from __future__ import annotations

from typing import Any

from . import labels, money, ratings, releases, texts
from .catalogue import App, Listing
from .chance import Chance
from .identifiers import is_catalogue_id
from .kept import kept
from .labels import Badge
from .money import Offer
from .places import storefront
from .ratings import Ratings
from .releases import Release
from .varieties import VARIETIES

#: The share of all apps to which each thing happens in a week.
RELEASE = 0.15
GROWTH = 0.7
MOOD = 0.03
TITLE = 0.01
SUMMARY = 0.02
DESCRIPTION = 0.02
PRICE = 0.1  # of those that have one
CHART = 0.1
GONE = 0.01
NEW = 0.15  # of those that are not there yet


def app_in(app_id: str, seed: int = 0, week: int = 0) -> App:
    """An app as it is in a week."""
    return App(app_id, seed) if week == 0 or app_id in VARIETIES else LaterApp(app_id, seed, week)


class LaterApp(App):
    """An app in a week after the first; `first` is the same app in week 0."""

    def __init__(self, app_id: str, seed: int, week: int) -> None:
        super().__init__(app_id, seed)
        self.week = week
        self.first = App(app_id, seed)

    def _weeks(self, event: str, share: float) -> list[int]:
        """The weeks in which something happened to it that happens to this share of apps."""
        happens = self.chance.happens
        return [week for week in range(1, self.week + 1) if happens(f"{event} in week {week}", share)]

    def _last(self, event: str, share: float) -> int:
        """The last of these weeks; 0 where there was none."""
        return max(self._weeks(event, share), default=0)

    @kept
    def _new_in(self) -> int:
        """The week in which it came; 0 for one that was there from the beginning, or is not there yet."""
        waits = is_catalogue_id(self.app_id) and "gone" not in self.app_id.split(".")
        if self.first.listing != "gone" or not waits:
            return 0
        return min(self._weeks("new", NEW), default=0)

    def _since(self, event: str, share: float) -> tuple[int, Chance]:
        """That week, and the chance for what it brought: the app's own where nothing did."""
        week = self._last(event, share)
        return week, self.chance.also(f"{event} of week {week}") if week else self.chance

    @kept
    def listing(self) -> Listing:
        """Gone for good, new for good, or as ever."""
        first = self.first.listing
        if first != "gone":
            return "gone" if self._last("gone", GONE) else first
        return "ordinary" if self._new_in else first

    @kept
    def title(self) -> str:
        week, chance = self._since("title", TITLE)
        return texts.title(chance, self.home_language) if week else self.first.title

    def summary(self, lang: str) -> str:
        code = self.text_language(lang)
        return texts.summary(self._since("summary", SUMMARY)[1].also(code), code)

    def own_description(self, lang: str) -> str:
        code = self.text_language(lang)
        return texts.description(self._since("description", DESCRIPTION)[1].also(code), code)

    def release_notes(self, lang: str) -> str | None:
        week, chance = self._since("release", RELEASE)
        if not week or self.first.release_notes(lang) is None:
            return self.first.release_notes(lang)
        code = self.text_language(lang)
        return texts.release_notes(chance.also(code), code)

    @kept
    def release(self) -> Release | None:
        later, first = len(self._weeks("release", RELEASE)), self.first.release
        if not later or first is None or first.version is None:
            return first
        return first._replace(version=releases.make_version(self.chance, later))

    @kept
    def released(self) -> tuple[int, int] | None:
        first = self.first.released
        return releases.updated_in(self._new_in, self.chance) if self._new_in and first is not None else first

    @kept
    def updated(self) -> tuple[int, int]:
        week, chance = self._since("release", RELEASE)
        if self._new_in and week <= self._new_in:
            return releases.updated_in(self._new_in, self.chance)
        return releases.updated_in(week, chance) if week else self.first.updated

    @kept
    def installs(self) -> int | None:
        """More in most weeks, and never fewer."""
        count = self.first.installs
        if count is None:
            return None
        for week in range(1, self.week + 1):
            if self.chance.happens(f"growth in week {week}", GROWTH):
                count += 1 + int(count * 0.05 * self.chance.unit(f"growth of week {week}") ** 4)
        return count

    @kept
    def ratings(self) -> Ratings | None:
        if self.installs is None:
            return None
        return ratings.make_ratings(self.chance, self.installs, self._since("mood", MOOD)[1])

    @kept
    def phone_ratings(self) -> Ratings | None:
        return self.ratings and ratings.on_phones(self.chance, self.ratings, self._since("mood", MOOD)[1])

    @kept
    def badge(self) -> Badge | None:
        """A place in a chart that moves, appears or vanishes."""
        return labels.make_badge(self._since("chart", CHART)[1], paid=self.is_paid)

    def offer(self, country: str) -> Offer | None:
        if self.status(country) != "available":
            return None
        week, chance = self._since("price", PRICE)
        if week and self.is_paid:
            forced: dict[str, Any] = {"paid": True}
            chance = Chance(self.seed, self.app_id, chance.number("price"), forced=forced)
        else:
            chance = self.chance
        offer = money.make_offer(chance, storefront(country))
        if offer.sale_ends is not None and offer.sale_ends < releases.begin_of(self.week + 1):
            return Offer(offer.original_micros or 0, offer.currency, offer.decimals)  # the sale is over
        return offer

"""Reviews, and how complete they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.play import parts
from playfast.play.convert import flag, integer, precise_moment
from playfast.play.fields import key, said
from playfast.play.identity import Identity
from playfast.play.nested import Criterion
from playfast.play.places import LANGUAGES, REVIEW_LANGUAGES
from playfast.play.rules import ADDRESS, COUNT, PACKAGE_NAME, PAST, between, one_of

_LANGUAGE = one_of({*LANGUAGES, *REVIEW_LANGUAGES}, "a language of Play")


@dataclass(slots=True, kw_only=True)
class Review:
    """One written review of an app. There is no country: Play's reviews have a language, and nothing says where they were written."""

    identity: ClassVar[Identity] = Identity(country="", row=("review_id",))
    personal: ClassVar[tuple[str, ...]] = ("user_name", "user_picture", "user_id", "user_banner")
    """Fields that say who wrote it; left out unless they are asked for."""

    # fmt: off
    app_id: str = key("The app's package name, as asked.", holds=PACKAGE_NAME)
    lang: str = key("Language whose reviews were asked for: Play keeps reviews apart by it.", holds=_LANGUAGE)
    review_id: str = key("Play's id of the review.")
    fetched_at: datetime | None = key("When the answer came, UTC.", None)
    via: str | None = key("`rpc`: the way the answer came.", None)
    url: str | None = key("Address of the app's page that shows this review.", None)

    stars: int | None = said(2, convert=integer, holds=between(1, 5), floor=0.98, doc="Stars given, 1 to 5.")
    title: str | None = said(3, doc="Heading; nearly no review has one.")
    text: str | None = said(4, floor=0.5, doc="What was written, as text.")
    written_at: datetime | None = said(
        5, convert=precise_moment, holds=PAST, floor=0.98,
        doc="When it was written or last changed, UTC.",
    )
    thumbs_up: int | None = said(6, convert=integer, holds=COUNT, floor=0.9, doc="How many found it helpful.")
    app_version: str | None = said(10, floor=0.05, doc="Version of the app that was reviewed, where the store knows it.")
    criteria: tuple[Criterion, ...] | None = said(
        12, 0, convert=parts.criteria,
        doc="Questions the reviewer answered beside: `key` (Play's name of the question, `vaf_...`), `rating` (1 to 3, None without "
            "one) and `choice` (a second kind of answer, of unknown meaning).",
    )
    edited: bool | None = said(
        14, 0, convert=flag,
        doc="True for a review that was changed since it was first written: pages offer the history of these, and of no others. A review "
            "does not say no.",
    )
    reply_author: str | None = said(7, 0, doc="Who replied: the developer, by name.")
    reply_text: str | None = said(7, 1, doc="The developer's reply.")
    replied_at: datetime | None = said(7, 2, convert=precise_moment, holds=PAST, doc="When the reply was written, UTC.")

    user_name: str | None = said(1, 0, doc="Personal: name of the reviewer's account. Only with `-a personal=1`.")
    user_picture: str | None = said(1, 1, 3, 2, holds=ADDRESS, doc="Personal: picture of the account. Only with `-a personal=1`.")
    user_id: str | None = said(9, 0, doc="Personal: Google's id of the account. Only with `-a personal=1`.")
    user_banner: str | None = said(9, 4, 3, 2, holds=ADDRESS, doc="Personal: background of the account. Only with `-a personal=1`.")
    # fmt: on


@dataclass(slots=True, kw_only=True)
class ReviewSweep:
    """How asking for one app's reviews in one language went: exactly one record for each."""

    identity: ClassVar[Identity] = Identity(country="")

    # fmt: off
    app_id: str = key("The app's package name, as asked.")
    lang: str = key("Language whose reviews were asked for.")
    status: str = key("As an `App`'s: `available`, `not_found`, `invalid_id`, `error` ...")
    error: str | None = key("Why, for the statuses `invalid_id` and `error`; None for the others.", None)
    fetched_at: datetime | None = key("When the last answer came, UTC; None where nothing was asked.", None)
    via: str | None = key("`rpc`: the way the answers came.", None)
    url: str | None = key("Address of the app's page.", None)
    reviews: int = key("How many reviews came, each counted once.", 0)
    repeated: int = key("How many rows were left out, since the same review had come before.", 0)
    pages: int = key("How many answers that took.", 0)
    stopped: str | None = key(
        "Why it ended: `end` (Play has no more), `since` (the rest is older), `max_per_app`, `repeated_token` or `all_seen` (Play began to "
        "repeat itself), `refused` (Play gave nothing where a page was due), `error`; None where nothing was asked.",
        None,
    )
    newest: datetime | None = key("When the newest of these reviews was written, UTC.", None)
    oldest: datetime | None = key("When the oldest of these reviews was written, UTC.", None)
    store_count: int | None = key(
        "How many written reviews the store of `store_country` counts, in all languages together; None where it does not say.", None
    )
    store_country: str | None = key("Country whose store's count that is.", None)
    # fmt: on

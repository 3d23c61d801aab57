"""The store's own list of all apps, as its sitemaps have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from playfast.play.fields import key
from playfast.play.identity import Identity
from playfast.play.rules import COUNT, PACKAGE_NAME, one_of

GONE = "gone"
"""In the place of a shard: what is in none."""
_GENERATION = "Build of the sitemaps: the Unix time at which it was published, as their names have it."


@dataclass(slots=True, kw_only=True)
class CatalogApp:
    """One app that the store lists."""

    identity: ClassVar[Identity] = Identity(asked="shard", country="", lang="generation", row=("app_id",))

    app_id: str = key("The app's package name.", holds=PACKAGE_NAME)
    generation: str = key(_GENERATION)
    shard: str = key("Sitemap that names the app (`00017-of-83445`). Each app is in one.")


@dataclass(slots=True, kw_only=True)
class CatalogShard:
    """How reading one sitemap went: exactly one record per asked (shard, generation)."""

    identity: ClassVar[Identity] = Identity(asked="shard", country="", lang="generation")

    # fmt: off
    shard: str = key("The sitemap's number, and of how many (`00017-of-83445`).")
    generation: str = key(_GENERATION)
    status: str = key("`available` or `error`.")
    error: str | None = key("Why, for the status `error`; None for the other.", None)
    fetched_at: datetime | None = key("When it came, UTC; None where it did not.", None)
    url: str | None = key("Address of the sitemap.", None)
    bytes: int | None = key("Size of the file, compressed.", None, holds=COUNT)
    addresses: int | None = key("How many addresses are in it, of apps and of other things.", None, holds=COUNT)
    apps: int | None = key("How many apps are in it.", None, holds=COUNT)
    invalid: int | None = key("How many addresses of apps have no package name in the place of an id; they give no row.", None, holds=COUNT)
    repeated: int | None = key("How many addresses of apps repeat one that stood before; they give no row.", None, holds=COUNT)
    # fmt: on


@dataclass(slots=True, kw_only=True)
class CatalogEstimate:
    """How many apps the store lists, estimated from a random sample of its sitemaps: one for each crawl that samples."""

    identity: ClassVar[Identity] = Identity(asked="seed", country="", lang="generation")

    # fmt: off
    generation: str = key(_GENERATION)
    seed: str = key("What the sample was drawn by.")
    fetched_at: datetime | None = key("When the estimate was made, UTC.", None)
    shards: int = key("How many sitemaps there are.", holds=COUNT)
    sampled: int = key("How many of them were drawn, without replacement.", holds=COUNT)
    read: int = key("How many of those could be read; the estimate is made of these.", holds=COUNT)
    found: int = key("How many apps are in them.", holds=COUNT)
    mean: float = key("Apps in a sitemap, on average.", holds=COUNT)
    apps: float = key("Estimate of all apps: `mean` times `shards`.", holds=COUNT)
    standard_error: float = key("Its standard error, with the correction for a finite number of sitemaps.", holds=COUNT)
    margin: float = key("Half the width of the 95 % confidence interval (Student's t).", holds=COUNT)
    low: float = key("The lower end of that interval.")
    high: float = key("Its upper end.")
    # fmt: on


@dataclass(slots=True, kw_only=True)
class CatalogChange:
    """One app that is new in the list, or gone from it, compared with an earlier one."""

    identity: ClassVar[Identity] = Identity(
        asked="shard", country="", lang="generation", row=("change", "app_id")
    )

    app_id: str = key("The app's package name.", holds=PACKAGE_NAME)
    generation: str = key(_GENERATION)
    shard: str = key("Sitemap that names the app; `gone` for one that no sitemap names any more.")
    change: str = key("`new` or `gone`.", holds=one_of(("new", "gone"), "new or gone"))


@dataclass(slots=True, kw_only=True)
class CatalogComparison:
    """What came of comparing the whole list with an earlier one: one record for each crawl that compares."""

    identity: ClassVar[Identity] = Identity(asked="shard", country="", lang="generation")

    # fmt: off
    shard: str = key("`gone`: it stands for what is in no sitemap.")
    generation: str = key(_GENERATION)
    status: str = key("`available` or `error`; with `error` nothing is called gone.")
    error: str | None = key("Why, for the status `error`; None for the other.", None)
    fetched_at: datetime | None = key("When the comparison was made, UTC.", None)
    since: str | None = key("The earlier list.", None)
    before: int | None = key("How many apps are in the earlier list.", None, holds=COUNT)
    apps: int | None = key("How many apps are in this one; None where not all of it was read.", None, holds=COUNT)
    new: int | None = key("How many of these are not in the earlier list.", None, holds=COUNT)
    gone: int | None = key("How many are in the earlier list and not in this one; None where not all of it was read.", None, holds=COUNT)
    # fmt: on

"""The digest spider: one or a few fields of very many apps."""

from __future__ import annotations

from typing import ClassVar

from playfast import arguments
from playfast.items import App
from playfast.play.verdict import Status
from playfast.spiders.apps import AppsSpider
from playfast.spiders.plan import Via


class DigestSpider(AppsSpider):
    """A few fields of apps: one record for every asked (id, country, language), with a status; a thousand apps in one POST."""

    name = "digest"
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(App, "genre_id"),
        arguments.only(Status),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.browser(),
        arguments.screenshots(),
        arguments.batch("Apps in one POST.", "1000"),
    )

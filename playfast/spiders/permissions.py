"""The permissions spider: what each asked app may do on a device."""

from __future__ import annotations

from typing import ClassVar

from playfast import arguments
from playfast.items import Permissions
from playfast.play.verdict import Status
from playfast.spiders.plan import Via
from playfast.spiders.records_from_list import RecordsFromList


class PermissionsSpider(RecordsFromList):
    """Permissions of apps: one record for every asked (id, country, language), with a status."""

    name = "permissions"
    item = Permissions
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(Permissions),
        arguments.only(Status),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.via(Via),
        arguments.batch("Apps in one POST.", "100"),
    )

"""The datasafety spider: what each asked app's developer declares to collect and to share."""

from __future__ import annotations

from typing import ClassVar

from playfast import arguments
from playfast.items import DataSafety
from playfast.play.verdict import Status
from playfast.spiders.records_from_list import RecordsFromList


class DataSafetySpider(RecordsFromList):
    """Whole data-safety labels of apps: one record for every asked (id, country, language), with a status.

    The app's page carries a summary alone, and the label's own page does not say whether the app is to be had; so there is no way by page.
    """

    name = "datasafety"
    item = DataSafety
    instead = "what is left gets records that say so"
    arguments: ClassVar[arguments.Arguments] = arguments.Arguments(
        arguments.ids(),
        arguments.countries(),
        arguments.langs(),
        arguments.fields(DataSafety),
        arguments.only(Status),
        arguments.retry(Status),
        arguments.ledger(),
        arguments.limit(),
        arguments.batch("Apps in one POST.", "100"),
    )

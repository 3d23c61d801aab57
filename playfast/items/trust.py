"""What an app may do, and what its developer declares to do with people's data."""

from __future__ import annotations

from dataclasses import dataclass

from playfast.items.record import SERVED, AppRecord
from playfast.play import parts
from playfast.play.convert import address, flag, plain
from playfast.play.fields import key, said, told
from playfast.play.nested import DataType, PermissionGroup, SafetyNote
from playfast.play.rules import ADDRESS


@dataclass(slots=True, kw_only=True)
class Permissions(AppRecord):
    """What one app may do on a device, as one country's store lists it in one language."""

    # fmt: off
    title: str | None = said(0, 0, floor=0.98, doc="Name of the app.")
    stated: bool | None = told(
        74, floor=0.5,
        doc="Whether the store lists permissions at all: with True and an empty `permissions`, the app asks for none; with False, the "
            "store says nothing of them.",
    )
    permissions: tuple[PermissionGroup, ...] | None = said(
        74, convert=parts.stated_permissions, floor=0.5,
        doc="Permissions: `kind` (`common`, `other`, `ungrouped`), `group` (name, None for the ungrouped) and `permissions`, texts in the "
            "asked language. Empty where the store says that there are none, None where it says nothing.",
    )
    served_country: str | None = key(SERVED, None)
    # fmt: on


@dataclass(slots=True, kw_only=True)
class DataSafety(AppRecord):
    """What one app's developer declares to collect and to share: the whole label, not the summary that `App` has."""

    # fmt: off
    title: str | None = said(0, 0, floor=0.98, doc="Name of the app.")
    stated: bool | None = told(
        137, floor=0.4,
        doc="Whether there is a label: with True and an empty list, the developer declares that there is none of it; with False, nothing "
            "was declared.",
    )
    collects: bool | None = said(137, 3, 1, 0, convert=flag, doc="Whether the developer declares to collect data.")
    shares: bool | None = said(137, 3, 1, 1, convert=flag, doc="Whether the developer declares to share data with third parties.")
    collected: tuple[DataType, ...] | None = said(
        137, 4, 1, convert=parts.data_types, floor=0.4,
        doc="Data that is collected: `category`, `name`, `optional` (whether people can choose), `purposes` (one text, in the asked "
            "language: some purposes hold commas). Empty where none is declared, None without a label.",
    )
    collected_text: str | None = said(137, 4, 1, 1, convert=plain, floor=0.4, doc="What the store writes over it (`No data collected`).")
    shared: tuple[DataType, ...] | None = said(
        137, 4, 0, convert=parts.data_types, floor=0.4,
        doc="Data that is shared with third parties, in the same form.",
    )
    shared_text: str | None = said(
        137, 4, 0, 1, convert=plain, floor=0.4,
        doc="What the store writes over it (`No data shared with third parties`).",
    )
    practices: tuple[SafetyNote, ...] | None = said(
        137, 9, 2, convert=parts.data_safety, floor=0.3,
        doc="Security practices: `title` and `text`, in the asked language.",
    )
    privacy_policy: str | None = said(99, 0, 5, 2, convert=address, holds=ADDRESS, floor=0.5, doc="Address of the privacy policy.")
    served_country: str | None = key(SERVED, None)
    # fmt: on

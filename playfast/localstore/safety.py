"""What an app says it does with data, and which permissions it asks for."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .chance import Chance

_KINDS: dict[str, tuple[str, ...]] = {
    "Personal info": ("Name", "Email address", "User IDs", "Phone number"),
    "Financial info": ("User payment info", "Purchase history"),
    "Location": ("Approximate location", "Precise location"),
    "App activity": ("App interactions", "In-app search history", "Other actions"),
    "App info and performance": ("Crash logs", "Diagnostics"),
    "Device or other IDs": ("Device or other IDs",),
    "Photos and videos": ("Photos", "Videos"),
    "Messages": ("Emails", "Other in-app messages"),
}
_PURPOSES = (
    "App functionality",
    "Analytics",
    "Advertising or marketing",
    "Account management",
    "Personalization",
)
# Every set of purposes but the empty one, for which the first stands.
_PURPOSE_SETS = tuple(
    tuple(purpose for bit, purpose in enumerate(_PURPOSES) if number >> bit & 1) or _PURPOSES[:1]
    for number in range(32)
)
_PRACTICES = ("encrypted", "not_encrypted", "deletable", "independent")

_COMMON: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Location", "location_on", ("approximate location (network)", "precise location (GPS)")),
    ("Camera", "camera_alt", ("take pictures and video",)),
    ("Microphone", "mic", ("record audio",)),
    ("Storage", "storage", ("read stored files", "change or delete stored files")),
    ("Contacts", "import_contacts", ("find accounts on the device", "read contacts")),
    ("Wi-Fi connection information", "signal_wifi_4_bar", ("view Wi-Fi connections",)),
    ("Phone", "phone", ("read phone status and identity",)),
    ("Calendar", "calendar_today", ("read calendar events", "add calendar events")),
    ("Identity", "perm_contact_calendar", ("find accounts on the device", "add or remove accounts")),
    ("Device & app history", "perm_device_information", ("see running apps",)),
    ("SMS", "sms", ("read text messages", "receive text messages", "send text messages")),
    ("Body sensors", "sensors", ("read body sensors such as heart rate",)),
)
_OTHER = (
    "view network connections", "full network access", "control vibration", "prevent device from sleeping", "run at startup",
    "pair with Bluetooth devices", "draw over other apps", "check the licence", "use fingerprint hardware", "set wallpaper",
    "install shortcuts", "read & change settings", "change audio settings", "connect to and leave Wi-Fi", "change network connectivity",
    "control near field communication", "read sync settings", "toggle sync on and off", "run a service in the foreground",
    "ask to ignore battery optimisation", "close other apps", "expand or collapse the status bar", "access Bluetooth settings",
    "measure app storage space",
)  # fmt: skip
_OTHER_SETS = tuple(
    tuple(tuple(_OTHER[place + bit] for bit in range(8) if number >> bit & 1) for number in range(256))
    for place in range(0, 24, 8)
)
_UNGROUPED = ("receive data from Internet", "use <b>something</b> new", "read badge notifications")


class DataType(NamedTuple):
    """One kind of data that is shared or collected, whether people may refuse, and what for."""

    category: str
    name: str
    optional: bool
    purposes: tuple[str, ...]


class DataSafety(NamedTuple):
    """The data-safety label. Empty ``shared`` means that the developer says nothing is shared, not that nothing is known.

    ``practices`` are some of ``encrypted``, ``not_encrypted``, ``deletable`` and ``independent``.
    """

    shared: tuple[DataType, ...]
    collected: tuple[DataType, ...]
    practices: tuple[str, ...]


def make_safety(chance: Chance) -> DataSafety | None:
    """The data-safety label of an app, or None where the developer gave none (8 %)."""
    if chance.happens("no label", 0.08):
        return None
    return DataSafety(
        _types(chance, "shared") if chance.happens("shares", 0.4) else (),
        _types(chance, "collected") if chance.happens("collects", 0.75) else (),
        tuple(chance.pick_some("practices", _PRACTICES, chance.between("practice count", 1, 4))),
    )


@cache
def _of_category(category: str, byte: int) -> tuple[DataType, ...]:
    names = _KINDS[category]
    chosen = names[: 1 + byte % len(names)]
    return tuple(
        DataType(category, name, (byte >> place) & 3 == 0, _PURPOSE_SETS[(byte >> 3) ^ place])
        for place, name in enumerate(chosen)
    )


def _types(chance: Chance, way: str) -> tuple[DataType, ...]:
    kinds = chance.pick_some(f"{way} what", tuple(_KINDS), chance.between(f"{way} kinds", 1, 6))
    bytes_left = chance.stream(way, len(kinds))
    return tuple(
        entry for kind, byte in zip(kinds, bytes_left, strict=True) for entry in _of_category(kind, byte)
    )


class PermissionGroup(NamedTuple):
    """Permissions of one group: its name, the name of its icon, and what each allows."""

    name: str
    icon: str
    permissions: tuple[str, ...]


class Permissions(NamedTuple):
    """What an app may do, in the three parts of the store: common groups, the others, and those of no group."""

    common: tuple[PermissionGroup, ...]
    other: tuple[str, ...]
    ungrouped: tuple[str, ...]


def _others(number: int) -> tuple[str, ...]:
    """A set of the other permissions, half of them on average, looked up eight at a time."""
    low, middle, high = _OTHER_SETS
    return low[number & 255] + middle[number >> 8 & 255] + high[number >> 16 & 255] or _OTHER[:1]


def make_permissions(chance: Chance) -> Permissions | None:
    """The permissions of an app, or None where it asks for none (5 %)."""
    if chance.happens("no permissions", 0.05):
        return None
    wanted = 0 if chance.happens("no groups", 0.08) else chance.between("group count", 1, 10)
    groups = chance.pick_some("groups", _COMMON, wanted)
    counts = chance.stream("allowed", len(groups))
    return Permissions(
        tuple(
            PermissionGroup(name, icon, allowed[: 1 + count % len(allowed)])
            for (name, icon, allowed), count in zip(groups, counts, strict=True)
        ),
        _others(chance.number("others")),
        tuple(chance.pick_some("ungrouped", _UNGROUPED, chance.between("ungrouped count", 1, 2)))
        if chance.happens("has ungrouped", 0.6)
        else (),
    )

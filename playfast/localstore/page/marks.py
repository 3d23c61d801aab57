"""The marks of sections: protobuf messages in base64, which hold the name of a section, the same in every language."""

from __future__ import annotations

from base64 import b64encode

from playfast.localstore.chance import Chance

_RELATED, _SESSION, _ABOVE, _FOUND, _ALONE, _CHART, _EVENTS = 3, 20, 33, 34, 68, 76, 151
_ALL, _WITHIN = 37, 2
_BYTES = 2  # the wire type of what has a length


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _count(field: int, value: int) -> bytes:
    return _number(field << 3) + _number(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _number(field << 3 | _BYTES) + _number(len(value)) + value


def _named(name: str) -> bytes:
    return _bytes(1, _bytes(1, name.encode()) + _count(2, 45) + _count(3, 3))


def _mark(within: bytes) -> str:
    return b64encode(_bytes(_ALL, _bytes(_WITHIN, within))).decode()


def recommended(name: str, place: int) -> str:
    """The mark of a section that the store recommends: on its front pages, and of similar apps."""
    return _mark(_bytes(1, _named(name)) + _count(2, place))


def related(name: str) -> str:
    """The mark of what else a developer has."""
    return _mark(_count(2, 0) + _bytes(_RELATED, _named(name)))


def found(name: str, place: int) -> str:
    """The mark of results."""
    return _mark(_count(2, place) + _bytes(_FOUND, _named(name)))


def above(app_id: str) -> str:
    """The mark of the app that stands above results."""
    name = f"apps_mdp_search_results_cluster_{app_id}"
    return _mark(_count(2, 0) + _bytes(_ABOVE, _named(name) + _count(2, 0) + _count(3, 0) + _count(4, 0)))


def alone() -> str:
    """The mark of the app that stands above a developer's list, which has no name."""
    return _mark(_count(2, 0) + _bytes(_ALONE, b""))


def charted(name: str) -> str:
    """The mark of a chart."""
    return _mark(_count(2, 0) + _bytes(_CHART, _named(name)))


def events(name: str, place: int) -> str:
    """The mark of events."""
    session = Chance("session", name).stream("mark", 19)
    return _mark(
        _count(2, place) + _bytes(_SESSION, session) + _count(124, 1) + _bytes(_EVENTS, _named(name))
    )


def page(name: str) -> str:
    """The mark of a page that is made of sections."""
    kind = _bytes(1, _bytes(1, name.encode()) + _count(2, 46) + _count(3, 3))
    return b64encode(_bytes(_ALL, _bytes(1, _bytes(1, b"STREAM") + _bytes(3, kind)))).decode()

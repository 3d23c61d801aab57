"""The front pages of the store: for each department the sections that it recommends, and what is going on in apps."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .catalogue import App
from .chance import Chance
from .departments import DEPARTMENTS
from .labels import TAGS
from .stock import available, of_department

_FIRST = 20
_AMONG = 400
_LONGEST = 60
_EVENTS = 10
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Section(NamedTuple):
    """A section of a front page.

    ``name`` is the same in every language, and ``topic`` what it is about: empty for what is popular. ``shown`` of its ``ids`` stand on
    the page; the list goes on with the others.
    """

    name: str
    topic: str
    ids: tuple[str, ...]
    shown: int


class Front(NamedTuple):
    """A front page: its sections in order, and ids of the apps in which something is going on."""

    sections: tuple[Section, ...]
    events: tuple[str, ...]


@lru_cache(maxsize=256)
def front(department: str, country: str, seed: int, week: int) -> Front:
    """The front page of a department in a country; one without sections for a department that there is not."""
    if department not in DEPARTMENTS:
        return Front((), ())
    own = Chance(seed, "front", department)
    apps = list(available(of_department(department, seed)[:_AMONG], seed, week, country))
    popular = _chosen(apps, own, "popular", own.between("popular count", _FIRST, _LONGEST))
    sections = [Section(f"recommended_for_you_{department}", "", popular, _FIRST)]
    for topic in own.pick_some("topics", TAGS, own.between("topic count", 3, 5)):
        code = Chance("topic", department, topic).text("code", 11, _LETTERS)
        shown = own.between(f"{topic} shown", 6, 8)
        found = _chosen(apps, own, topic, own.between(f"{topic} count", shown, _LONGEST))
        name = f"recommended_for_you_recs_topic_{code}_RECOMMENDED_IN_TOPIC"
        sections.append(Section(name, topic, found, shown))
    return Front(tuple(section for section in sections if section.ids), _chosen(apps, own, "events", _EVENTS))


def _chosen(apps: list[App], own: Chance, name: str, count: int) -> tuple[str, ...]:
    """Some of these apps, in an order of the section's own; the better known ones come first more often."""
    draw = own.number(name)
    ordered = sorted(
        apps, key=lambda app: -app.chance.unit("fame") - 0.3 * app.chance.unit(f"section {draw}")
    )
    return tuple(app.app_id for app in ordered[:count])

"""The lists of how pages ask that stand among their settings, beside those of our templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from playfast.canary.result import Finding, Result
from playfast.play import asked, templates
from playfast.play.page import Page
from playfast.play.templates import Template

_KEPT = {
    "G8C1sd": (templates.DETAILS, orjson.loads(templates.CONTEXT)),
    "QEwZ9c": (templates.SEARCH, orjson.loads(templates.LISTS)),
}
"""The context, and what pages say of lists; each with a kind of call whose request holds it."""


@dataclass(slots=True)
class _Seen:
    """What pages say in one setting: as often as we do, as often but for layouts, and otherwise in which words."""

    alike: int = 0
    alike_but_layouts: int = 0
    others: Counter[str] = field(default_factory=Counter)


class PageSettings:
    """What all pages say in their settings.

    Args:
        in_force: the templates by which this crawl asks.
    """

    def __init__(self, in_force: Mapping[str, Template]) -> None:
        self._in_force = in_force
        self._seen = {name: _Seen() for name in _KEPT}

    def read(self, page: Page) -> None:
        """Take in the settings of a page."""
        for name, (kind, ours) in _KEPT.items():
            theirs: Any = page.setting(name)
            if theirs is None:
                continue
            seen, parts = self._seen[name], list(asked.parts(self._in_force[kind].request))
            if any(asked.unified(part, theirs) for part in parts):
                seen.alike += 1
                continue
            seen.alike_but_layouts += any(asked.unified(part, theirs, layouts=False) for part in parts)
            seen.others["; ".join(asked.in_words(ours, theirs))] += 1

    def tell(self, result: Result, *, layouts_matter: bool) -> None:
        """Add what was found to the result; other layouts alone are news, unless they matter."""
        for name, seen in self._seen.items():
            if seen.others and not seen.alike:
                to = result.news if seen.alike_but_layouts and not layouts_matter else result.moved
                to.append(Finding("settings of pages", name, seen.others.most_common(1)[0][0]))

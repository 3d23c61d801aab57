"""How pages ask, beside how we ask: request templates over all pages that were read, and the lists among their settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import orjson

from playfast.canary.result import Finding, Result
from playfast.play import asked, templates
from playfast.play.page import Page
from playfast.play.templates import Template

_WHERE = "templates"
_SETTINGS = {
    "G8C1sd": (templates.DETAILS, orjson.loads(templates.CONTEXT)),
    "QEwZ9c": (templates.SEARCH, orjson.loads(templates.LISTS)),
}
"""What pages keep of it in their settings (the context, and what they say of lists), with a kind of call whose request holds it."""
_ON_RECORD = frozenset({
    1, 9, 10, 11, 13, 14, 19, 20, 38, 43, 47, 49, 52, 58, 59, 63, 69, 70, 73, 74, 75, 78, 79, 80, 91, 92, 95, 96, 97, 100, 101, 103, 106,
    112, 119, 129, 137, 138, 139, 140, 141, 145, 146, 149, 151, 155, 169, 183, 187, 193,
})  # fmt: skip
"""The fields of an app that pages on record ask for."""


class Forms:
    """What pages say of how they ask.

    Args:
        in_force: the templates by which this crawl asks.
        known: numbers of fields that we read; those that pages on record ask for are known besides.
    """

    def __init__(self, in_force: Mapping[str, Template], known: frozenset[int]) -> None:
        self._in_force = in_force
        self._known = known | _ON_RECORD
        self._same: Counter[str] = Counter()
        self._others: dict[str, dict[str, Template]] = {}
        self._settings: dict[str, Counter[str]] = {name: Counter() for name in _SETTINGS}
        self._fields: Counter[int] = Counter()

    def read(self, page: Page, known: Mapping[str, str]) -> dict[str, Template]:
        """Take in how a page asks; returns the templates that are others than those in force."""
        new = {}
        for kind, one in asked.read(page.requests, known).items():
            words = "; ".join(asked.differences(self._in_force[kind], one))
            if words:
                new[kind] = self._others.setdefault(kind, {}).setdefault(words, one)
            else:
                self._same[kind] += 1
        for name, (kind, ours) in _SETTINGS.items():
            theirs: Any = page.setting(name)
            if theirs is not None:
                held = any(asked.unified(part, theirs) for part in asked.parts(self._in_force[kind].request))
                self._settings[name]["" if held else "; ".join(asked.in_words(ours, theirs))] += 1
        fields = asked.fields(page.requests, known.get("app", ""))
        self._fields.update(set(fields) - self._known)
        return new

    def changed(self, kind: str) -> bool:
        """Whether pages ask otherwise for things of a kind, and none as we do."""
        return kind in self._others and not self._same[kind]

    def tell(self, result: Result) -> None:
        """Add what was found to the result."""
        for kind, others in sorted(self._others.items()):
            moved = self.changed(kind)
            for words, one in others.items():
                to = result.moved if moved else result.news
                to.append(Finding(_WHERE, kind, words if moved else f"some pages ask otherwise: {words}"))
                if moved:
                    result.templates.setdefault(kind, one)
        result.templates = asked.renewed(result.templates)
        for name, told in self._settings.items():
            if told and not told[""]:
                result.moved.append(Finding("settings of pages", name, told.most_common(1)[0][0]))
        if self._fields:
            numbers = ", ".join(map(str, sorted(self._fields)))
            result.news.append(
                Finding(_WHERE, "fields", f"pages ask for fields that are not known: {numbers}")
            )

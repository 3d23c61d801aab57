"""How pages ask, beside how we ask: their request templates, over all pages that were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from playfast.canary.page_settings import PageSettings
from playfast.canary.result import Finding, Result
from playfast.play import asked
from playfast.play.page import Page
from playfast.play.templates import OURS, Template

_WHERE = "templates"
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
        self._needed: set[str] = set()
        self._same: Counter[str] = Counter()
        self._others: dict[str, dict[str, Template]] = {}
        self._settings = PageSettings(in_force)
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
        self._settings.read(page)
        fields = asked.fields(page.requests, known.get("app", ""))
        self._fields.update(set(fields) - self._known)
        return new

    def needed(self, rpcs: Collection[str]) -> None:
        """Take note that calls of these RPCs were answered only in the way in which pages ask."""
        self._needed.update(rpcs)

    def changed(self, kind: str) -> bool:
        """Whether pages ask otherwise for things of a kind, and none as we do.

        Play adds layouts of lists every few months, and goes on answering those who do not know them: they are a change only where it
        does not.
        """
        if kind not in self._others or self._same[kind]:
            return False
        ours = self._in_force[kind]
        return ours.rpc in self._needed or not all(
            ours.rpc == one.rpc and asked.unified(ours.request, one.request, layouts=False)
            for one in self._others[kind].values()
        )

    def tell(self, result: Result) -> None:
        """Add what was found to the result."""
        said = {kind: self._in_force[kind] for kind in self._same}
        for kind, others in sorted(self._others.items()):
            moved = self.changed(kind)
            for words, one in others.items():
                if moved:
                    result.moved.append(Finding(_WHERE, kind, words))
                    said.setdefault(kind, one)
                else:
                    of = "some pages ask" if self._same[kind] else "pages ask"
                    result.news.append(Finding(_WHERE, kind, f"{of} otherwise: {words}"))
        # What no page says stays as this crawl has it, unless it has parts in common with what pages say.
        kept = {
            kind: one for kind, one in self._in_force.items() if one is not OURS[kind] and kind not in said
        }
        result.templates = {**kept, **asked.renewed(said)}
        self._settings.tell(result, layouts_matter=bool(self._needed))
        if self._fields:
            numbers = ", ".join(map(str, sorted(self._fields)))
            result.news.append(
                Finding(_WHERE, "fields", f"pages ask for fields that are not known: {numbers}")
            )

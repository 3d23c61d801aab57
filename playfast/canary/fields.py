"""Items of the same thing, read from its page and from an RPC's answer, compared field by field over all that was asked.

No value is ever told, only the names of fields: what a page and an answer say of people stays where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from playfast.canary.result import Finding, Thing
from playfast.play import markup
from playfast.play.fields import Key, OnPage, floors, rules, sources

LIVE = frozenset({
    "installs", "installs_short", "min_installs", "exact_installs", "score", "score_text", "ratings", "reviews", "histogram",
    "scores_by_device", "thumbs_up", "stories", "events", "rank",
})  # fmt: skip
"""What goes on between two answers: counters, and what is shown in another order each time."""
_ENOUGH = 5
"""Items after which a field with a floor that nobody has is missed."""
_RARE = 0.2
_OFTEN = 0.5
_OF_ANOTHER_TYPE = (TypeError, ValueError, AttributeError, LookupError)


class Fields:
    """What is counted for the items of one class.

    Args:
        thing: whose items they are.
        item: their class.
    """

    def __init__(self, thing: Thing, item: type[Any]) -> None:
        self.thing = thing
        declared = sources(item)
        personal: Collection[str] = getattr(item, "personal", ())
        self.names = [
            name for name, source in declared.items() if not isinstance(source, Key) and name not in personal
        ]
        self._on_page = {name for name, source in declared.items() if isinstance(source, OnPage)}
        self._floors = floors(item)
        self._rules = rules(item)
        self.items = 0
        self.said: Counter[str] = Counter()
        self.invalid: Counter[str] = Counter()
        self.compared: Counter[str] = Counter()
        self.differing: Counter[str] = Counter()
        self.page_alone: Counter[str] = Counter()
        self.rpc_alone: Counter[str] = Counter()
        self.markup: Counter[str] = Counter()

    def refuse(self, name: str, _: Exception) -> None:
        """A value of another type than declared."""
        if name in self.names:
            self.invalid[name] += 1

    def add(self, page: Any | None, rpc: Any | None, unasked: Collection[str] = ()) -> None:
        """Count one thing's items, either of which may be missing; `unasked` are fields that the page did not ask for."""
        self.items += 1
        for name in self.names:
            on_page, by_rpc = getattr(page, name, None), getattr(rpc, name, None)
            for value in (on_page, by_rpc):
                if value is not None and name in self._rules and not _holds(self._rules[name].holds, value):
                    self.invalid[name] += 1
            if on_page is None and by_rpc is None:
                continue
            # A field to which Play says no by silence is said where it says yes.
            self.said[name] += any(value is not None and value is not False for value in (on_page, by_rpc))
            if page is None or rpc is None or name in self._on_page or (on_page is None and name in unasked):
                continue
            self.compared[name] += 1
            if by_rpc is None:
                self.page_alone[name] += 1
            elif on_page is None:
                self.rpc_alone[name] += 1
            elif on_page != by_rpc and name not in LIVE:
                self.differing[name] += 1
            else:
                self.thing.alike += 1
                continue
            self.thing.differing += 1

    def add_markup(self, record: Any, described: Mapping[str, Any]) -> None:
        """Count what a page's JSON-LD and meta tags say and its record does not."""
        for name, value in described.items():
            if name in self.names and not markup.same(getattr(record, name), value):
                self.markup[name] += getattr(record, name) is None

    def findings(self) -> tuple[list[Finding], list[Finding]]:
        """What has moved, and what is only told: it was seen less often."""
        moved: dict[str, list[str]] = {}
        told: dict[str, list[str]] = {}
        for name in self.names:
            seen = self.compared[name]
            for count, words in (
                (self.differing[name], "page and RPC say other things"),
                (self.page_alone[name], "the page says it, the RPC does not"),
                (self.rpc_alone[name], "the RPC says it, the page does not though it asks for it"),
            ):
                if count:
                    sentence = f"{words} ({count} of {seen})"
                    (moved if count >= _OFTEN * seen else told).setdefault(name, []).append(sentence)
            if self.invalid[name]:
                moved.setdefault(name, []).append("what stands there cannot be right")
            if self.markup[name]:
                moved.setdefault(name, []).append(
                    f"the page's own description says it, its record does not ({self.markup[name]} of {self.items})"
                )
            floor = self._floors.get(name, 0)
            if self.items >= _ENOUGH and floor >= _RARE and not self.said[name]:
                moved.setdefault(name, []).append(f"in none of {self.items}, at least {floor:.0%} are due")
        return self._sentences(moved), self._sentences(told)

    def _sentences(self, found: Mapping[str, Iterable[str]]) -> list[Finding]:
        return [Finding(self.thing.name, name, "; ".join(said)) for name, said in found.items()]


def _holds(rule: Any, value: Any) -> bool:
    try:
        return bool(rule(value))
    except _OF_ANOTHER_TYPE:
        return False

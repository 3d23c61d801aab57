"""What came of it: what was asked and answered, what has moved, and what is only news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from playfast.play.templates import Template


class ExitCode(IntEnum):
    """What `scrapy canary` exits with; the first four as `scrapy crawl` has them."""

    AS_EXPECTED = 0
    NOT_WRITTEN = 1
    USAGE = 2
    NOT_REACHED = 3
    MOVED = 7
    """No code of `scrapy crawl`, so that a scheduler knows it."""


WORDS = {
    ExitCode.AS_EXPECTED: "as expected",
    ExitCode.NOT_REACHED: "not reached",
    ExitCode.MOVED: "moved",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that has moved, or is new: where (`record`, `templates`, ...), what, and a sentence on it."""

    where: str
    what: str
    problem: str


@dataclass(slots=True)
class Thing:
    """One kind of question: how often it was asked and answered, by each way that it has, and how many values were the same by both."""

    name: str
    by_page: bool = True
    by_rpc: bool = True
    asked: int = 0
    page: int = 0
    rpc: int = 0
    alike: int = 0
    differing: int = 0


@dataclass(slots=True)
class Result:
    """All of it, filled while the store is asked."""

    store: str
    things: dict[str, Thing] = field(default_factory=dict)
    moved: list[Finding] = field(default_factory=list)
    news: list[Finding] = field(default_factory=list)
    unreached: Counter[str] = field(default_factory=Counter)
    """Why requests got no answer, and how many for each reason."""
    cut_short: str | None = None
    """Why not everything was asked."""
    requests: int = 0
    templates: dict[str, Template] = field(default_factory=dict)
    """Those by which a crawl should ask and that are others than ours: in force already, or said by pages."""

    def thing(self, name: str, *, by_page: bool = True, by_rpc: bool = True) -> Thing:
        return self.things.setdefault(name, Thing(name, by_page, by_rpc))

    @property
    def code(self) -> ExitCode:
        if self.moved:
            return ExitCode.MOVED
        answered = any(thing.page or thing.rpc for thing in self.things.values())
        whole = answered and not self.unreached and self.cut_short is None
        return ExitCode.AS_EXPECTED if whole else ExitCode.NOT_REACHED

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "schema": 1,
            "result": WORDS[self.code],
            "exit_code": int(self.code),
            "store": self.store,
            "requests": self.requests,
            "asked": [_of_thing(thing) for thing in self.things.values()],
            "moved": _of_findings(self.moved),
            "news": _of_findings(self.news),
            "unanswered": dict(self.unreached),
            "cut_short": self.cut_short,
            "templates": sorted(self.templates),
        }


def _of_thing(thing: Thing) -> Mapping[str, Any]:
    return {
        "name": thing.name,
        "asked": thing.asked,
        "answered_by_page": thing.page if thing.by_page else None,
        "answered_by_rpc": thing.rpc if thing.by_rpc else None,
        "values_alike": thing.alike,
        "values_differing": thing.differing,
    }


def _of_findings(findings: Iterable[Finding]) -> list[Mapping[str, Any]]:
    return [{"where": one.where, "what": one.what, "problem": one.problem} for one in findings]

"""Which way answered what: over all that was asked of a kind, what one way has and the other has not, and what neither has."""

from __future__ import annotations

from dataclasses import dataclass

from playfast.canary.forms import Forms
from playfast.canary.result import Finding, Result

_ENOUGH = 5
"""Times after which there should have been an answer to anything."""


@dataclass(slots=True)
class _Asked:
    """How often something was asked by all the ways that it has, and what came of it."""

    kind: str
    due: bool
    times: int = 0
    page_alone: int = 0
    rpc_alone: int = 0
    neither: int = 0
    both: int = 0
    nothing_in_common: int = 0


class Answers:
    """Counted by the name of what is asked."""

    def __init__(self) -> None:
        self._all: dict[str, _Asked] = {}

    def count(self, name: str, kind: str, *, page: bool | None, rpc: bool, due: bool = False) -> None:
        """Count one question.

        Args:
            name: of what was asked.
            kind: of its call.
            page: whether the page has it; None for what has no page.
            rpc: whether the RPC has it.
            due: there is one in every store, so that it is missed the first time.
        """
        asked = self._all.setdefault(name, _Asked(kind, due))
        asked.times += 1
        asked.page_alone += page is not False and not rpc
        asked.rpc_alone += page is False and rpc
        asked.neither += page is False and not rpc
        asked.both += bool(page) and rpc

    def count_strangers(self, name: str) -> None:
        """Count that both lists of the last question have rows, and no row is in both."""
        self._all[name].nothing_in_common += 1

    def silent(self, name: str) -> bool:
        """Whether no call of that name was answered with anything."""
        asked = self._all.get(name)
        return asked is not None and not asked.both and not asked.rpc_alone

    def tell(self, result: Result, forms: Forms) -> None:
        """Add what is missing to the result; a call that is asked in another form now is told by its template."""
        for name, asked in self._all.items():
            if _mostly(asked.page_alone, asked.times) and not forms.changed(asked.kind):
                _add(result, name, f"the RPC answers with nothing ({asked.page_alone} of {asked.times})")
            if _mostly(asked.rpc_alone, asked.times):
                _add(result, name, f"the page has nothing of it ({asked.rpc_alone} of {asked.times})")
            if asked.neither == asked.times and (asked.due or asked.times >= _ENOUGH):
                _add(result, name, f"neither the page nor the RPC has it ({asked.times} of {asked.times})")
            if asked.both and asked.nothing_in_common == asked.both:
                _add(result, name, f"page and RPC have no row in common ({asked.both} of {asked.times})")


def _mostly(count: int, times: int) -> bool:
    return count > 0 and 2 * count >= times


def _add(result: Result, name: str, problem: str) -> None:
    result.moved.append(Finding(name, "answer", problem))

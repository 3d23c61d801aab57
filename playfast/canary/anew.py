"""Calls that are answered with nothing, asked once more in the way in which pages ask, where that is another than ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from playfast.canary.asking import NO_PAGE, Asking
from playfast.canary.forms import Forms
from playfast.canary.result import Finding, Result
from playfast.errors import PageError
from playfast.play import asked, templates
from playfast.play.envelope import NOT_FOUND, Answer, Call
from playfast.play.page import Page
from playfast.play.templates import OURS, Template

_INVALID_ARGUMENT, _UNIMPLEMENTED = 3, 12
_TELLING = (None, NOT_FOUND, _INVALID_ARGUMENT, _UNIMPLEMENTED)
"""Codes of answers that will be the same the next time."""
Make = Callable[[], Iterable[Call]]


class Anew:
    """Asks for packs, and knows the blocks of pages by the calls that they answer.

    Args:
        asking: the storefront.
        result: that counts.
        forms: which take in how pages ask.
        in_force: the templates by which is asked.
    """

    def __init__(
        self, asking: Asking, result: Result, forms: Forms, in_force: Mapping[str, Template]
    ) -> None:
        self._asking = asking
        self._result = result
        self._forms = forms
        self._in_force = in_force
        self._new: dict[str, Template] = {}
        self._answered: set[str] = set()

    def read(self, page: Page | None, known: Mapping[str, str]) -> dict[str, Template]:
        """The templates of a page that are others than those in force."""
        new = self._forms.read(page, known) if page is not None else {}
        self._new.update(new)
        return new

    def block(self, page: Page | None, kind: str) -> Any:
        """The data of a page's block by the kind of call that it answers, whatever RPC that is now."""
        if page is None or page is NO_PAGE:
            return None
        rpcs = [one[kind].rpc for one in (OURS, self._in_force, self._new) if kind in one]
        try:
            return next((data for rpc in rpcs if (data := page.block(rpc)) is not None), None)
        except PageError:
            return None

    async def ask(self, make: Make, new: Mapping[str, Template]) -> dict[str, Answer]:
        """The answers to calls, by tag; calls are made once more by new templates where they are answered with nothing."""
        with templates.using(self._in_force):
            packed = list(make())
        answers = dict(await self._asking.pack(packed))
        silent = {
            call.tag: call.rpc for call in packed if call.tag in answers and _says_nothing(answers[call.tag])
        }
        if new and silent:
            # What pages agree on goes for the calls that no page makes; what pages say themselves goes before it.
            with templates.using({**self._in_force, **asked.renewed(new), **new}):
                again = await self._asking.pack([call for call in make() if call.tag in silent])
            told = {tag: answer for tag, answer in again.items() if not _says_nothing(answer)}
            answers.update(told)
            self._answered.update(told)
            self._forms.needed({silent[tag] for tag in told})
        for call in packed:
            if answers and call.tag not in answers:
                self._result.unreached["no answer in the pack"] += 1
            elif answers and answers[call.tag].error not in _TELLING:
                # A failure of the moment: that there is nothing is not said by it.
                self._result.unreached[f"an error frame (code {answers.pop(call.tag).error})"] += 1
        return answers

    def tell(self) -> None:
        """Add to the result what was answered only when it was asked anew."""
        if self._answered:
            tags = ", ".join(sorted(self._answered))
            self._result.news.append(
                Finding("templates", "answers", f"asked as pages ask, the store answers: {tags}")
            )


def _says_nothing(answer: Answer) -> bool:
    return answer.payload is None

"""What is missing is told: of one way, of both, and lists that have nothing to do with each other."""

from __future__ import annotations

import pytest

from playfast.canary.answers import Answers
from playfast.canary.forms import Forms
from playfast.canary.result import Result
from playfast.play.templates import OURS, RELATED


def told(*pairs, due=False, strangers=0):
    answers, result = Answers(), Result("")
    for index, (page, rpc) in enumerate(pairs):
        answers.count("thing", RELATED, page=page, rpc=rpc, due=due)
        if index < strangers:
            answers.count_strangers("thing")
    answers.tell(result, Forms(OURS, frozenset()))
    return [one.problem for one in result.moved]


BOTH, PAGE, RPC, NEITHER = (True, True), (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("pairs", "problems"),
    [
        ([BOTH] * 5, []),
        ([BOTH, BOTH, PAGE], []),
        ([BOTH, PAGE], ["the RPC answers with nothing (1 of 2)"]),
        ([RPC, NEITHER], ["the page has nothing of it (1 of 2)"]),
        ([NEITHER] * 4, []),
        ([NEITHER] * 5, ["neither the page nor the RPC has it (5 of 5)"]),
        ([(None, True)], []),
        ([(None, False)], ["the RPC answers with nothing (1 of 1)"]),
    ],
)
def test_what_is_missing_is_told(pairs, problems):
    assert told(*pairs) == problems


def test_what_every_store_has_is_missed_the_first_time():
    assert told(NEITHER, due=True) == ["neither the page nor the RPC has it (1 of 1)"]
    assert told(NEITHER, BOTH, due=True) == []


def test_lists_of_which_none_has_a_row_in_common_are_told():
    assert told(BOTH, BOTH, strangers=1) == []
    assert told(BOTH, BOTH, PAGE, strangers=2) == ["page and RPC have no row in common (2 of 3)"]

"""With --replay the same question gets the same bytes; without it, and to another question, it does not."""

from __future__ import annotations

import pytest

from playfast.localstore.catalogue import App, ids
from playfast.localstore.server.options import Options

from .conftest import call, frames, running

SOME = [app_id for app_id in ids(40) if App(app_id).status("us") == "available"]
CALLS = [call(app_id, 1, 19, 78) for app_id in SOME]


@pytest.fixture(scope="module")
def replaying():
    with running("--replay") as client:
        yield client


@pytest.mark.parametrize("zipped", [True, False])
def test_the_same_pack_gets_the_same_bytes(replaying, zipped):
    first = replaying.post(CALLS, zipped=zipped)
    assert set(frames(first.text)) == set(SOME)
    assert [replaying.post(CALLS, zipped=zipped).raw for _ in range(3)] == [first.raw] * 3


def test_without_it_answers_come_in_another_order_each_time(server):
    assert len({server.post(CALLS).raw for _ in range(4)}) == 4


def test_another_question_gets_its_own_answer(replaying):
    answers = {
        replaying.post(CALLS).raw,
        replaying.post(CALLS[:-1]).raw,
        replaying.post(CALLS, "hl=de&gl=de").raw,
        replaying.post(CALLS, zipped=True).raw,
    }
    assert len(answers) == 4


def test_pages_are_replayed_too(replaying):
    assert replaying.page(SOME[0]).raw == replaying.page(SOME[0]).raw
    assert replaying.page(SOME[0]).raw != replaying.page(SOME[1]).raw


def test_what_is_replayed_is_counted_like_what_is_made():
    with running("--replay") as client:
        for _ in range(3):
            client.post(CALLS)
            client.page(SOME[0])
        report = client.report()
    assert report["calls"] == {"Ws7gDc": 3 * len(CALLS)}
    assert report["requests"] == {"rpc": 3, "page": 3}
    assert report["statuses"] == {"rpc 200": 3, "page 200": 3}
    assert report["in_flight"] == {}


def test_counts_and_truth_are_never_replayed(replaying):
    before = replaying.report()["requests_total"]
    replaying.page(SOME[0])
    assert replaying.report()["requests_total"] == before + 1


def test_it_does_not_go_with_faults():
    (problem,) = Options(replay=True, absent=0.1, rpc_down=True).problems()
    assert (
        problem
        == "--replay sends the same answer again, so faults have no chance: leave out --absent, --rpc-down"
    )

from __future__ import annotations

import json

import orjson
import pytest

from playfast.play import verdict
from playfast.play.verdict import Status

from .records import APP_ID, answer, made, place, record, sparse


@pytest.mark.parametrize(
    ("availability", "status"),
    [
        ([2], Status.AVAILABLE),
        ([2, None, "Early access"], Status.AVAILABLE),
        ([1], Status.PREREGISTER),
        # exists, but is not offered here
        (None, Status.NOT_IN_REGION),
        ([], Status.NOT_IN_REGION),
        ([None], Status.NOT_IN_REGION),
        ([0], Status.NOT_IN_REGION),
        ([3], Status.NOT_IN_REGION),
        (["2"], Status.NOT_IN_REGION),
        ("text", Status.NOT_IN_REGION),
        ([[2]], Status.NOT_IN_REGION),
    ],
)
def test_a_record_tells_whether_the_app_is_offered(availability, status):
    payload = answer(place(record(), (18,), availability))
    assert verdict.of_record(payload, APP_ID) == (status, None)


@pytest.mark.parametrize("kept", [0, 1, 19, 78, 100])
def test_a_sparse_record_tells_the_same(kept):
    assert verdict.of_record(answer(sparse(record(), kept)), APP_ID) == (Status.AVAILABLE, None)


@pytest.mark.parametrize(
    "payload",
    [
        answer(made({(18, 0): 2})),  # whose it is, said by the echo alone
        answer(made({(18, 0): 2, (77, 0): APP_ID}), app_id=None),  # by the record alone
        answer(made({(18, 0): 2, (77, 0): APP_ID}), app_id="another.one"),  # the record's own word counts
    ],
)
def test_an_app_is_known_by_its_record_or_by_the_echo(payload):
    assert verdict.of_record(payload, APP_ID)[0] is Status.AVAILABLE


@pytest.mark.parametrize(
    "payload",
    [
        answer(made({(18, 0): 2, (77, 0): "org.example.other"})),
        answer(made({(18, 0): 2}), app_id="org.example.other"),
        answer(made({(18, 0): 2, (77, 0): APP_ID.upper()})),
        answer(made({(18, 0): 2}), app_id=None),  # nobody's
        answer(made({(18, 0): 2, (77, 0): 5})),
        answer(made({(18, 0): 2, (77, 0): [APP_ID]})),
    ],
)
def test_a_record_of_another_app_or_of_nobody_is_an_error_with_a_reason(payload):
    status, reason = verdict.of_record(payload, APP_ID)
    assert status is Status.ERROR
    assert reason


def test_the_reason_names_the_other_app():
    assert APP_ID in verdict.of_record(answer(), "org.example.other")[1]


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        [None],
        [None, []],
        [None, [None, None, None]],
        [None, [None, None, "text"]],
        "text",
        5,
        {},
        True,
    ],
)
def test_an_answer_without_a_record_is_an_error_with_a_reason(payload):
    status, reason = verdict.of_record(payload, APP_ID)
    assert status is Status.ERROR
    assert reason


def test_a_package_id_of_any_depth_and_length_is_only_another_apps():
    """What orjson decodes may be nested deeper than Python writes it out."""
    deep = orjson.loads("[" * 1000 + "]" * 1000)
    for said in (deep, ["x" * 100_000], "x" * 100_000):
        status, reason = verdict.of_record([None, [None, None, [["Kettle"], {"78": [said]}]]], APP_ID)
        assert status is Status.ERROR
        assert len(reason) < 300


@pytest.mark.parametrize("status", Status)
def test_a_status_is_written_as_its_word(status):
    assert json.loads(orjson.dumps(status)) == str(status) == status.value

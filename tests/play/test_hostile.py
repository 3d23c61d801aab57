"""Answers made to hurt: each of these took minutes, failed with another error than ours, or cost more than itself, before it was mended."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playfast.errors import EnvelopeError, PageError
from playfast.items import App
from playfast.play import convert, envelope, page_only, trouble
from playfast.play.fields import Extractor
from playfast.play.page import Page, details
from tests.fuzz.guard import within

from .bodies import frame, plain
from .pages import block, page
from .records import APP_ID, answer, record

GIVEN = {"app_id": APP_ID, "country": "us", "lang": "en", "status": "available"}
MANY = 400_000


@pytest.mark.parametrize(
    "body",
    [
        b"<script>AF_initDataCallback({key: 'ds:5'" * MANY,
        b"<script>AF_initDataCallback({key: 'ds:5'" * MANY + b"</script>",
        b"<script>AF_initDataCallback({key: 'ds:5' data:" * MANY + b"</script>",
        b"<script>AF_initDataCallback({key: 'ds:5', data:[], sideChannel:errorHasStatus" * MANY
        + b"</script>",
        b"<meta " * MANY + b"<body",
        b"<meta content='" * MANY + b"><body",
        b"AF_dataServiceRequests = {" * MANY,
        b'<script type="application/ld+json"' * MANY + b"</script>",
    ],
    ids=lambda body: f"{body[:44]!r}",
)
def test_a_page_of_open_ends_takes_time_by_its_length_alone(body):
    with within():
        read = Page(body)
        assert page_only.extras(read)["events"] is None
        assert read.meta == read.json_ld == read.routes == {}


@pytest.mark.parametrize(
    "piece",
    [
        b"<form ",
        b"<div a ",
        b"<form a='x' action='",
        b"<form action='https://consent.a",
        b"<form\t",
        b"action='/sorry",
    ],
    ids=repr,
)
@pytest.mark.parametrize("head", [b"", b"<form "], ids=["alone", "in a form"])
@pytest.mark.parametrize("rpc", [True, False], ids=["rpc", "page"])
@pytest.mark.parametrize("status", [200, 429])
def test_a_wall_is_looked_for_in_time_by_the_length_alone(piece, head, rpc, status):
    with within(5):
        for _ in range(20):
            trouble.of_answer(status, head + piece * 40_000, rpc=rpc)


def test_a_block_inside_a_text_is_none():
    """Nobody may write a record into his description."""
    forged = "<script>AF_initDataCallback({key: 'ds:5', data:[\"forged\"], sideChannel: {}"
    whole = record()
    whole[72] = [[None, forged]]
    body = page(block("ds:5", answer(whole)), routes={"ds:5": "Ws7gDc"})
    assert details(Page(body)) == answer(whole)
    raw = block("ds:5", answer(whole)).replace("\\u003c", "<").encode()
    assert details(Page(body.replace(block("ds:5", answer(whole)).encode(), raw))) == answer(whole)


def test_a_number_of_a_character_may_have_any_length():
    for reference in ("&#" + "9" * 5_000 + ";", "&#" + "9" * 5_000, "&#x" + "f" * 5_000 + ";"):
        assert convert.plain(f"a{reference}b") == convert.unescaped(f"a{reference}b") == "a\ufffdb"


def deep(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_a_list_of_served_fields_may_be_nested_as_deep_as_can_be_decoded():
    """Two such lists cannot be compared: Python runs out of its stack."""
    extract = Extractor(App)
    invalid: list[str] = []
    for depth in (1_015, 1_016, 100_000, 1_015):
        payload = answer(record())
        payload[1] += [None] * (40 - len(payload[1]))
        payload[1][39] = [[1, 2, deep(depth)]]
        assert extract(payload, GIVEN, lambda name, _: invalid.append(name)).title
    assert not invalid


@pytest.mark.parametrize("error", [[True], [False, None], True, [[5]], ["5"], [5.0], {}])
def test_the_code_of_an_error_is_a_whole_number(error):
    (found,) = envelope.unpack(plain([frame("0", None, error=error)])).values()
    assert type(found.error) is int
    assert found.error != envelope.NOT_FOUND


def test_half_an_emoji_costs_no_record():
    """A text that Play cut in the middle of one."""
    frames = [frame("0", "cut here \ud83d"), frame("1", "whole 😀")]
    for framed in frames:  # escaped as Play does it, the payload and the frames around it
        framed[2] = json.dumps(json.loads(framed[2]))
    found = envelope.unpack(b")]}'\n\n" + json.dumps(frames).encode())
    assert [found[tag].decoded() for tag in "01"] == ["cut here \ufffd", "whole 😀"]
    body = page(block("ds:5", answer()), routes={"ds:5": "Ws7gDc"}, json_ld='{"name": "cut \\ud83d"}')
    body = body.replace(b'"Kettle"', b'"Kettle\\ud83d"')
    assert details(Page(body))[1][2][0][0].endswith("\ufffd")
    assert Page(body).json_ld == {"name": "cut \ufffd"}


def test_what_is_nested_too_deep_for_a_decoder_is_an_error_of_ours():
    for opening in (b"[", b'{"a":', b'["a",[', b'[[["wrb.fr",'):
        with pytest.raises(EnvelopeError):
            envelope.unpack(b"[[" + opening * 1_000_000)
        with pytest.raises(EnvelopeError):
            envelope.Answer("x", (opening * 1_000_000).decode()).decoded()
        with pytest.raises(PageError):
            details(
                Page(
                    b"<script>AF_initDataCallback({key: 'ds:5', data:"
                    + opening * 1_000_000
                    + b", sideChannel:</script>"
                )
            )
        assert Page(b'<script type="application/ld+json">' + opening * 1_000_000 + b"</script>").json_ld == {}

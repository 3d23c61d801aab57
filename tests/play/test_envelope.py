from __future__ import annotations

import json
import random
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.errors import EnvelopeError
from playfast.play import envelope
from playfast.play.envelope import NOT_FOUND, Answer, Call

from .bodies import GATEWAY_ERROR, PLAY_DATA_ERROR, PREFIX, chunked, frame, plain

FRAMINGS = pytest.mark.parametrize(
    "framing",
    [
        plain,
        chunked,
        lambda frames: chunked(frames, per_line=3),
        lambda frames: chunked(frames, per_line=100),
    ],
    ids=["plain", "chunked", "chunked, three a line", "chunked, all on a line"],
)


# Asking


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(max_size=60) | st.text(st.characters(max_codepoint=127), max_size=60))
def test_a_body_is_quoted_as_the_standard_library_does(text):
    encoded = text.encode("utf-8", "surrogatepass")
    assert envelope._quoted(encoded) == quote(encoded, safe="").encode()


def unpacked_request(body: bytes) -> list[list[object]]:
    """What a server reads out of a POST's body."""
    (pair,) = parse_qsl(body.decode("ascii"), strict_parsing=True, separator="&")
    assert pair[0] == "f.req"
    (calls,) = json.loads(pair[1])
    return calls


@pytest.mark.parametrize(
    "request_text",
    [
        '[null,null,[["a.b",7]]]',
        '["é日\U0001f600"]',
        '["a+b&c=d%20;e#"]',
        '["\\"quoted\\" \\\\ \\n"]',
        "",
        "[]",
    ],
)
def test_a_server_reads_every_call_as_it_was_given(request_text):
    calls = [Call("Ws7gDc", request_text, "0"), Call("oCPfdb", request_text, "a tag & more")]
    assert unpacked_request(envelope.pack(calls)) == [
        ["Ws7gDc", request_text, None, "0"],
        ["oCPfdb", request_text, None, "a tag & more"],
    ]


def test_calls_may_come_one_by_one():
    assert len(unpacked_request(envelope.pack(Call("x", "[]", str(n)) for n in range(1000)))) == 1000


@pytest.mark.parametrize(
    ("origin", "rpcs", "lang", "country", "asked"),
    [
        (
            "https://play.google.com",
            ["Ws7gDc"],
            "en",
            "us",
            {"rpcids": ["Ws7gDc"], "hl": ["en"], "gl": ["us"]},
        ),
        (
            "http://127.0.0.1:8080",
            ["b", "a", "b"],
            "pt-BR",
            "br",
            {"rpcids": ["a,b"], "hl": ["pt-BR"], "gl": ["br"]},
        ),
    ],
)
def test_an_address_names_its_rpcs_once_and_its_storefront(origin, rpcs, lang, country, asked):
    address = urlsplit(envelope.address(origin, rpcs, lang, country))
    assert f"{address.scheme}://{address.netloc}" == origin
    assert address.path == "/_/PlayStoreUi/data/batchexecute"
    assert parse_qs(address.query) == asked


# Answers


@FRAMINGS
def test_answers_are_found_by_their_tags_in_any_order(framing):
    payloads = {str(place): [None, [place, "é日\U0001f600", 'a <b> & "c"\n']] for place in range(20)}
    frames = [frame(tag, payload) for tag, payload in payloads.items()]
    random.Random(5).shuffle(frames)
    answers = envelope.unpack(framing(frames))
    assert {tag: answer.decoded() for tag, answer in answers.items()} == payloads
    assert {answer.rpc for answer in answers.values()} == {"Ws7gDc"}


@FRAMINGS
def test_answers_of_several_rpcs_stand_in_one_body(framing):
    answers = envelope.unpack(framing([frame("b", [2], rpc="oCPfdb"), frame("a", [1], rpc="Ws7gDc")]))
    assert (answers["a"], answers["b"]) == (Answer("Ws7gDc", "[1]"), Answer("oCPfdb", "[2]"))


@FRAMINGS
def test_an_answer_that_was_left_out_is_absent(framing):
    assert envelope.unpack(framing([frame("0", [1]), frame("2", [3])])).keys() == {"0", "2"}


@FRAMINGS
def test_a_null_answer_is_there_and_says_nothing(framing):
    answer = envelope.unpack(framing([frame("0", None)]))["0"]
    assert (answer.payload, answer.error, answer.decoded()) == (None, None, None)


@FRAMINGS
@pytest.mark.parametrize(
    ("error", "code", "kind"),
    [
        (PLAY_DATA_ERROR, NOT_FOUND, "PlayDataError"),
        (GATEWAY_ERROR, 13, "PlayGatewayError"),
        # parts that are missing do not make it an answer
        ([5], 5, None),
        ([], 0, None),
        ([None, None, [["type.googleapis.com/x.PlayGatewayError"]]], 0, "PlayGatewayError"),
        ("broken", 0, None),
        (["5"], 0, None),
        ([7, None, [[5]]], 7, None),
        ([7, None, "text"], 7, None),
        ({"1": 9}, 0, None),
    ],
)
def test_a_failure_reported_inside_a_body_is_no_empty_answer(framing, error, code, kind):
    answers = envelope.unpack(framing([frame("0", [1]), frame("1", None, error=error)]))
    assert answers["0"].error is None
    assert (answers["1"].payload, answers["1"].error, answers["1"].error_type) == (None, code, kind)


@pytest.mark.parametrize("payload", [[1, 2], 5, True, {"a": 1}])
def test_a_payload_that_is_neither_a_text_nor_null_does_not_say_that_there_is_nothing(payload):
    """Play always writes JSON in JSON; anything else is a change of format, and no word on the app."""
    written = json.dumps([["wrb.fr", "Ws7gDc", payload, None, None, None, "0"]])
    try:
        answer = envelope.unpack((PREFIX + written).encode()).get("0")
    except EnvelopeError:
        return
    assert answer is None or answer.error is not None


def test_the_shortest_frame_is_read_and_has_no_tag():
    """Frames of three elements were seen; they can be told only where a single call was sent."""
    assert envelope.unpack((PREFIX + '[["wrb.fr","Ws7gDc","[1]"]]').encode()) == {"": Answer("Ws7gDc", "[1]")}


@pytest.mark.parametrize(
    "other",
    [
        '["di",5]', '["e",4,null,null,5]', '["er",null,null,null,null,500]', '["wrb.fr"]', '["wrb.fr","x"]', "5", "null", '"text"',
        "{}", "[]", '["wrb.fr",5,"[1]",null,null,null,"0"]', '["wrb.fr","x","[1]",null,null,null,5]', '["wrb.fr","x","[1]",null,null,null,["0"]]',
    ],
)  # fmt: skip
def test_other_frames_are_no_answers(other):
    assert envelope.unpack(
        f'{PREFIX}[["wrb.fr","x","[2]",null,null,null,"tag"],{other}]'.encode()
    ).keys() == {"tag"}


@FRAMINGS
def test_text_of_an_answer_that_looks_like_a_frame_is_text(framing):
    tricky = ['[["wrb.fr","x","[9]",null,null,null,"1"]]', '\n[["e",4,null,null,5]]\n', '5\n[["']
    answers = envelope.unpack(framing([frame("0", tricky)]))
    assert answers.keys() == {"0"}
    assert answers["0"].decoded() == tricky


def test_line_ends_of_either_kind_are_read():
    body = chunked([frame("0", [1]), frame("1", [2])]).replace(b"\n", b"\r\n")
    assert envelope.unpack(body).keys() == {"0", "1"}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\n", PREFIX.encode(), b"<!doctype html><html><body>unusual traffic</body></html>", b"[]", b'{"error": 5}',
        b'["wrb.fr"]', b")]}'\n\n105\n", b")]}'\n\n[[\"wrb.fr\"", b'[["wrb.fr","x","[1]"', b"\xff\xfe[\x00[\x00",
    ],
)  # fmt: skip
def test_what_is_no_such_body_is_refused(body):
    with pytest.raises(EnvelopeError):
        envelope.unpack(body)


def test_a_body_of_no_answers_is_a_body():
    assert envelope.unpack(plain([])) == envelope.unpack(chunked([])) == {}


SMALL = [
    frame("0", ["é日", {"141": [1]}]),
    frame("1", None),
    frame("2", None, error=PLAY_DATA_ERROR),
    frame("3", [[]]),
]


@pytest.mark.parametrize(
    "body",
    [plain(SMALL), chunked(SMALL), chunked(SMALL, per_line=2)],
    ids=["plain", "chunked", "chunked, two a line"],
)
def test_a_body_cut_at_any_byte_is_refused_or_complete(body):
    """What stood before the cut must not be used: the calls behind it could not be told from those left out."""
    whole = envelope.unpack(body)
    assert whole.keys() == {"0", "1", "2", "3"}
    refused = 0
    for length in range(len(body)):
        try:
            answers = envelope.unpack(body[:length])
        except EnvelopeError:
            refused += 1
        else:
            assert answers == whole, f"cut at byte {length}"
    assert refused >= len(body) - 1  # only a line feed at the very end may be missing


@pytest.mark.parametrize("payload", ["", "[", "[1,]", "{", "nul", "[1] [2]", "\ud800", "[" * 5000])
def test_a_payload_that_is_no_json_is_refused(payload):
    with pytest.raises(EnvelopeError):
        Answer("Ws7gDc", payload).decoded()


@pytest.mark.parametrize(
    ("payload", "value"), [(None, None), ("null", None), ("[]", []), ('{"141":1}', {"141": 1}), ("0", 0)]
)
def test_a_payload_is_decoded(payload, value):
    assert Answer("Ws7gDc", payload).decoded() == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=60, deadline=None, database=None)
@given(
    st.dictionaries(st.text(max_size=6), JSON, min_size=1, max_size=6),
    st.booleans(),
    st.integers(1, 4),
    st.randoms(),
)
def test_whatever_is_answered_is_read_back(payloads, in_chunks, per_line, shuffled):
    frames = [frame(tag, payload) for tag, payload in payloads.items()]
    shuffled.shuffle(frames)
    answers = envelope.unpack(chunked(frames, per_line=per_line) if in_chunks else plain(frames))
    assert {tag: answer.decoded() for tag, answer in answers.items()} == payloads

"""A page's record sent as an RPC answer gives the same item, in both framings and all spellings.

Play writes one and the same message in several ways: inside a page or inside a `batchexecute` body, the
body on one line or in chunks, a bool as true/false or as 1/0, a message as an array by index or with an
object of field numbers at its end. None of these says anything about the app, so none may change its item.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from playfast.play import envelope

from .recordings import ALL, PAGE_ONLY, PAGES, extract, extracted, file_of, payload, read

if TYPE_CHECKING:
    from collections.abc import Callable

RPC = "Ws7gDc"
TAG = "7"
PREFIX = ")]}'\n\n"

# Where the recordings of 2022 write true and false, and those of 2025 and later 1 and 0; the last four are
# 1 or 0 wherever they were recorded, and look like bools.
BOOLS = (
    (8, 0),
    (8, 1),
    (9, 5),
    (42, 1),
    (42, 2),
    (136, 0, 1, 0),
    (136, 0, 1, 1),
    (8, 2, 0),
    (19, 1, 0),
    (111, 6),
    (136, 2),
)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _frame(message: Any) -> list[Any]:
    return ["wrb.fr", RPC, _compact(message), None, None, None, TAG]


def plain_body(message: Any) -> bytes:
    """All frames in one array on one line."""
    frames = [_frame(message), ["di", 51], ["af.httprm", 50, "1063361603871251654", 10]]
    return f"{PREFIX}{_compact(frames)}\n".encode()


def chunked_body(message: Any) -> bytes:
    """A length line before each chunk, counted in UTF-16 units with a line feed on either side.

    The last frame says how many bytes the body has, itself included.
    """

    def chunk(frames: list[Any]) -> str:
        text = _compact(frames)
        return f"{len(text.encode('utf-16-le')) // 2 + 2}\n{text}\n"

    start = (
        PREFIX
        + chunk([_frame(message)])
        + chunk([["di", 299], ["af.httprm", 299, "1807996992130909047", 17]])
    )
    total, said = 0, -1
    while total != said:
        said = total
        body = (start + chunk([["e", 4, None, None, said]])).encode()
        total = len(body)
    return body


BODIES = {"plain": plain_body, "chunked": chunked_body}


def _holder(record: list[Any], path: tuple[int, ...]) -> tuple[Any, Any] | None:
    """The list or object that holds the value at `path`, and its index or key there; None without a value."""
    node: Any = record
    for depth, index in enumerate(path):
        if not isinstance(node, list):
            return None
        tail = node[-1] if node and isinstance(node[-1], dict) else None
        if index < len(node) - (tail is not None) and node[index] is not None:
            holder, place = node, index
        elif tail is not None and tail.get(str(index + 1)) is not None:
            holder, place = tail, str(index + 1)
        else:
            return None
        if depth == len(path) - 1:
            return holder, place
        node = holder[place]
    return None


def with_bools(message: Any) -> Any:
    """The same message with true and false in place of 1 and 0."""
    message = copy.deepcopy(message)
    turned = 0
    for path in BOOLS:
        found = _holder(message[1][2], path)
        if found is not None and found[0][found[1]] in (0, 1):
            found[0][found[1]] = bool(found[0][found[1]])
            turned += 1
    assert turned > 5, "the bools are not where this test looks for them"
    return message


def with_numbers(message: Any) -> Any:
    """The same message with 1 and 0 in place of true and false, everywhere."""
    if isinstance(message, bool):
        return int(message)
    if isinstance(message, list):
        return [with_numbers(value) for value in message]
    if isinstance(message, dict):
        return {key: with_numbers(value) for key, value in message.items()}
    return message


def _sparse(node: list[Any], start: int) -> list[Any]:
    """The same message with all fields from index `start` on in an object of field numbers at its end."""
    head, tail = node, {}
    if node and isinstance(node[-1], dict):
        head, tail = node[:-1], node[-1]
    moved = {str(i + 1): value for i, value in enumerate(head) if i >= start and value is not None} | tail
    return [*head[:start], moved] if moved else head[:start]


def _dense(node: list[Any]) -> list[Any]:
    """The same message with every field at its index."""
    if not (node and isinstance(node[-1], dict)):
        return node
    *head, tail = node
    dense = head + [None] * (max(map(int, tail)) - len(head))
    for number, value in tail.items():
        dense[int(number) - 1] = value
    return dense


def _respelt(message: Any, spell: Callable[[list[Any]], list[Any]]) -> Any:
    """The message with its record and the message round the record spelt anew."""
    message = copy.deepcopy(message)
    message[1][2] = spell(message[1][2])
    message[1] = spell(message[1])
    return message


SPELLINGS = {
    "as_recorded": lambda message: message,
    "true_false": with_bools,
    "one_zero": with_numbers,
    "dense": lambda message: _respelt(message, _dense),
    # the cuts of the sparse pages on record, and some worse ones
    "sparse_from_113": lambda message: _respelt(message, lambda node: _sparse(node, 113)),
    "sparse_from_104": lambda message: _respelt(message, lambda node: _sparse(node, 104)),
    "sparse_from_52": lambda message: _respelt(message, lambda node: _sparse(node, 52)),
    "all_sparse": lambda message: _respelt(message, lambda node: _sparse(node, 0)),
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("framing", BODIES)
def test_same_item_by_rpc(name, framing, spelling):
    body = BODIES[framing](SPELLINGS[spelling](payload(name)))
    answers = envelope.unpack(body)
    assert list(answers) == [TAG]
    by_rpc = extract(name, answers[TAG].decoded(), {})
    assert by_rpc.invalid == ()
    assert by_rpc.values(without=PAGE_ONLY) == extracted(name).values(without=PAGE_ONLY)
    assert [by_rpc.value(field) for field in PAGE_ONLY] == [None] * len(PAGE_ONLY)


def _kinds(values: dict[str, Any]) -> dict[str, str]:
    return {field: repr(value) for field, value in values.items()}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("spelling", ["true_false", "one_zero"])
def test_bools_stay_bools(name, spelling):
    """True equals 1 to Python; a reader of the data sees the difference."""
    respelt = extract(name, SPELLINGS[spelling](payload(name)), {})
    assert _kinds(respelt.values(without=PAGE_ONLY)) == _kinds(extracted(name).values(without=PAGE_ONLY))


@pytest.mark.parametrize("name", PAGES)
def test_two_apps_in_one_body(name):
    """Each answer is found by its own tag, whatever the order in the body."""
    other = "details_Ws7gDc_2022"
    first, second = _frame(payload(other)), _frame(payload(name))
    first[-1], second[-1] = "other", "this"
    for frames in ([first, second], [second, first]):
        answers = envelope.unpack(f"{PREFIX}{_compact(frames)}\n".encode())
        assert extract(name, answers["this"].decoded(), {}).item.title == extracted(name).item.title
        assert extract(other, answers["other"].decoded(), {}).item.title == extracted(other).item.title


def test_the_chunked_body_is_built_as_play_builds_it():
    """The frames and lengths of this test, against the one chunked answer on record."""
    recorded = read(file_of("charts_vyAe2_rt_c")).decode()
    head, size, chunk, *_, last_size, last, end = recorded.split("\n")[1:]
    assert (recorded[: len(PREFIX)], head, end) == (PREFIX, "", "")
    assert int(size) == len(chunk.encode("utf-16-le")) // 2 + 2
    assert int(last_size) == len(last) + 2
    assert json.loads(last) == [["e", 4, None, None, len(recorded.encode())]]
    (frame,) = json.loads(chunk)
    assert [type(part) for part in frame] == [type(part) for part in _frame({})]
    built = chunked_body(payload("sparse_ko_kr"))
    assert json.loads(built.decode().split("\n")[-2]) == [["e", 4, None, None, len(built)]]


@pytest.mark.parametrize(
    ("body", "tag"),
    [("details_Ws7gDc_2022", "5"), ("charts_vyAe2_rt_c", "generic"), ("permissions_xdSrCf", None)],
)
def test_a_recorded_body_is_unpacked_whole(body, tag):
    """What `unpack` gives is what is in the one frame of the body, read here by line."""
    raw = read(file_of(body)).decode()
    frames = [frame for line in raw.split("\n") if line.startswith("[[") for frame in json.loads(line)]
    (frame,) = [frame for frame in frames if frame[0] == "wrb.fr"]
    assert tag in (frame[6], None)
    answers = envelope.unpack(raw.encode())
    assert list(answers) == [frame[6]]
    assert answers[frame[6]].decoded() == json.loads(frame[2])

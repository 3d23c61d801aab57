"""Whatever comes in: a value of the declared type, None, or the one error that says so. Nothing else ever comes out."""

from __future__ import annotations

import contextlib
import copy
import json
import math
from dataclasses import fields
from typing import Any, get_type_hints

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from playfast.arguments import Arguments
from playfast.errors import ArgumentError, EnvelopeError, PageError, SourceError, UnreadableError
from playfast.items import App
from playfast.play import convert, envelope, markup, money, nested, page_only, parts, verdict
from playfast.play.envelope import Answer
from playfast.play.fields import Extractor, OnPage, sources
from playfast.play.page import Page, details
from playfast.play.reader import NO_MESSAGE
from playfast.play.record import at, find
from playfast.play.verdict import Status
from playfast.sources import app_ids
from playfast.spiders.apps import AppsSpider

from .bodies import chunked, frame, plain
from .pages import block, page
from .records import APP_ID, PLACES, answer, record, sparse
from .shapes import is_a

TYPES = get_type_hints(App)
GIVEN = {"app_id": APP_ID, "country": "us", "lang": "en", "status": "available"}
EXTRACT = Extractor(App)


def examples(number: int):
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


numbers = st.sampled_from(
    [
        0,
        1,
        -1,
        2,
        2**53,
        2**63,
        -(2**63),
        10**400,
        0.0,
        1.5,
        -0.5,
        4.0,
        1e300,
        -1e300,
        1e-320,
        math.inf,
        math.nan,
    ]
)
texts = st.text(max_size=12) | st.sampled_from(
    ["", "#1", "$0.99", "<b>", "&amp;", "http://[", "/x?id=%", "9" * 400, "٣", "²", "\x00"]
)
atoms = st.none() | st.booleans() | st.integers() | st.floats() | numbers | texts


def tailed(inner: Any) -> Any:
    """Arrays that end in an object with numbers for keys, as Play's sparse ones do."""
    tails = st.dictionaries(st.integers(1, 200).map(str), inner, max_size=4)
    return st.tuples(st.lists(inner, max_size=3), tails).map(lambda both: [*both[0], both[1]])


values = st.recursive(
    atoms,
    lambda inner: st.lists(inner, max_size=5) | tailed(inner) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=20,
)


def deep(depth: int) -> Any:
    value: Any = "bottom"
    for _ in range(depth):
        value = [value]
    return value


# Changed copies of the made-up record: any node replaced, removed, or put beside itself.


def _paths(node: Any, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    found = [path] if path else []
    if isinstance(node, list):
        for index, member in enumerate(node):
            found += _paths(member, (*path, index)) if member is not None else []
    return found


PATHS = _paths(record())


@st.composite
def mutated(draw: Any) -> list[Any]:
    changed = copy.deepcopy(record())
    for path in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=12)):
        around = find(changed, path[:-1])
        if not isinstance(around, list) or path[-1] >= len(around):
            continue
        match draw(st.integers(0, 3)):
            case 0:
                around[path[-1]] = draw(values)
            case 1:
                del around[path[-1]]
            case 2:
                around[path[-1]] = [around[path[-1]]]
            case _:
                around.append(draw(tailed(atoms)))
    return sparse(changed, draw(st.integers(0, 160))) if draw(st.booleans()) else changed


payloads = mutated().map(answer) | values | values.map(lambda value: [None, [None, None, value]])


def checked(app: App, invalid: list[str]) -> None:
    for field in fields(App):
        value = getattr(app, field.name)
        assert is_a(value, TYPES[field.name]), f"{field.name} is {value!r:.200}"
        assert value is None or field.name not in invalid, f"{field.name} was reported and has a value"
    assert len(invalid) == len(set(invalid)), "a field was reported twice"
    # A record that cannot be written would end the feed.
    orjson.dumps(app, option=orjson.OPT_NON_STR_KEYS)


def extracted(payload: Any) -> None:
    invalid: list[str] = []

    def on_invalid(name: str, error: Exception) -> None:
        assert isinstance(error, UnreadableError)
        str(error)
        invalid.append(name)

    checked(EXTRACT(payload, GIVEN, on_invalid), invalid)


@examples(250)
@given(payloads)
def test_an_extracted_item_has_the_declared_types(payload):
    extracted(payload)


@examples(100)
@given(st.sampled_from(sorted(PLACES)), values)
@example((13, 2), 1e300)
@example((13, 2), 10**30)
@example((19, 0), "$" + "9" * 400)
@example((51, 0), ["4.3", 1e308])
@example((57, 0, 0, 0, 0, 1, 0), [1e308, "USD", "x"])
def test_one_place_of_the_record_may_hold_anything(path, value):
    whole = record()
    around = at(whole, path[:-1])
    around[path[-1]] = value
    extracted(answer(whole))


@pytest.mark.parametrize("path", [(0, 0), (74, 2), (77, 0), (118,), (57, 0, 0)])
def test_deep_nesting_at_any_place_is_no_reason_to_fail(path):
    """Not as an example of the tests above: hypothesis itself does not print what is nested that deep."""
    whole = record()
    at(whole, path[:-1])[path[-1]] = deep(900)
    payload = [None, [None, None, whole]]
    extracted(payload)
    assert verdict.of_record(payload, APP_ID)[0] in Status


@examples(60)
@given(payloads)
def test_a_verdict_is_always_a_status_with_a_reason_for_an_error(payload):
    status, reason = verdict.of_record(payload, APP_ID)
    assert isinstance(status, Status)
    assert (status is Status.ERROR) == bool(reason)


# Values


CONVERSIONS = {
    convert.text: str | None,
    convert.unescaped: str | None,
    convert.plain: str | None,
    convert.address: str | None,
    convert.id_in_url: str | None,
    convert.integer: int,
    convert.flag: bool,
    convert.number: float,
    convert.micros: float,
    parts.score: float | None,
    parts.score_text: str | None,
    parts.free: bool,
    parts.version_varies: bool,
    convert.size: tuple[int, int],
    parts.histogram: tuple[int, ...],
    parts.scores_by_device: dict[str, float] | None,
    parts.rank: int,
    parts.image_urls: tuple[str, ...] | None,
    parts.image_sizes: tuple[tuple[int, int] | None, ...] | None,
    parts.permissions: tuple[nested.PermissionGroup, ...] | None,
    parts.tags: tuple[nested.Tag, ...] | None,
    parts.data_safety: tuple[nested.SafetyNote, ...] | None,
    convert.moment: TYPES["updated"],
    convert.precise_moment: TYPES["updated"],
}
OF_SEVERAL = {
    parts.in_app_price_min: float | None,
    parts.in_app_price_max: float | None,
    parts.developer_numeric_id: str | None,
    parts.categories: tuple[nested.Category, ...] | None,
    parts.min_sdk: int | None,
    parts.min_android: str | None,
    parts.target_sdk: int | None,
}


@examples(150)
@given(values | st.just(NO_MESSAGE))
def test_a_conversion_gives_its_type_or_says_unreadable(value):
    for function, declared in CONVERSIONS.items():
        try:
            found = function(value)
        except UnreadableError:
            continue
        assert is_a(found, declared), f"{function.__name__} gave {found!r:.200}"


@examples(100)
@given(values | st.just(NO_MESSAGE), values | st.just(NO_MESSAGE))
def test_a_part_made_of_two_places_gives_its_type_or_says_unreadable(one, other):
    for function, declared in OF_SEVERAL.items():
        try:
            found = function(one, other)
        except UnreadableError:
            continue
        assert is_a(found, declared), f"{function.__name__} gave {found!r:.200}"


def test_every_conversion_of_the_item_is_among_those_tried():
    tried = CONVERSIONS.keys() | OF_SEVERAL.keys()
    for name, source in sources(App).items():
        function = getattr(source, "convert", None) or getattr(source, "make", None)
        assert function is None or function in tried, name


@examples(150)
@given(
    texts | st.from_regex(r"[0-9.,'٫٬\u00a0 $€-]{0,20}"), st.sampled_from([None, "USD", "JPY", "KWD", "xyz"])
)
def test_a_price_range_is_two_numbers_in_order_or_none(sentence, currency):
    found = money.price_range(sentence, currency)
    assert found is None or 0 <= found[0] <= found[1]


# Bodies


SAMPLE = [
    frame("0", [None, [None, None, ["Kettle", {"78": ["x"]}]]]),
    frame("1", None),
    frame("2", None, error=[5, None, [["x.y"]]]),
]


@st.composite
def mangled(draw: Any, samples: list[bytes]) -> bytes:
    """Bytes of a sample cut out, doubled, or overwritten."""
    body = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(body)))
        stop = start + draw(st.integers(0, 40))
        body[start:stop] = draw(st.sampled_from([b"", bytes(body[start:stop]) * 2]) | st.binary(max_size=8))
    return bytes(body)


@examples(300)
@given(st.binary(max_size=60) | mangled([plain(SAMPLE), chunked(SAMPLE)]))
@example(b"[[")
@example(b"[[5]]")
@example(b'[["wrb.fr","x",null,null,null,{}]]')
@example(b'[["wrb.fr",null,null]]')
@example(b"[[" + b"[" * 2000)
def test_a_body_gives_answers_by_tag_or_an_envelope_error(body):
    try:
        answers = envelope.unpack(body)
    except EnvelopeError:
        return
    for tag, answer_ in answers.items():
        assert is_a(tag, str)
        assert is_a(answer_.rpc, str)
        assert is_a(answer_.payload, str | None)
        assert is_a(answer_.error, int | None)
        assert is_a(answer_.error_type, str | None)


@examples(100)
@given(st.text() | values.map(lambda value: json.dumps(value)[:-1]) | st.none())
@example("\ud800")
@example("[" * 2000)
def test_a_payload_is_decoded_or_an_envelope_error(payload):
    try:
        Answer("Ws7gDc", payload).decoded()
    except EnvelopeError:
        assert payload is not None


# Pages


ROUTES = {"ds:3": "CLXjtf", "ds:5": "Ws7gDc", "ds:6": "ZittHe", "ds:9": "Ws7gDc", "ds:11": "jRco8"}
RATING = [["4.0", 4.02], [None, ["1", 1], ["2", 2], ["3", 3], ["4", 4], ["5", 5]], ["15", 15], ["3", 3]]
BLOCKS = {
    "ds:3": [["x", "/a", None, [["en", "/b"]]]],
    "ds:5": answer(),
    "ds:6": [
        None,
        [
            None,
            [[*[None] * 52, [[[None, None, [None, "Tea"], None, [None, None, None, [None, None, "x"]]]]]]],
        ],
    ],
    "ds:9": [None, [None, None, [{"52": RATING}]]],
    "ds:11": [None, "United States", "English"],
}
LD = '{"name":"Kettle","aggregateRating":{"ratingValue":"4.3","ratingCount":"5"},"offers":[{"price":"6.99"}]}'
WHOLE = page(
    "".join(block(key, value) for key, value in BLOCKS.items()),
    routes=ROUTES, json_ld=LD, meta=[{"property": "og:image", "content": "x"}, {"itemprop": "price", "content": "$1"}],
)  # fmt: skip


def page_read(body: bytes) -> None:
    read = Page(body)
    assert is_a(read.is_whole, bool)
    assert is_a(read.country, str | None)
    assert is_a(read.routes, dict[str, str])
    assert is_a(read.meta, dict[str, str])
    assert type(read.json_ld) is dict
    for name, value in markup.described(read).items():
        assert is_a(value, TYPES[name]), f"{name} is {value!r:.200}"
    try:
        found = page_only.extras(read)
    except PageError:
        pass
    else:
        for name, value in found.items():
            assert isinstance(sources(App)[name], OnPage)
            assert is_a(value, TYPES[name]), f"{name} is {value!r:.200}"
    with contextlib.suppress(PageError):
        extracted(details(read))


@examples(100)
@given(st.binary(max_size=80) | mangled([WHOLE]))
@example(b'<script type="application/ld+json">' + b"\x00\xff" + b"</script>")
@example(b'<script type="application/ld+json"></script>')
@example(b"</style><meta \x00 content=\xff><body")
@example(b"<meta content='a'><body")
@example(b"AF_initDataCallback({key: 'ds:5'data:[], sideChannel:</script>")
def test_a_page_of_any_bytes_gives_typed_values_or_a_page_error(body):
    page_read(body)


@examples(60)
@given(st.sampled_from(sorted(BLOCKS)), values)
@example("ds:9", [None, [None, None, [{"52": [["4", 10**400], [], ["15", 15]]}]]])
@example("ds:9", [None, [None, None, [{"52": [["4", 1e308], [], ["15", 15]]}]]])
def test_a_block_of_a_page_may_hold_anything(key, value):
    page_read(
        page(
            "".join(block(name, value if name == key else held) for name, held in BLOCKS.items()),
            routes=ROUTES,
        )
    )


@examples(60)
@given(values)
def test_json_ld_may_hold_anything(value):
    page_read(page(json_ld=json.dumps(value)))
    page_read(
        page(
            json_ld=json.dumps(
                {
                    "aggregateRating": {"ratingValue": value, "ratingCount": value},
                    "offers": [value],
                    "name": value,
                }
            )
        )
    )


# Lists and arguments


lines = st.lists(
    st.text(max_size=20)
    | st.sampled_from(['"', "a,b", 'a;"b', "app_id,x", "#", "\r", "a\rb,c", "http://[?id=", "\x00,"]),
    max_size=6,
)


@examples(200)
@given(lines)
@example(["a,b", "x" * 200_000 + ",y"])
@example(['a,"b', *["x" * 1000] * 200])
@example(["play.google.com/store?id=%"])
def test_a_list_gives_ids_or_a_source_error(given_lines):
    try:
        found = list(app_ids.read(given_lines))
    except SourceError:
        return
    for entry in found:
        assert entry
        assert entry == entry.strip()
        problem = app_ids.problem(entry)
        assert problem is None or problem.strip()


words = st.text(max_size=30) | st.sampled_from(
    [
        "",
        "-",
        ",",
        "all",
        "us,uk",
        "en_us",
        "http://[",
        "https://[x",
        "a.b",
        "5",
        "1e5",
        "-1",
        "٣",
        "\x00",
        "/",
        "\ud800",
    ]
)
anything = words | st.lists(words, max_size=3) | st.integers() | st.none() | st.booleans() | st.floats()


@examples(150)
@given(
    st.dictionaries(
        st.sampled_from([*AppsSpider.arguments.declared, "id", "_job", "", "feilds"]), anything, max_size=5
    )
)
@example({"ids": "http://["})
@example({"ids": "https://[::1"})
@example({"ids": "x" * 5000})
@example({"ids": "\x00"})
def test_arguments_of_any_text_give_values_or_an_argument_error(given_arguments):
    try:
        checked_ = AppsSpider.arguments.check(given_arguments)
    except ArgumentError as error:
        assert error.problems
        assert all(problem.strip() for problem in error.problems)
    else:
        assert checked_.keys() == AppsSpider.arguments.declared.keys()


@pytest.mark.parametrize("name", AppsSpider.arguments.declared)
def test_each_argument_alone_takes_any_text_or_says_why_not(name):
    alone = Arguments(AppsSpider.arguments.declared[name])

    @examples(60)
    @given(anything)
    def check(value: Any) -> None:
        try:
            alone.check({name: value})
        except ArgumentError as error:
            assert len(error.problems) == 1
            assert error.problems[0].startswith(f"{name}=")

    check()

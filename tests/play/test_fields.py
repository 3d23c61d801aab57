from __future__ import annotations

import copy
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

import pytest

from playfast.errors import UnreadableError
from playfast.items import App
from playfast.play import calls
from playfast.play.convert import integer, plain
from playfast.play.fields import Extractor, derived, docs, key, key_names, on_page, said, sources, told
from playfast.play.nested import Category

from .records import answer, made, place, record, sparse

KEYS = {"app_id": "org.example.kettle", "country": "us", "lang": "en", "status": "available"}


def _doubled(value: Any, more: Any) -> int:
    """What stands at both places together, twice."""
    return 2 * sum(integer(one) for one in (value, more) if one is not None)


@dataclass(slots=True, kw_only=True)
class Pot:
    """A small item of every kind of field."""

    name: str = key("Whose it is.")
    note: str | None = key("Given or not.", None)
    title: str | None = said(0, 0, doc="Here.")
    count: int | None = said(3, 1, convert=integer, doc="A number.")
    text: str | None = said(4, 0, or_at=(7, 1), convert=plain, doc="Here or there.")
    doubled: int | None = derived(_doubled, (5, 0), (10, 0), doc="Made.")
    hot: bool | None = told(8, 1, doc="Is there something?")
    early: bool | None = told(9, when=lambda value: value == "early", doc="Is it this?")
    seen: int | None = on_page("From the page.")


def read(
    payload: Any, names: Any = None, *, page: Any = None, item: Any = Pot, given: Any = None
) -> tuple[Any, list[str]]:
    invalid: list[str] = []

    def on_invalid(name: str, error: Exception) -> None:
        assert isinstance(error, UnreadableError)
        invalid.append(name)

    made_ = Extractor(item, names)(payload, {"name": "pot"} if given is None else given, on_invalid, page)
    return made_, invalid


def payload(places: dict[Any, Any], served: list[Any] | None = None) -> list[Any]:
    return answer(made(places), served=served, app_id=None)


# What is asked


@pytest.mark.parametrize(
    ("names", "always", "mask"),
    [
        (None, (), (1, 4, 5, 6, 8, 9, 10, 11)),
        (["title"], (), (1,)),
        (["count", "title"], (), (1, 4)),
        (["text"], (), (5, 8)),  # both places
        (["doubled"], (), (6, 11)),
        (["hot", "early"], (), (9, 10)),
        (["seen"], (), ()),
        (["name"], (), ()),
        ([], (19, 78), (19, 78)),
        (["title"], (78, 19, 1), (1, 19, 78)),
        (("title", "title"), (), (1,)),
    ],
)
def test_the_mask_holds_the_numbers_of_the_asked_fields_once_and_in_order(names, always, mask):
    assert Extractor(Pot, names, always=always).mask == mask


@pytest.mark.parametrize(
    "names", [["title", "count"], ("title", "count"), {"title", "count"}, {"title": 1, "count": 2}.keys()]
)
def test_names_may_be_any_collection_and_are_read_in_the_order_of_declaration(names):
    assert Extractor(Pot, names).names == ("title", "count")


def test_names_may_be_an_iterator():
    extractor = Extractor(Pot, iter(["count", "title"]))
    assert (extractor.names, extractor.mask) == (("title", "count"), (1, 4))


def test_every_field_of_an_app_is_asked_by_the_number_it_is_read_from():
    """A field whose number is missing in the mask would be None for ever, without a word."""
    whole = answer(served=None)
    for name in sources(App):
        extractor = Extractor(App, [name], always=calls.ALWAYS_ASKED)
        asked = [value if index + 1 in extractor.mask else None for index, value in enumerate(record())]
        given = {**KEYS}
        everything = getattr(extractor(whole, given, _refuse), name)
        of_the_asked = getattr(extractor(answer(asked), given, _refuse), name)
        assert of_the_asked == everything, name


def _refuse(name: str, error: Exception) -> None:
    raise AssertionError(name) from error


# What is filled


def test_fields_are_filled_from_their_places():
    item, invalid = read(
        payload({(0, 0): "T", (3, 1): 5, (4, 0): "a<br>b", (5, 0): 21, (8, 1): [0], (9,): "early"})
    )
    assert item == Pot(name="pot", title="T", count=5, text="a\nb", doubled=42, hot=True, early=True)
    assert invalid == []


def test_only_the_asked_fields_are_filled():
    whole = payload({(0, 0): "T", (3, 1): 5, (4, 0): "x", (5, 0): 21, (8, 1): [0]}, served=[9, 10])
    item, invalid = read(whole, ["count", "hot"], page={"seen": 5})
    assert item == Pot(name="pot", count=5, hot=True)
    assert invalid == []


def test_a_field_that_is_not_asked_is_not_reported_either():
    _, invalid = read(payload({(0, 0): 5, (3, 1): "no number"}), ["title"])
    assert invalid == ["title"]


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ({(4, 0): "first", (7, 1): "second"}, "first"),
        ({(7, 1): "second"}, "second"),
        ({(4, 0): "", (7, 1): "second"}, "second"),  # an empty text says nothing
        ({(4,): [None], (7, 1): "second"}, "second"),
        ({(4, 0): "<b></b>", (7, 1): "second"}, "second"),
        ({(4, 0): "first"}, "first"),
        ({}, None),
    ],
)
def test_of_two_places_the_first_that_says_something_counts(places, text):
    assert read(payload(places))[0].text == text


@pytest.mark.parametrize("kept", range(11))
def test_a_sparse_record_gives_the_same_item(kept):
    places = {(0, 0): "T", (3, 1): 5, (7, 1): "x", (5, 0): 21, (8, 1): [0], (9,): "early"}
    assert read(answer(sparse(made(places), kept))) == read(answer(made(places)))


@pytest.mark.parametrize("kept", [0, 1, 20, 60, 100, 140, 150])
def test_a_sparse_record_gives_the_same_app(kept):
    assert read(answer(sparse(record(), kept)), item=App, given=KEYS) == read(
        answer(record()), item=App, given=KEYS
    )


def test_the_made_up_app_is_read_whole():
    """The record of these tests fills every field that a record can fill, but the few that exclude others."""
    served = list(range(1, 200))
    app, invalid = read(answer(served=served), item=App, given=KEYS)
    assert invalid == []
    empty = {field.name for field in fields(App) if getattr(app, field.name) is None}
    pages = {name for name, source in sources(App).items() if type(source).__name__ == "OnPage"}
    assert empty - pages == {
        "error",
        "fetched_at",
        "via",
        "url",
        "developer_address",
        "content_rating_explanation",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Kettle"),
        ("summary", "Tea & coffee"),
        ("description", "Boils water.\nAnd keeps it & hot."),
        ("description_html", "Boils water.<br>And <b>keeps</b> it &amp; hot."),
        ("recent_changes", "Fewer leaks & drips.\nHotter."),
        ("recent_changes_at", datetime(2022, 7, 28, 9, 20, tzinfo=UTC)),
        ("installs", "50,000,000+"),
        ("installs_short", "50M+"),
        ("min_installs", 50_000_000),
        ("exact_installs", 91_130_079),
        ("score", 4.315863),
        ("score_text", "4.3"),
        ("ratings", 1000),
        ("reviews", 77),
        ("histogram", (10, 20, 30, 40, 900)),
        ("scores_by_device", {"phone": 4.25, "tablet": 4.5, "device_4": 3.5}),
        ("free", False),
        ("price", 6.99),
        ("currency", "USD"),
        ("price_text", "$6.99"),
        ("original_price", 9.99),
        ("original_price_text", "$9.99"),
        ("sale_ends_at", datetime(2027, 1, 15, 8, 0, tzinfo=UTC)),
        ("sale_text", "Ends in 3 days"),
        ("offer_kind", 2),
        ("offer_label", "$6.99 Buy"),
        ("offer_note", "ChromeOS version sold separately"),
        ("in_app_price_range", "$0.99 - $49.99 per item"),
        ("in_app_price_min", 0.99),
        ("in_app_price_max", 49.99),
        ("developer", "Kettle & Sons"),
        ("developer_id", "Kettle & Sons"),
        ("developer_numeric_id", "4772240900"),
        ("developer_url", "https://play.google.com/store/apps/developer?id=Kettle+%26+Sons"),
        ("developer_website", "https://kettle.example/"),
        ("developer_email", "help@kettle.example"),
        ("seller", "Example Commerce Ltd"),
        ("trader_name", "Kettle Ltd"),
        ("trader_email", "law@kettle.example"),
        ("trader_address", "1 Spout Road\nTeatown"),
        ("trader_phone", "+44 1 234"),
        ("privacy_policy", "https://kettle.example/privacy"),
        ("genre", "Arcade"),
        ("genre_id", "GAME_ARCADE"),
        ("genre_url", "https://play.google.com/store/apps/category/GAME_ARCADE"),
        ("categories", (Category("GAME_ARCADE", "Arcade"), Category("GAME_CASUAL", "Casual"))),
        ("chart", "top paid arcade"),
        ("chart_rank", 1),
        ("content_rating", "Everyone 10+"),
        ("content_rating_description", "Fantasy Violence"),
        ("content_rating_icon", "https://play-lh.example/rating"),
        ("interactive_elements", "Users Interact, In-Game Purchases"),
        ("icon", "https://play-lh.example/icon"),
        ("icon_size", (512, 512)),
        ("header_image_size", (1024, 500)),
        ("screenshots", ("https://play-lh.example/shot1", "https://play-lh.example/shot2")),
        ("screenshot_sizes", ((1920, 1080), (1280, 720))),
        ("video", "https://play.google.com/video/lava/x"),
        ("video_id", "dQw4w9WgXcQ"),
        ("video_thumbnail", "https://i.ytimg.example/still.jpg"),
        ("preview_video", "https://play-games.example/preview.mp4"),
        ("preview_video_size", (854, 480)),
        ("released", datetime(2011, 8, 15, 17, 0, 0, 500_000, tzinfo=UTC)),
        ("released_text", "Aug 15, 2011"),
        ("updated", datetime(2026, 7, 28, 12, 0, 0, 250_000, tzinfo=UTC)),
        ("updated_text", "Jul 28, 2026"),
        ("version", "1.19.11"),
        ("version_varies", False),
        ("min_sdk", 24),
        ("min_android", "7.0"),
        ("max_android", "13"),
        ("target_sdk", 35),
        ("data_collected", True),
        ("data_shared", False),
        ("in_app_purchases", True),
        ("contains_ads", True),
        ("play_pass", True),
        ("family_library", True),
    ],
)
def test_a_field_of_the_made_up_app_has_its_value(name, value):
    """The places are those of recorded answers, written down apart from the declarations."""
    app, _ = read(answer(), item=App, given=KEYS)
    assert getattr(app, name) == value


@pytest.mark.parametrize("rating", [None, [["0.0", 0], None, ["0", 0], ["0", 0]]], ids=["left out", "zeros"])
def test_an_unrated_app_has_no_rating_in_either_form(rating):
    app, invalid = read(answer(place(record(), (51,), rating)), item=App, given=KEYS)
    assert (app.score, app.score_text, app.histogram) == (None, None, None)
    assert app.ratings == (None if rating is None else 0)
    assert invalid == []


# Yes and no


@pytest.mark.parametrize(
    ("value", "served", "hot"),
    [
        ([0], None, True),
        ([0], [9], True),
        ([0], [], True),  # what stands there was served, whatever the list says
        (None, [9], False),
        (None, [1, 9, 10], False),
        (None, [1, 10], None),  # not asked: unknown
        (None, [], None),
        (None, None, None),  # no list: unknown
    ],
)
def test_a_flag_is_yes_where_something_stands_and_no_only_where_it_was_served(value, served, hot):
    places = {(0, 0): "T"} if value is None else {(0, 0): "T", (8, 1): value}
    assert read(payload(places, served))[0].hot is hot


def test_a_flag_under_an_empty_field_that_was_served_is_no():
    assert read(payload({(8,): []}, [9]))[0].hot is False
    assert read(payload({(8,): [None]}, [9]))[0].hot is False


@pytest.mark.parametrize(("value", "early"), [("early", True), ("late", False), (5, False), (None, False)])
def test_a_flag_may_want_a_certain_value(value, early):
    assert read(payload({(0, 0): "T", (9,): value}, [10]))[0].early is early


@pytest.mark.parametrize("value", ["text", 5, True, 1.5])
def test_a_flag_whose_place_is_of_another_shape_is_reported_and_neither_yes_nor_no(value):
    item, invalid = read(payload({(8,): value}, [9]))
    assert (item.hot, invalid) == (None, ["hot"])


@pytest.mark.parametrize("echo", ["text", 5, [5], [["9"]], [[9.5]], {"1": [9]}])
def test_a_list_of_served_fields_that_cannot_be_read_is_none(echo):
    assert read(place(payload({(0, 0): "T"}), (1, 39), echo))[0].hot is None


@pytest.mark.parametrize(
    "name",
    ["in_app_purchases", "contains_ads", "play_pass", "family_library", "teacher_approved", "editors_choice"],
)
def test_the_flags_of_an_app_are_no_where_they_were_asked_and_left_out(name):
    bare = made({(0, 0): "Kettle", (18, 0): 2})
    numbers = list(Extractor(App, [name]).mask)
    assert getattr(read(answer(bare, served=numbers), item=App, given=KEYS)[0], name) is False
    assert getattr(read(answer(bare), item=App, given=KEYS)[0], name) is None


# What cannot be read


def test_a_value_of_another_type_is_none_and_reported_once_with_its_field():
    item, invalid = read(payload({(0, 0): 5, (3, 1): "no number", (4, 0): ["x"], (5, 0): "x"}))
    assert item == Pot(name="pot")
    assert sorted(invalid) == ["count", "doubled", "text", "title"]


def test_every_occurrence_is_reported():
    extractor, invalid = Extractor(Pot), []
    for _ in range(3):
        extractor(payload({(0, 0): 5}), {"name": "pot"}, lambda name, _: invalid.append(name))
    assert invalid == ["title"] * 3


def test_a_field_of_another_shape_is_reported_for_each_field_in_it():
    app, invalid = read(answer(place(record(), (13,), "lots")), item=App, given=KEYS)
    assert (app.installs, app.min_installs) == (None, None)
    assert sorted(invalid) == ["exact_installs", "installs", "installs_short", "min_installs"]


def test_one_unreadable_value_costs_no_other():
    whole, _ = read(answer(), item=App, given=KEYS)
    broken, invalid = read(answer(place(record(), (13, 1), "lots")), item=App, given=KEYS)
    assert invalid == ["min_installs"]
    whole.min_installs = None
    assert broken == whole


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        [None],
        [None, None],
        [None, []],
        "text",
        5,
        {},
        [None, [None, None, "x"]],
        [None, [None, None, 5]],
        [None, {}],
    ],
)
def test_without_a_record_only_the_key_is_filled(payload):
    assert read(payload) == (Pot(name="pot"), [])


# Pages and keys


def test_what_only_a_page_carries_is_handed_over():
    assert read(payload({}), page={"seen": 5, "title": "not from the page", "other": 1})[0] == Pot(
        name="pot", seen=5
    )
    assert read(payload({}), page={"seen": None})[0].seen is None
    assert read(None, page={"seen": 5})[0].seen == 5


def test_the_key_fields_are_given_whatever_is_asked():
    item, _ = read(payload({(0, 0): "T"}), ["title"], given={"name": "mine", "note": "yes"})
    assert item == Pot(name="mine", note="yes", title="T")


def test_an_item_without_its_key_is_refused():
    with pytest.raises(TypeError):
        read(payload({}), given={})


def test_reading_leaves_the_payload_as_it_was():
    before = answer(served=[1, 2])
    after = copy.deepcopy(before)
    read(after, item=App, given=KEYS)
    assert after == before


def test_two_items_share_no_value_that_can_be_changed():
    first, _ = read(answer(), item=App, given=KEYS)
    second, _ = read(answer(), item=App, given=KEYS)
    shared = [getattr(first, name) for name in sources(App) if getattr(first, name) is getattr(second, name)]
    assert first.categories in shared
    assert {hash(value) for value in shared}  # only what never changes has one, all the way down
    first.scores_by_device.clear()
    assert second.scores_by_device == {"phone": 4.25, "tablet": 4.5, "device_4": 3.5}


def test_declarations_are_read_in_order():
    assert list(sources(Pot)) == ["name", "note", "title", "count", "text", "doubled", "hot", "early", "seen"]
    assert docs(Pot)["title"] == "Here."
    assert key_names(Pot) == ("name", "note")

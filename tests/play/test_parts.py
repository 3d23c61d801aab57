from __future__ import annotations

from typing import Any

import pytest

from playfast.errors import UnreadableError
from playfast.items import App
from playfast.play import parts
from playfast.play.fields import Extractor
from playfast.play.nested import Category, PermissionGroup, SafetyNote, Tag

from .records import answer, made, sparse

LINK = [None, None, None, None, [None, None, "/store/search?q=offline"]]
OFFLINE = ["Offline", LINK, None, "/g/11"]
CASUAL = ["Casual", LINK, "GAME_CASUAL", "/m/01"]


def tag(name: str, group: int, *, category: str | None = None, kg_id: str | None = None, url: bool = True):
    return Tag(
        name, kg_id, category, "https://play.google.com/store/search?q=offline" if url else None, group
    )


def field(name: str, record: list[Any]) -> Any:
    """A field of an app with that record."""

    def on_invalid(_: str, error: Exception) -> None:
        raise error

    app = Extractor(App, [name])(
        answer(record), {"app_id": "a.b", "country": "us", "lang": "en", "status": "available"}, on_invalid
    )
    return getattr(app, name)


# Ratings


@pytest.mark.parametrize(
    ("rating", "score", "shown"),
    [
        # rated
        ([["4.3", 4.315863]], 4.315863, "4.3"),
        ([["4,3", 4.315863]], 4.315863, "4,3"),
        ([["5.0", 5]], 5.0, "5.0"),
        ([[None, 4.5]], 4.5, None),
        # unrated: no field, or (recorded) zeros
        (None, None, None),
        ([], None, None),
        ([None], None, None),
        ([["0.0", 0]], None, None),
        ([["0.0", 0.0], None, ["0", 0]], None, None),
        ([[None, None]], None, None),
    ],
)
def test_a_score_of_zero_is_no_score(rating, score, shown):
    record = made({(51,): rating})
    assert (field("score", record), field("score_text", record)) == (score, shown)


@pytest.mark.parametrize("rating", ["text", 5, [["4.3", "4.3"]], [["4.3", True]], [["4.3", [4.3]]], ["4.3"]])
def test_a_score_of_another_type_is_unreadable(rating):
    with pytest.raises(UnreadableError):
        field("score", made({(51,): rating}))


def test_a_score_text_of_another_type_is_unreadable():
    with pytest.raises(UnreadableError):
        field("score_text", made({(51, 0): [4.3, 4.315863]}))


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ([None, ["10", 10], ["20", 20], ["30", 30], ["40", 40], ["900", 900]], (10, 20, 30, 40, 900)),
        ([None, ["0", 0], ["0", 0], ["0", 0], ["0", 0], ["1", 1]], (0, 0, 0, 0, 1)),
        # the element at 0 is never one of the stars
        ([["x", 7], ["10", 1], ["20", 2], ["30", 3], ["40", 4], ["900", 5]], (1, 2, 3, 4, 5)),
        ([{"2": ["1", 1], "3": ["2", 2], "4": ["3", 3], "5": ["4", 4], "6": ["5", 5]}], (1, 2, 3, 4, 5)),
        ([None, ["1", 1.0], ["1", 1], ["1", 1], ["1", 1], ["1", 1]], (1, 1, 1, 1, 1)),
    ],
)
def test_a_histogram_counts_from_one_star_to_five(value, counts):
    assert parts.histogram(value) == counts


@pytest.mark.parametrize(
    "value",
    [
        [], [None], [None, ["1", 1], ["2", 2], ["3", 3], ["4", 4]],
        [None, ["1", 1], None, ["3", 3], ["4", 4], ["5", 5]],
        [None, ["1", 1], ["2"], ["3", 3], ["4", 4], ["5", 5]],
        [None, ["1", "1"], ["2", 2], ["3", 3], ["4", 4], ["5", 5]],
        [None, ["1", True], ["2", 2], ["3", 3], ["4", 4], ["5", 5]],
        [None, 1, 2, 3, 4, 5],
        "text", 5, {},
    ],
)  # fmt: skip
def test_a_histogram_without_all_five_counts_is_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.histogram(value)


@pytest.mark.parametrize(
    ("value", "scores"),
    [
        ([[2, [None, 4.25]], [3, [None, 4.5]]], {"phone": 4.25, "tablet": 4.5}),
        ([[5, [None, 4]], [6, [None, 3.5]]], {"chromebook": 4.0, "tv": 3.5}),
        # codes nobody has named yet
        ([[4, [None, 4.5]], [7, [None, 1.5]]], {"device_4": 4.5, "device_7": 1.5}),
        # devices without a score
        ([[2, [None, None]], [3, None], [6], [None, [None, 4.0]]], None),
        ([[2, None], [3, [None, 4.5]]], {"tablet": 4.5}),
        ([], None),
    ],
)
def test_scores_by_device_are_named_by_kind_of_device(value, scores):
    assert parts.scores_by_device(value) == scores


@pytest.mark.parametrize(
    "value",
    ["text", 5, {}, [5], [["2", [None, 4.5]]], [[2, 4.5]], [[2, [None, "4.5"]]], [[2.5, [None, 4.5]]]],
)
def test_scores_by_device_of_another_type_are_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.scores_by_device(value)


# Prices


@pytest.mark.parametrize(
    ("price", "free"),
    [([0, "USD", ""], True), ([6_990_000, "USD", "$6.99"], False), ([None, "USD"], None), (None, None)],
)
def test_an_app_is_free_if_its_price_is_zero_and_neither_without_a_price(price, free):
    assert field("free", made({(57, 0, 0, 0, 0, 1, 0): price})) is free


def test_an_app_without_an_offer_is_neither_free_nor_not():
    assert field("free", []) is None
    assert field("free", made({(57,): []})) is None


def priced(sentence, currency="USD"):
    return made({(19, 0): sentence, (57, 0, 0, 0, 0, 1, 0, 1): currency})


@pytest.mark.parametrize(
    ("record", "low", "high"),
    [
        (priced("$0.99 - $49.99 per item"), 0.99, 49.99),
        (priced("$1.49 per item"), 1.49, 1.49),
        (priced("KWD 0.300 – KWD 30.990", "KWD"), 0.3, 30.99),
        (priced("$0.99 - $49.99", None), 0.99, 49.99),
        (priced("$0.99 - $49.99", 5), 0.99, 49.99),  # a currency that is none does not spoil the prices
        (priced(None), None, None),
        (priced(""), None, None),
        (made({(19,): []}), None, None),
        ([], None, None),
    ],
)
def test_in_app_prices_are_read_from_their_sentence(record, low, high):
    assert (field("in_app_price_min", record), field("in_app_price_max", record)) == (low, high)


@pytest.mark.parametrize("sentence", ["prices vary", 5, ["$0.99"], True])
@pytest.mark.parametrize("name", ["in_app_price_min", "in_app_price_max"])
def test_an_in_app_sentence_without_prices_is_unreadable(name, sentence):
    with pytest.raises(UnreadableError):
        field(name, priced(sentence))


def test_an_in_app_price_is_a_finite_number():
    with pytest.raises(UnreadableError):
        field("in_app_price_max", priced("$" + "9" * 400))


# The developer's number


@pytest.mark.parametrize(
    ("developer", "number"),
    [
        (
            ["Kettle", [None] * 4 + [[None, None, "/store/apps/developer?id=Kettle"]], "4772240900"],
            "4772240900",
        ),
        # before it had a place of its own
        (
            ["Google", [None] * 4 + [[None, None, "/store/apps/dev?id=5700313618786177705"]]],
            "5700313618786177705",
        ),
        (["Kettle", [None] * 4 + [[None, None, "/store/apps/developer?id=Kettle"]]], None),
        (["Kettle", [None] * 4 + [[None, None, "/store/apps/developer?id=12+Kettles"]]], None),
        (["Kettle", [None] * 4 + [[None, None, "/store/apps/developer?id=%D9%A1%D9%A2"]]], None),
        (["Kettle", [None] * 4 + [[None, None, "/store/apps/dev"]]], None),
        (["Kettle"], None),
        (None, None),
    ],
)
def test_the_developers_number_is_told_or_in_the_link(developer, number):
    assert field("developer_numeric_id", made({(68,): developer})) == number


# Categories and tags


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        # every nesting that was recorded, and deeper
        ([[CASUAL]], (tag("Casual", 0, category="GAME_CASUAL", kg_id="/m/01"),)),
        ([CASUAL], (tag("Casual", 0, category="GAME_CASUAL", kg_id="/m/01"),)),
        ([[[CASUAL]]], (tag("Casual", 0, category="GAME_CASUAL", kg_id="/m/01"),)),
        ([[[[CASUAL, OFFLINE]]]], (tag("Casual", 0, category="GAME_CASUAL", kg_id="/m/01"), tag("Offline", 0, kg_id="/g/11"))),
        # groups keep their numbers, also past an empty one
        ([[CASUAL], None, [], [[OFFLINE]]], (tag("Casual", 0, category="GAME_CASUAL", kg_id="/m/01"), tag("Offline", 3, kg_id="/g/11"))),
        # a group's caption, or anything shorter than a tag, is none
        ([["Genre", [[CASUAL]]]], None),
        ([["Genre"], [[OFFLINE]]], (tag("Offline", 1, kg_id="/g/11"),)),
        # parts may be missing
        ([[["Offline", None, None, None]]], (tag("Offline", 0, url=False),)),
        ([], None),
        ([None], None),
        ([[[[]]]], None),
    ],
)  # fmt: skip
def test_tags_are_found_in_every_nesting(value, tags):
    assert parts.tags(value) == tags


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_a_tag_in_sparse_form_is_the_same_tag(kept):
    assert parts.tags([[sparse(CASUAL, kept)]]) == parts.tags([[CASUAL]])


def test_tags_deeper_than_anything_recorded_do_not_end_the_walk():
    node = CASUAL
    for _ in range(500):
        node = [node]
    assert parts.tags([node, [OFFLINE]]) == (tag("Offline", 1, kg_id="/g/11"),)


@pytest.mark.parametrize(
    "value",
    [
        "text",
        5,
        {"1": []},
        [[["Casual", "link", None, None]]],
        [[["Casual", None, 5, None]]],
        [[["Casual", None, None, 5]]],
    ],
)
def test_tags_of_another_type_are_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.tags(value)


ARCADE = ["Arcade", LINK, "GAME_ARCADE"]


@pytest.mark.parametrize(
    ("genre", "tags", "categories"),
    [
        # the main one first, then those among the tags, each once
        (ARCADE, [[CASUAL, OFFLINE]], (Category("GAME_ARCADE", "Arcade"), Category("GAME_CASUAL", "Casual"))),
        (ARCADE, [[["Arcade!", LINK, "GAME_ARCADE", "/m/02"], CASUAL, CASUAL]], (Category("GAME_ARCADE", "Arcade"), Category("GAME_CASUAL", "Casual"))),
        (ARCADE, None, (Category("GAME_ARCADE", "Arcade"),)),
        (None, [[CASUAL]], (Category("GAME_CASUAL", "Casual"),)),
        (ARCADE, [[OFFLINE]], (Category("GAME_ARCADE", "Arcade"),)),
        # no code, no category
        (["Arcade", LINK, None], None, None),
        (["Arcade", LINK, ""], None, None),
        (["Arcade"], [], None),
        (None, None, None),
    ],
)  # fmt: skip
def test_categories_are_the_main_one_and_those_among_the_tags(genre, tags, categories):
    assert field("categories", made({(79, 0, 0): genre, (118,): tags})) == categories


@pytest.mark.parametrize(
    ("genre", "tags"),
    [("Arcade", None), (["Arcade", LINK, 5], None), ([5, LINK, "GAME_ARCADE"], None), (ARCADE, "text")],
)
def test_categories_of_another_type_are_unreadable(genre, tags):
    with pytest.raises(UnreadableError):
        field("categories", made({(79, 0, 0): genre, (118,): tags}))


# Rank


@pytest.mark.parametrize(
    ("value", "rank"), [("#1", 1), ("#200", 200), ("Nr. 5", 5), ("第 12 位", 12), ("#٣", 3), ("1", 1)]
)
def test_a_rank_is_read_from_its_text(value, rank):
    assert parts.rank(value) == rank


@pytest.mark.parametrize("value", ["", "#", "top", "#²", 1, None, ["#1"], "#" + "1" * 10, "9" * 5000])
def test_a_rank_without_a_number_is_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.rank(value)


# Pictures


def image(url, size):
    return [None, None, size, [None, None, url]]


@pytest.mark.parametrize(
    ("value", "urls", "sizes"),
    [
        ([image("a", [1080, 1920]), image("b", [720, 1280])], ("a", "b"), ((1920, 1080), (1280, 720))),
        ([image("a", None), image("b", [720, 1280])], ("a", "b"), (None, (1280, 720))),
        # images without an address are in neither list
        ([image(None, [1, 2]), image("b", [720, 1280])], ("b",), ((1280, 720),)),
        ([image("", [1, 2]), image("b", [720, 1280])], ("b",), ((1280, 720),)),
        ([[None, None, [1, 2]]], None, None),
        ([image("", [1, 2])], None, None),
        ([], None, None),
    ],
)
def test_pictures_and_their_sizes_go_together(value, urls, sizes):
    assert (parts.image_urls(value), parts.image_sizes(value)) == (urls, sizes)


@pytest.mark.parametrize("value", ["text", 5, ["a"], [image(5, [1, 2])]])
def test_picture_addresses_of_another_type_are_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.image_urls(value)


@pytest.mark.parametrize(
    "value", ["text", 5, ["a"], [image("a", "big")], [image("a", [1])], [image("a", [1, "2"])]]
)
def test_picture_sizes_of_another_type_are_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.image_sizes(value)


# Versions and SDK levels


@pytest.mark.parametrize(
    ("version", "varies"),
    [
        (None, None),
        ([[["1.19.11"]], [[[35]]]], False),
        ([[["1.19.11"]]], False),
        # "Varies with device"
        ([[None, []], [[[35]]]], True),
        ([None, [[[35]]]], True),
        ([[None, []]], True),
    ],
)
def test_a_version_varies_where_its_field_names_none(version, varies):
    assert field("version_varies", made({(140,): version})) is varies


@pytest.mark.parametrize(
    ("levels", "minimum", "android", "target"),
    [
        # a second level is the minimum, the first one the target, with or without a text
        ([[[35]], [[[24, "7.0"]]]], 24, "7.0", 35),
        ([[[31, "12"]], [[[21, "5.0"]]]], 21, "5.0", 31),
        ([[[35]], [[[24]]]], 24, None, 35),
        ([[[35]], [[[24, "7.0"], [33, "13"]]]], 24, "7.0", 35),
        ([None, [[[24, "7.0"]]]], 24, "7.0", None),
        # alone: one element is the target, two the minimum
        ([[[35]], [None, []]], None, None, 35),
        ([[[35]]], None, None, 35),
        ([[[29, "10"]], [None, []]], 29, "10", None),
        ([[[29, "10"]]], 29, "10", None),
        ([[[29, None]]], 29, None, None),
        # a maximum without a minimum changes nothing
        ([[[35]], [[None, [33, "13"]]]], None, None, 35),
        # nothing
        ([[[]]], None, None, None),
        ([[None]], None, None, None),
        ([], None, None, None),
        (None, None, None, None),
    ],
)
@pytest.mark.parametrize("version", [["1.19.11"], None], ids=["named", "varies"])
def test_sdk_levels_follow_the_rule_whether_or_not_the_version_varies(
    version, levels, minimum, android, target
):
    record = made({(140, 0): [version], (140, 1): levels})
    assert (field("min_sdk", record), field("min_android", record), field("target_sdk", record)) == (
        minimum,
        android,
        target,
    )


@pytest.mark.parametrize(
    ("level", "minimum", "android", "target"),
    [
        ([{"1": 29, "2": "10"}], 29, "10", None),
        ([29, {"2": "10"}], 29, "10", None),
        ([{"1": 35}], None, None, 35),
    ],
)
def test_an_sdk_level_in_sparse_form_is_the_same_level(level, minimum, android, target):
    record = made({(140, 1): [[level]]})
    assert (field("min_sdk", record), field("min_android", record), field("target_sdk", record)) == (
        minimum,
        android,
        target,
    )


@pytest.mark.parametrize(
    "levels", ["35", [["35"]], [[5]], [[["35"]]], [[[35.5]]], [[["29", "10"]]], [[[True]]]]
)
def test_sdk_levels_of_another_type_are_unreadable_for_one_of_both(levels):
    """Which of the two is told may depend on the shape; that both are silent may not."""
    record = made({(140, 1): levels})
    refused = 0
    for name in ("min_sdk", "target_sdk"):
        try:
            assert field(name, record) is None
        except UnreadableError:
            refused += 1
    assert refused


# Permissions and data safety


GROUP = ["Location", ["icon"], [[None, "approximate"], [None, "precise"]], ["id"]]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (
            [[GROUP], [["Other", None, [[None, "network"]]]], [[None, "receive"]]],
            (
                PermissionGroup("common", "Location", ("approximate", "precise")),
                PermissionGroup("other", "Other", ("network",)),
                PermissionGroup("ungrouped", None, ("receive",)),
            ),
        ),
        ([[GROUP]], (PermissionGroup("common", "Location", ("approximate", "precise")),)),
        ([None, [GROUP]], (PermissionGroup("other", "Location", ("approximate", "precise")),)),
        ([None, None, [[None, "receive"]]], (PermissionGroup("ungrouped", None, ("receive",)),)),
        ([{"3": [[None, "receive"]]}], (PermissionGroup("ungrouped", None, ("receive",)),)),
        # a group may be empty, and its texts too
        ([[["Camera", ["icon"], [], ["id"]]]], (PermissionGroup("common", "Camera", ()),)),
        ([[["Camera", ["icon"], [[None, ""], [None]], ["id"]]]], (PermissionGroup("common", "Camera", ()),)),
        ([[], [], []], None),
        ([], None),
        ([None, None, None], None),
    ],
)  # fmt: skip
def test_permissions_keep_their_kinds_and_groups(value, wanted):
    assert parts.permissions(value) == wanted


@pytest.mark.parametrize(
    "value", ["text", 5, {}, ["text"], [5], [[5]], [[[5]]], [[["Location", None, "text"]]], [[["Location", None, [5]]]], [None, None, "x"], [None, None, [[None, 5]]], [None, None, [[None, ["a"]]]], [""], [0], [False]]
)  # fmt: skip
def test_permissions_of_another_type_are_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.permissions(value)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ([[None, "No data shared", [None, "Learn <a href='x'>more</a> &amp; see"]]], (SafetyNote("No data shared", "Learn more & see"),)),
        ([["icon", "Encrypted"]], (SafetyNote("Encrypted", None),)),
        ([["icon", "Encrypted", None]], (SafetyNote("Encrypted", None),)),
        ([["icon", None, [None, "text alone"]]], None),
        ([], None),
    ],
)  # fmt: skip
def test_data_safety_is_headings_and_texts(value, wanted):
    assert parts.data_safety(value) == wanted


@pytest.mark.parametrize("value", ["text", 5, [5], [[None, 5]], [[None, "a", "b"]], [[None, "a", [None, 5]]]])
def test_data_safety_of_another_type_is_unreadable(value):
    with pytest.raises(UnreadableError):
        parts.data_safety(value)


def test_a_device_without_ratings_is_left_out_of_the_scores_by_device():
    assert parts.scores_by_device([[2, [None, 4.5]], [3, [None, 0]]]) == {"phone": 4.5}
    assert parts.scores_by_device([[3, [None, 0]]]) is None

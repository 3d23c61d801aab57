from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from playfast.play import nested, parts, shared
from playfast.play.nested import Category, PermissionGroup

SHAPES = [
    shape
    for shape in vars(nested).values()
    if isinstance(shape, type) and shape.__module__ == nested.__name__
]
TAGS = [[["Casual", [None, None, None, None, [None, None, "/x"]], "GAME_CASUAL", "/m/01"]]]
PERMISSIONS = [[["Location", None, [[None, "precise"]], None]]]
SAFETY = [[None, "No data shared", [None, "Learn <b>more</b>"]]]
IMAGES = [[None, None, [1080, 1920], [None, None, "a"]]]


def test_the_same_arguments_get_the_same_value():
    make = shared.shared(Category)
    assert make("TOOLS", "Tools") is make("TOOLS", "Tools")
    assert make("TOOLS", "Werkzeuge") == Category("TOOLS", "Werkzeuge")
    assert make("TOOLS", None) == Category("TOOLS", None)


def test_what_is_kept_has_an_end():
    """Else the memory of a crawl of a million apps would grow with it."""
    made = []

    def make(number: int) -> int:
        made.append(number)
        return number

    kept = shared.shared(make)
    for number in range(3 * shared._KEPT):
        kept(number)
    kept(number)
    assert len(made) == 3 * shared._KEPT
    kept(0)
    assert len(made) == 3 * shared._KEPT + 1


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda value: parts.tags(value)[0], TAGS),
        (lambda value: parts.permissions(value)[0], PERMISSIONS),
        (parts.data_safety, SAFETY),
        (parts.image_sizes, IMAGES),
    ],
    ids=["tag", "permission group", "safety notes", "picture sizes"],
)
def test_apps_share_what_is_equal(read, value):
    assert read(value) is read(value)


def test_apps_share_their_categories():
    assert parts.categories(None, TAGS) is parts.categories(None, TAGS)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_never_changes(shape):
    made = shape(*[None for _ in fields(shape)])
    for name in (fields(shape)[0].name, "another"):
        with pytest.raises(FrozenInstanceError):
            setattr(made, name, "other")


def test_shapes_with_the_same_values_are_equal():
    assert PermissionGroup("other", None, ("a",)) == PermissionGroup("other", None, ("a",))
    assert len({Category("TOOLS", "Tools"), Category("TOOLS", "Tools")}) == 1

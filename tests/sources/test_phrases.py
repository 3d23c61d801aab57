"""Lists of searches and of developers."""

from __future__ import annotations

import pytest

from playfast.sources.phrases import DEVELOPERS, SEARCHES


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("panda", ["panda"]),
        ('  "panda, big"  ', ["panda, big"]),
        ('"to do" list', ['"to do" list']),
        ('list "to do"', ['list "to do"']),
        ('"to do" "list"', ['"to do" "list"']),
        ('19" rack', ['19" rack']),
        ('"', ['"']),
        ('""', []),
        ("   ", []),
        ("# a remark", []),
        ('"#1 game"', ["#1 game"]),
        ("https://play.google.com/store/search?q=to+do&c=apps", ["to do"]),
        ("https://play.google.com/store/search?q=+to+do+&c=apps", ["to do"]),
        ("/store/search?c=apps", ["/store/search?c=apps"]),
        ("/store/search?q=+&c=apps", ["/store/search?q=+&c=apps"]),
        ("https://[/store/search?q=panda", ["https://[/store/search?q=panda"]),
        ('" panda "', ["panda"]),
        ("pan\udc80da", ["pan?da"]),
    ],
)
def test_one_line(line, read):
    assert list(SEARCHES.read([line])) == read


def test_a_developer_by_address_or_as_it_stands():
    lines = [
        "https://play.google.com/store/apps/dev?id=5700313618786177705",
        "https://play.google.com/store/apps/developer?id=Studio+South",
        'Studio "North"',
        "A, B & Co",
    ]
    found = ["5700313618786177705", "Studio South", 'Studio "North"', "A, B & Co"]
    assert list(DEVELOPERS.read(lines)) == found
    assert [DEVELOPERS.problem(name) for name in found] == [None] * 4


def test_what_is_no_developer():
    assert DEVELOPERS.problem("a" * 255) is None
    assert DEVELOPERS.problem("a" * 256) == "longer than 255 characters"
    assert DEVELOPERS.problem("/store/apps/dev?hl=en") == "the address of a page without id="


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("a", None),
        ("a" * 255, None),
        ("a" * 256, "longer than 255"),
        ("a\tb", "a control character"),
        ("a\x07b", "a control character"),
        ("a\u2028b", "a control character"),
        ("a\u2029b", "a control character"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", None),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 family", None),
        ("panda\u00a0bear", None),
        ("\U0001fae8 shaking", None),
        ("lat\ufffdn", "a character that could not be read"),
        ("https://play.google.com/store/search?c=apps", "the address of a page without q="),
        ("https://play.google.com/store/search?q=+&c=apps", "the address of a page without q="),
    ],
)
def test_what_cannot_be_asked(entry, problem):
    found = SEARCHES.problem(entry)
    assert found is None if problem is None else found.startswith(problem)

"""The setting PLAYFAST_PROXIES."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.runs import options
from playfast.runs.proxies import Proxy, missing, read

ONE = "http://me:pass@one.example:3128"


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "proxies.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_nothing_is_no_proxy():
    assert read(None) == read("") == read([]) == read({}) == ()


@pytest.mark.parametrize("value", [f"{ONE}, de https://two.example", [ONE, "DE https://two.example"]])
def test_a_list_may_be_text_or_a_list(value):
    assert read(value) == (
        Proxy("1 one.example:3128", ONE),
        Proxy("2 two.example", "https://two.example", "de"),
    )


def test_a_file_has_one_a_line(file):
    path = file(f"# mine\n\n{ONE}\n  de\thttps://two.example\r\n")
    assert [proxy.country for proxy in read(str(path))] == [None, "de"]
    assert read(path)[1].address == "https://two.example"


def test_a_dict_has_lists_by_country():
    found = read({"de": [ONE, "http://b"], "us": "http://c"})
    assert [(proxy.name, proxy.country) for proxy in found] == [
        ("1 one.example:3128", "de"),
        ("2 b", "de"),
        ("3 c", "us"),
    ]


def test_all_mistakes_are_told_with_their_places(file):
    path = file(f"{ONE}\nsocks5://h:1\nhttp://\nhttp://h:99999\nftp://h\nhttp://h/path\nqq http://h\n")
    with pytest.raises(ValueError, match="SOCKS") as told:
        read(path)
    lines = str(told.value).split("\n")
    assert [line.split(" of ")[0] for line in lines] == [f"line {number}" for number in range(2, 8)]


def test_a_file_that_is_not_there_and_one_without_proxies_are_told(file):
    with pytest.raises(ValueError, match=r"there is no file 'nowhere\.txt'"):
        read("nowhere.txt")
    with pytest.raises(ValueError, match="no proxy in it"):
        read(file("# nothing\n"))


def test_a_proxy_shows_no_password():
    assert "pass" not in repr(read(ONE)) + str(read(ONE)[0])
    chosen = options.read({"PLAYFAST_PROXIES": ONE})
    assert chosen.proxies[0].address == ONE
    assert "pass" not in repr(chosen)


@given(st.text(), st.sampled_from(["", "http://", "socks5://", "de ", "\x00"]))
def test_any_text_is_proxies_or_a_mistake_without_its_secret(text, begin):
    secret = "hunter2"
    try:
        found = read([f"{begin}me:{secret}@{text}", f"{begin}{text}"])
    except ValueError as error:
        assert secret not in str(error)
    else:
        assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        "http://me:first,second@h:1",
        "http://me:geheim",
        "http://me:1234#rest@h:3128",
        "me:geheim@h:1",
        "http://h:0",
        "http://me:ge heim@h",
    ],
)
def test_what_is_spoilt_is_told_by_its_place_alone(text):
    with pytest.raises(ValueError, match=r"entry 1: |there is no file") as told:
        read(text)
    for part in ("first", "second", "geheim", "heim", "1234", "rest", "me:"):
        assert part not in str(told.value)


def test_a_comment_may_stand_behind_an_address(file):
    assert read(file(f"{ONE}  # the old one\n"))[0].address == ONE


def test_a_country_needs_a_proxy_of_its_own_or_one_for_all():
    assert missing(read("de http://a"), ["de", "us"]) == ["us"]
    assert missing(read("de http://a,http://b"), ["de", "us"]) == []
    assert missing((), ["de"]) == []

"""The frame of a page: what it allows, and that it holds everything it needs."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import sys

import pytest

from playfast.pages import frame, library
from playfast.pages.library import LibraryMissingError, inert, script
from playfast.pages.markup import Html, element


@pytest.fixture(scope="module")
def page():
    pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    return frame.page("A <title>", element("p", "$body & more"))


def policy(page):
    return html.unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1))


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_very_scripts_and_style_of_the_page_and_nothing_else(page):
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy(page).split("; ") == [
        "default-src 'none'",
        "script-src " + " ".join(map(digest, scripts)),
        f"style-src {digest(styles[0])}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert len(scripts) == 2
    assert len(styles) == 1


def test_a_style_of_the_pages_own_is_allowed_too():
    pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    made = frame.page("A title", style=".own > p { color: var(--ink); }")
    styles = re.findall(r"<style>(.*?)</style>", made, re.DOTALL)
    assert len(styles) == 1
    assert styles[0].endswith(".own > p { color: var(--ink); }")
    assert digest(styles[0]) in policy(made)


def test_the_policy_stands_before_anything_it_is_for(page):
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script>")


def test_nothing_is_loaded(page):
    markup = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^"]*)"', markup) == ["data:,"]
    assert "@import" not in page
    assert "url(" not in re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)


def test_title_and_body_are_escaped_and_no_template(page):
    assert "<title>A &lt;title&gt;</title>" in page
    assert "<main><p>$body &amp; more</p></main>" in page
    assert page.startswith('<!doctype html>\n<html lang="en">')


def test_a_lone_surrogate_does_not_keep_a_page_from_being_written():
    assert frame.written("a\ud83d") == b"a?"


def test_a_missing_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    script.cache_clear()
    with pytest.raises(LibraryMissingError, match="pip install vl-convert-python"):
        library.script()
    script.cache_clear()


def test_no_text_of_a_script_ends_its_element():
    source = 'a = "</script><!-- </SCRIPT>"; b = 1 </ 2;\r\n'
    assert inert(source) == 'a = "<\\/script><\\!-- <\\/SCRIPT>"; b = 1 </ 2;\n'


def test_parts_may_be_texts():
    pytest.importorskip("vl_convert", reason="the extra `report` is not installed")
    assert "<main>&lt;b&gt;<i></main>" in frame.page("t", "<b>", Html("<i>"))

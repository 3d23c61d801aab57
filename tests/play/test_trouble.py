"""What came instead of an answer is told by status, address and structure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.play.trouble import Trouble, of_answer

CAPTCHA = b'<html><form id="captcha-form" action="index" method="post"><div class="g-recaptcha"></div></form></html>'
CONSENT = b'<html><form action="https://consent.google.com/save" method="POST"><button>Ablehnen</button></form></html>'
PAGE = b"<html><script>AF_initDataCallback({key: 'ds:5', data:[]});</script></html>"
ANSWER = b')]}\'\n\n[["wrb.fr","Ws7gDc","[]"]]'


@pytest.mark.parametrize(
    ("status", "body", "rpc", "trouble"),
    [
        (200, PAGE, False, None),
        (200, ANSWER, True, None),
        (200, b'[["wrb.fr"]]', True, None),
        (200, b"", True, None),  # the envelope says what is wrong with it
        (404, b"<html>", False, None),
        (500, b"<html>", True, None),
        (429, b"Too many", True, Trouble.REFUSED),
        (503, b"<html>Unavailable</html>", False, Trouble.REFUSED),
        (429, CAPTCHA, False, Trouble.BLOCKED),  # as it was recorded
        (200, CAPTCHA, False, Trouble.BLOCKED),
        (200, CAPTCHA, True, Trouble.BLOCKED),
        (200, CONSENT, False, Trouble.CONSENT),
        (200, CONSENT, True, Trouble.CONSENT),
        (200, b"<!DOCTYPE html><html>something</html>", True, Trouble.NO_RPC),
        (200, b"<html>something</html>\n", False, Trouble.EMPTY),
        (200, b"<html>something", False, Trouble.CUT),
        (200, b"", False, Trouble.CUT),
    ],
)
def test_an_answer_as_a_whole(status, body, rpc, trouble):
    assert of_answer(status, body, rpc=rpc) is trouble


def test_an_app_that_writes_of_captchas_is_no_wall():
    assert of_answer(200, PAGE.replace(b"</html>", CAPTCHA + CONSENT), rpc=False) is None
    assert of_answer(200, ANSWER + CAPTCHA, rpc=True) is None


@pytest.mark.parametrize(
    ("location", "trouble"),
    [
        ("https://www.google.com/sorry/index?continue=x", Trouble.BLOCKED),
        ("/sorry/index?q=x", Trouble.BLOCKED),
        ("https://consent.google.com/m?continue=x", Trouble.CONSENT),
        ("https://consent.youtube.com/m", Trouble.CONSENT),
        ("https://example.com/", Trouble.ELSEWHERE),
        ("//example.com/store", Trouble.ELSEWHERE),
        ("file:///etc/passwd", Trouble.ELSEWHERE),
        ("http://[", Trouble.ELSEWHERE),
        ("https://PLAY.google.com/store", None),
        ("/store/apps/details?id=a.b", None),
        ("", None),
    ],
)
def test_a_redirect_is_judged_by_where_it_leads(location, trouble):
    assert of_answer(302, b"", rpc=False, location=location, host="play.google.com") is trouble


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (200, b"\x1f\x8b\x08", None),
        (200, b"<?xml version='1.0'?><urlset>", None),
        (200, b"<sitemapindex></sitemapindex>", None),
        (404, b"<html>", None),
        (429, b"Too many", Trouble.REFUSED),
        (200, CAPTCHA, Trouble.BLOCKED),
        (200, CONSENT, Trouble.CONSENT),
        (200, PAGE, Trouble.EMPTY),
        (200, b"<html>something", Trouble.EMPTY),
        (200, b"", Trouble.EMPTY),
    ],
)
def test_where_a_sitemap_is_due_it_is_no_page(status, body, trouble):
    assert of_answer(status, body, rpc=False, sitemap=True) is trouble


@given(
    st.integers(100, 599),
    st.binary(max_size=200) | st.sampled_from([PAGE, ANSWER, CAPTCHA, CONSENT]),
    st.booleans(),
    st.none() | st.text(max_size=40),
)
def test_whatever_comes_it_is_a_trouble_or_none(status, body, rpc, location):
    trouble = of_answer(status, body, rpc=rpc, location=location, host="play.google.com")
    assert trouble is None or isinstance(trouble, Trouble)

"""`Retry-After` as servers and proxies write it, right and wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.http import Response

from playfast.middlewares.retry import retry_after


def after(header):
    return retry_after(
        Response("https://play.google.com/", headers={} if header is None else {"Retry-After": header})
    )


@pytest.mark.parametrize(("header", "seconds"), [("0", 0), ("120", 120), (" 5 ", 5), ("0000000000120", 120)])
def test_a_number_is_seconds(header, seconds):
    assert after(header) == seconds


def test_a_number_too_large_to_wait_for_is_large():
    assert after("9" * 50) > 86_400


@pytest.mark.parametrize(
    "header",
    [
        None, "", "soon", "-5", "1.5", "1e3", "²", "\u0663", "Wed, 21 Oct", "Wed, 99 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 99999 07:28:00 GMT",
        "Wed, 21 Oct 2026 07:28:00 +9999999999999999", "Wed, 21 Oct 2026 07:28:00 +999999999999999999999999", "2026-10-21T07:28:00Z", b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_none(header):
    assert after(header) is None


@pytest.mark.parametrize(
    "header",
    ["Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:00 -0000", "Wed, 21 Oct 2015 07:28:00 +0200"],
)
def test_a_date_gone_by_is_now(header):
    assert after(header) == 0


def test_a_date_far_ahead_is_far_ahead():
    assert after("Wed, 21 Oct 9998 07:28:00 GMT") > 1e9


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.binary(max_size=40)
    | st.from_regex(rb"\A(Wed, )?[0-9]{1,3} (Oct|Xyz) [0-9]{1,6} [0-9:]{0,9}( [+-]?[0-9A-Z]{0,20})?\Z")
)
def test_any_header_is_a_wait_or_none(header):
    found = after(header)
    assert found is None or found >= 0

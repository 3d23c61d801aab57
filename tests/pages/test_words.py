"""Numbers and times as a reader wants them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from playfast.pages import words


def plain(text):
    return text.replace(words.NBSP, " ")


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (0, "0 %"), (1, "100 %"), (0.934, "93.4 %"), (0.00004, "< 0.1 %"), (0.99996, "> 99.9 %"),
        (0.001, "0.1 %"), (0.999, "99.9 %"), (1.5, "150.0 %"), (None, words.NOTHING),
    ],
)  # fmt: skip
def test_a_share_is_never_nothing_of_something_and_never_all_of_less(part, text):
    assert plain(words.share(part)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"), (59.94, "59.9 s"), (59.99, "60.0 s"), (245, "4 min 05 s"), (3599.4, "59 min 59 s"), (3599.6, "1 h 00 min"),
        (3725, "1 h 02 min"), (273_600, "3 d 04 h"),
    ],
)  # fmt: skip
def test_a_duration_has_two_units(seconds, text):
    assert plain(words.duration(seconds)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, words.NOTHING), (0.25, "250 ms"), (0.0123, "12.3 ms"), (12.34, "12.3 s"), (1, "1.00 s")],
)
def test_a_latency(seconds, text):
    assert plain(words.latency(seconds)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(1234.5, "1,234"), (123, "123"), (12.34, "12.3"), (1.234, "1.23"), (None, words.NOTHING)],
)
def test_a_decimal_has_three_digits_that_count(number, text):
    assert words.decimal(number) == text


def test_counts_have_commas_however_large():
    assert words.count(1234567) == "1,234,567"
    assert words.count(None) == words.NOTHING
    assert words.of(1, "record") == "1 record"
    assert words.of(2, "record") == "2 records"
    assert words.of(0, "entry", "entries") == "0 entries"


def test_sizes():
    assert plain(words.kibibytes(0)) == "0 bytes"
    assert plain(words.kibibytes(5231.4)) == "5.11 KiB"
    assert plain(words.mebibytes(113_246_208)) == "108 MiB"
    assert words.mebibytes(None) == words.kibibytes(None) == words.NOTHING


def test_a_difference_in_points_has_a_sign():
    assert words.points(0.012) == "+1.2"
    assert words.points(0) == words.points(-0.0001) == "0.0"
    assert words.points(-0.2) == "\N{MINUS SIGN}20.0"


@pytest.mark.parametrize(
    "text",
    ["2026-11-23T12:04:51+00:00", "2026-11-23T12:04:51Z", "2026-11-23T14:04:51+02:00", "2026-11-23T12:04:51"],
)
def test_times_are_utc(text):
    assert words.moment(text) == "2026-11-23 12:04:51 UTC"
    assert words.parsed(text) == datetime(2026, 11, 23, 12, 4, 51, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "", "0001-01-01T00:00:00+10:00", "<b>"])
def test_a_text_that_is_no_time_stays(text):
    assert words.moment(text) == text


def test_long_texts_are_cut_and_say_how_long_they_were():
    assert words.shortened("a" * 300) == "a" * 300
    assert words.shortened("a" * 1301) == "a" * 300 + " … (1,301 characters)"

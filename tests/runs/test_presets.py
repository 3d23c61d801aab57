"""Named paces."""

from __future__ import annotations

import pytest

from playfast.runs.presets import PRESETS, read


@pytest.mark.parametrize("word", ["polite", " Brisk ", "UNPACED"])
def test_a_preset_is_known_by_its_name(word):
    assert read(word) is PRESETS[word.strip().lower()]


@pytest.mark.parametrize(("text", "delay", "in_flight"), [("2", 0.5, 4), ("0.1", 10, 2), ("30", 1 / 30, 60)])
def test_a_number_is_a_rate_that_holds_when_an_answer_takes_two_seconds(text, delay, in_flight):
    assert read(text)[:2] == (pytest.approx(delay), in_flight)


@pytest.mark.parametrize("text", ["", "fast", "0", "-1", "nan", "inf", "1001", "1/s"])
def test_anything_else_is_told_with_what_is_valid(text):
    with pytest.raises(ValueError, match="polite, brisk, unpaced is due, or a number of requests a second"):
        read(text)

"""What a spreadsheet would run is made text; numbers and telephone numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.exporters.cells import harmless

MARKS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://evil.test";"x")',
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+9)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "＝1+1",
        "＋1",
        "－1+A1",
        "＠SUM(A1)",
        "-",
        "+",
        "--",
        "- Fixed a bug",
        "-1E",
        "+1 A1",
        "+A1",
        "-1\n",
    ],
)
def test_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a=1", "1", "-1", "-1.5", "+1", "-.5", "-1.", "-1e10", "+1.5E-3", "-5%", "-5 %", "-1,234.50", "-1.234,50",
        "+49 30 1234567", "+1 (555) 123-4567", "+82-2-1234-5678", "+44.20.7946.0000", "+49\u00a030\u00a0123", "+49/30/12345", "(030) 12345",
        "'=1+1", " =1+1", "https://example.com/=", "日本",
    ],
)  # fmt: skip
def test_other_text_is_as_it_was(text):
    assert harmless(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text(MARKS + "0A1 ()!", min_size=1))
def test_no_cell_begins_with_a_mark_unless_it_is_a_number(text):
    cell = harmless(text)
    assert cell in (text, f"'{text}")
    if cell[:1] and cell[0] in MARKS:
        assert cell[0] in "+-"
        assert not any(char.isalpha() and char not in "eE" for char in cell)
        assert not set(cell) & set("=@!:;&^*\"'<>")


def test_a_long_text_of_digits_takes_no_longer_than_its_length():
    assert harmless("+" + "1 " * 200_000 + "x").startswith("'")

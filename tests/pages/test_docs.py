"""docs/report.md names every key of a run report, and shows pictures that are there."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tests.pages.sample import SCHEMA
from tests.pages.schema_table import keys, table

DOCS = ROOT / "docs"


def test_the_table_is_that_of_the_schema():
    page = (DOCS / "report.md").read_text(encoding="utf-8")
    assert page.endswith(f"\n\n{table()}\n"), "python -m tests.pages.schema_table prints the table of today"


def test_the_table_names_keys_of_every_depth():
    names = [where for where, _, _ in keys(SCHEMA)]
    assert len(names) == len(set(names))
    assert {
        "schema",
        "outcome.exit_code",
        "fields.*.floor",
        "drift.findings[].problem",
        "series.latency_p99",
    } <= set(names)


def test_the_pictures_are_there_and_small():
    page = (DOCS / "report.md").read_text(encoding="utf-8")
    shown = re.findall(r"pictures/[\w-]+\.png", page)
    assert len(shown) == 2
    for name in shown:
        content = (DOCS / name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < 250_000

"""The quick part of the other spiders' rows: trouble within packs, cut answers and captchas."""

from __future__ import annotations

import pytest

from tests.faults.spiders import SPIDERS, cells, run

pytestmark = pytest.mark.crawl

SOME = ("error frame", "another app's record", "cut answer")


@pytest.fixture(scope="module")
def results():
    return {result.cell: result for result in run(cells(faults=SOME))}


@pytest.mark.parametrize(
    "cell",
    cells(faults=SOME),
    ids=lambda cell: f"{cell.spider}-{cell.fault}",
)
def test_nothing_is_lost_and_nothing_invented(results, cell):
    assert results[cell].wrong == []


@pytest.mark.parametrize("spider", SPIDERS)
def test_there_was_trouble(results, spider):
    assert sum(result.faults for cell, result in results.items() if cell.spider == spider) > 0

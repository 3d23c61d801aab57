"""The quick part of the matrix: every trouble on every way, in half of the answers; refusals in some."""

from __future__ import annotations

import pytest

from tests.faults.matrix import REFUSALS, Cell, cells, run

pytestmark = pytest.mark.crawl

FEW = 16


def quick() -> list[Cell]:
    return [cell for cell in cells(FEW) if (cell.share < 0.5) == (cell.fault in REFUSALS)]


@pytest.fixture(scope="module")
def results():
    return {(result.cell.fault, result.cell.way): result for result in run(quick())}


@pytest.mark.parametrize("cell", quick(), ids=lambda cell: f"{cell.fault}-{cell.way}")
def test_every_id_has_one_record_and_every_one_that_is_no_error_is_true(results, cell):
    assert results[cell.fault, cell.way].wrong == []

"""The notebook of the docs runs, cell by cell, against the local store."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


@pytest.mark.crawl
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Jupyter's own
def test_every_cell_runs(store, tmp_path, monkeypatch):
    nbformat = pytest.importorskip("nbformat", reason="needs nbclient and ipykernel")
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient and ipykernel")
    monkeypatch.setenv("PLAYFAST_URL", store.address)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()
    told = [
        "".join(output.get("text", "") or output["data"]["text/plain"] for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    assert "'invalid_id'" in told[2]
    assert told[2].count("'not_found'") == 3
    assert "ratings" in told[3]
    assert told[5].strip() == "15"


def test_it_holds_no_output_and_no_path():
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert '"outputs": []' in text
    assert '"text/plain"' not in text

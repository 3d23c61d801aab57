"""The Python samples of the document that this project began from run as they stand."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.client.conftest import run_program
from tests.conftest import ROOT, local_store

RECORDED = Path(os.environ.get("PLAYFAST_RECORDED") or ROOT.parent / "shared" / "recorded")
DOCUMENT = RECORDED.parent / "seed-benchmarking.md"

# What a reader of the document adds to run the samples: they define functions, and one of them takes a `main` for granted.
CALLS = {
    "benchmark_parallel": "asyncio.run(benchmark_parallel())",
    "benchmark_memory": "asyncio.run(benchmark_memory())",
    "cProfile": "",
    "Try different": "",
    "Process in chunks": "",
}
MAIN = """
async def main():
    await benchmark_get_app()
    print("profiled")
"""


@pytest.fixture(scope="module")
def samples() -> list[str]:
    if not DOCUMENT.is_file():
        pytest.skip(f"no {DOCUMENT.name} beside the recorded answers at {RECORDED}; set PLAYFAST_RECORDED")
    return re.findall(
        r"^```python\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def test_the_document_has_the_samples_that_are_run(samples):
    assert len(samples) == 1 + len(CALLS)
    for sample, known in zip(samples[1:], CALLS, strict=True):
        assert known in sample


@pytest.mark.crawl
def test_every_sample_runs_as_it_stands(samples, tmp_path):
    first, parallel, memory, profile, loop, chunks = samples
    ids = [f'"com.example.listed.app{number}"' for number in range(98)]
    assert ", ...]" in parallel
    parallel = parallel.replace("...", ", ".join(ids))
    # The last sample awaits at its top, as one does in a notebook.
    chunks = "async def collect():\n" + "".join(f"    {line}\n" for line in chunks.splitlines())
    chunks += "    return results\n\nclient = AsyncClient()\napp_ids = [f'com.app{i}' for i in range(250)]\n"
    chunks += "print('last chunk', len(asyncio.run(collect())['us']))"
    program = "\n\n".join(
        [
            first,
            parallel,
            CALLS["benchmark_parallel"],
            memory,
            CALLS["benchmark_memory"],
            MAIN,
            profile,
            loop,
            chunks,
        ]
    )
    with local_store() as store:
        # cProfile.run looks for `main` in the main module, so that is where the samples are.
        main = f"import os; os.chdir({str(tmp_path)!r}); exec({program!r}, globals())"
        done = run_program(main, store=store, timeout=300)
        calls = store.report()["calls_total"]
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert re.search(r"^Time: \d+\.\d\ds$", done.stdout, re.MULTILINE)
    assert "Fetched 100 apps in " in done.stdout
    assert re.search(r"^Rate: \d+\.\d req/s$", done.stdout, re.MULTILINE)
    assert re.search(r"^Memory used: -?\d+\.\d\d MB$", done.stdout, re.MULTILINE)
    assert "profiled" in done.stdout
    assert "last chunk 50" in done.stdout
    assert calls == 1 + 100 + 200 + 1 + 250

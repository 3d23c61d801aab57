"""Recorded answers of Google Play, if there are some beside the project: they are not part of it."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.harness import ROOT

FOLDER = Path(os.environ.get("PLAYFAST_RECORDED") or ROOT.parent / "shared" / "recorded")
MISSING = f"no recorded answers at {FOLDER}; PLAYFAST_RECORDED names their folder"


def files() -> dict[str, list[Path]]:
    """The files of answers with one app's record, by kind; empty where there are none."""
    kinds = {
        "page": FOLDER.glob("details/*.html.gz"),
        "trimmed page": FOLDER.glob("details_trimmed/*.html.gz"),
        "RPC": FOLDER.glob("rpc/details_*.txt.gz"),
    }
    return {kind: found for kind, paths in kinds.items() if (found := sorted(paths))}

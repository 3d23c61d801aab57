"""The runs that were kept: a folder for each machine, in it a file for each run, counted up."""

from __future__ import annotations

import re
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks import results
from benchmarks.errors import ResultsError
from benchmarks.results import Run

RESULTS = Path(__file__).with_name("results")
_NAME = re.compile(r"(\d{4,})_([0-9a-f]+)_\d{8}T\d{6}Z(_uncommitted)?\.json")


def keep(run: Run, folder: Path) -> Path:
    """Write a run into the history as the latest of its machine."""
    place = folder / folder_name(run.machine.name)
    place.mkdir(parents=True, exist_ok=True)
    number = max((number_of(path) for path in _files(place)), default=0) + 1
    moment = datetime.fromisoformat(run.started_at).strftime("%Y%m%dT%H%M%SZ")
    mark = "_uncommitted" if run.commit.uncommitted else ""
    path = place / f"{number:04d}_{run.commit.hash[:10]}_{moment}{mark}.json"
    path.write_text(results.to_json(run), encoding="utf-8")
    return path


def problem(folder: Path) -> str | None:
    """Why no run could be kept there, if so: better known before measuring than after."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"--results {folder}: {error.strerror or error}"


def of_machine(name: str, folder: Path) -> list[Path]:
    """The files of a machine's runs, the oldest first."""
    return _files(folder / folder_name(name))


def of_all(folder: Path) -> list[Path]:
    """The files of every machine's runs, machine by machine."""
    return [path for place in sorted(folder.glob("*/")) for path in _files(place)]


def named(words: list[str], machine: str, folder: Path) -> list[Path]:
    """The file behind each word: a path, or the beginning of a commit, whose latest run on this machine is meant.

    Raises:
        ResultsError: a word is neither.
    """
    found, problems = [], []
    for word in words:
        if Path(word).is_file():
            found.append(Path(word))
            continue
        fitting = [path for path in of_machine(machine, folder) if path.name.split("_")[1].startswith(word)]
        if fitting:
            found.append(fitting[-1])
        else:
            problems.append(
                f"{word!r}: neither a file nor the beginning of a commit with a run in {folder / folder_name(machine)}"
            )
    if problems:
        raise ResultsError(problems)
    return found


def folder_name(machine: str) -> str:
    """A machine's name as the name of a folder."""
    return re.sub(r"[^\w.-]+", "-", machine).strip(".-") or "machine"


def number_of(path: Path) -> int:
    """The count in a run's file name."""
    return int(path.name.partition("_")[0])


def _files(place: Path) -> list[Path]:
    return sorted((path for path in place.glob("*.json") if _NAME.fullmatch(path.name)), key=number_of)

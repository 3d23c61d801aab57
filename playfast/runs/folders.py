"""Run folders: one for each crawl below a common one, named by its start, and which of them stay."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from playfast.errors import ReportError
from playfast.runs import report

REPORT = "run.json"
PAGE = "report.html"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)(?:-([1-9]\d*))?")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A folder that a crawl made, with its run report."""

    path: Path
    told: dict[str, Any]

    @property
    def whole(self) -> bool:
        """Whether the crawl did what it was asked."""
        outcome = self.told["outcome"]
        return outcome is not None and outcome["exit_code"] == 0


def make(runs: Path, started: datetime) -> Path:
    """A new folder named by a start in UTC; of several in one second, the later ones have a number.

    Raises:
        OSError: it cannot be made.
    """
    runs.mkdir(parents=True, exist_ok=True)
    name = f"{started:%Y-%m-%dT%H-%M-%SZ}"
    for number in count(1):
        path = runs / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise AssertionError  # counting has no end


def feed_name(spider: str) -> str:
    """The name of the feed of a run; a spider of other people's may be called what no file can be."""
    return re.sub(r"[^\w.-]", "_", spider) + ".jsonl.gz"


def ours(runs: Path) -> list[RunFolder]:
    """The folders that crawls made, the oldest first; nothing that is a link, and none without a valid report."""
    found = sorted(_named(runs))
    return [RunFolder(path, told) for _, _, path in found if (told := _report(path)) is not None]


def earlier(runs: Path, spider: str, but: Path) -> Path | None:
    """The report of the last whole run of a spider before the one in the folder `but`."""
    limit = place(but.name)
    # From the newest on, since there may be hundreds of reports, and each takes a while to check.
    for second, number, path in sorted(_named(runs), reverse=True):
        if (second, number) >= limit or (told := _report(path)) is None:
            continue
        if RunFolder(path, told).whole and told["spider"] == spider:
            return path / REPORT
    return None


def superfluous(folders: list[RunFolder], keep: int) -> list[RunFolder]:
    """Of folders, the oldest first, those that go: all before the last `keep` whole ones begin.

    A run that failed is never counted, so it pushes no good one out; where no run is whole, all stay.
    """
    wholes = [index for index, folder in enumerate(folders) if folder.whole]
    return folders[: wholes[-keep:][0]] if wholes else []


def remove(folder: Path) -> None:
    """Delete a run's folder, its report last: one that was deleted in part is still known as a run's, and goes the next time.

    Raises:
        OSError: something in it cannot be deleted.
    """
    if folder.is_symlink():
        raise NotADirectoryError(f"{folder} is a link")
    for entry in folder.iterdir():
        if entry.name == REPORT:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    (folder / REPORT).unlink()
    folder.rmdir()


def place(name: str) -> tuple[str, int]:
    """What a run folder's name sorts by: its second, and its number there."""
    found = _NAME.fullmatch(name)
    assert found is not None, name
    return found[1], int(found[2] or 1)


def _named(runs: Path) -> Iterator[tuple[str, int, Path]]:
    with os.scandir(runs) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                yield (*place(entry.name), Path(entry.path))


def _report(folder: Path) -> dict[str, Any] | None:
    path = folder / REPORT
    if path.is_symlink() or not path.is_file():
        return None
    try:
        return report.read(path)
    except ReportError:
        return None

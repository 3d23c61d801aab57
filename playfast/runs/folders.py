"""A folder for each run of a job, and how many of them stay.

Nothing is removed but folders that were made here: the name is a moment, there is a run report in it, and it is no link.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from playfast.errors import ReportError
from playfast.runs import report

REPORT = "run.json"
PAGE = "report.html"
_FORM = "%Y-%m-%dT%H-%M-%SZ"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(?:-\d+)?")


def new(root: Path, now: datetime) -> Path:
    """A folder for a run that begins now, which nobody else has.

    Raises:
        OSError: it cannot be made.
    """
    root.mkdir(parents=True, exist_ok=True)
    name = now.astimezone(UTC).strftime(_FORM)
    for number in count(1):
        path = root / (name if number == 1 else f"{name}-{number}")
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise AssertionError  # numbers do not end


def whole(root: Path, *, but: Path | None = None) -> list[Path]:
    """Folders of runs that did what they were asked, the newest first; `but` is left out."""
    return [path for path in _all(root) if path != but and _exit_code(path) == 0]


def outdated(root: Path, keep: int, *, but: Path | None = None) -> list[Path]:
    """Folders that may go: all that are older than the last `keep` whole ones. `but` stays, and counts where it is whole.

    A run that failed, or was killed, goes with the whole ones that are older; so a job that fails for a year pushes no good run out.
    """
    found, left = [], keep
    for path in _all(root):
        if left <= 0 and path != but:
            found.append(path)
        elif _exit_code(path) == 0:
            left -= 1
    return found


def remove(path: Path) -> None:
    """Remove a folder with all that is in it.

    Raises:
        OSError: not all of it can be removed.
    """
    shutil.rmtree(path)


def _all(root: Path) -> list[Path]:
    """Folders of runs that have a report, the newest first."""
    found = [
        path
        for path in root.iterdir()
        if _NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink() and _told(path) is not None
    ]
    return sorted(found, key=_order, reverse=True)


def _order(path: Path) -> tuple[str, int]:
    moment, _, number = path.name.partition("Z")
    return moment, int(number.removeprefix("-") or 1)


def _told(path: Path) -> dict[str, object] | None:
    try:
        return report.read(path / REPORT)
    except ReportError:
        return None


def _exit_code(path: Path) -> object:
    outcome = (_told(path) or {}).get("outcome")
    return outcome.get("exit_code") if isinstance(outcome, dict) else None

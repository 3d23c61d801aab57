"""The settings that begin with PLAYFAST_, but for the address of the store: read in one place and checked."""

from __future__ import annotations

import difflib
import json
import math
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playfast.errors import ArgumentError, TemplateError
from playfast.play import storefronts, templates
from playfast.play.templates import OURS, Template
from playfast.runs.pace import FIRST_PAUSE
from playfast.runs.proxies import Proxy
from playfast.runs.proxies import read as read_proxies

_HEAD = 100
_LONGEST, _PATIENCE = 300.0, 7_200.0
DRIFT_MODES = ("off", "warn", "stop")
VERIFY_MODES = ("off", "mark", "retry")
_YES = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The settings of the same names; `against` and `floors` are those of DRIFT, `harmless` is that of CSV.

    `renew_templates` is the word `auto` of TEMPLATES.
    """

    report: Path | None = None
    drift: str = "warn"
    against: Path | None = None
    floors: Mapping[str, float] = field(default_factory=dict)
    progress: bool = True
    harmless: bool = True
    longest_retry_after: float = _LONGEST
    patience: float = _PATIENCE
    block_pause: float = FIRST_PAUSE
    folder: Path | None = None
    proxies: tuple[Proxy, ...] = field(default=(), repr=False)
    database: str | None = field(default=None, repr=False)
    runs: Path | None = None
    keep: int | None = None
    verify_storefront: str = "off"
    templates: Mapping[str, Template] = field(default_factory=lambda: OURS)
    renew_templates: bool = False


def option(settings: Mapping[str, Any], name: str) -> Any:
    """A setting, or else the environment variable of the same name, or else None."""
    value = settings.get(name)
    return os.environ.get(name) if value is None else value


def read(settings: Mapping[str, Any], fields: Iterable[str] | None = None) -> RunOptions:
    """The options.

    Args:
        settings: Scrapy's.
        fields: the names that `PLAYFAST_DRIFT_FLOORS` may hold; without them names are not checked.

    Raises:
        ArgumentError: with one sentence for each mistake.
    """
    problems: list[str] = []
    drift = _word(option(settings, "PLAYFAST_DRIFT"), "warn")
    if drift not in DRIFT_MODES:
        problems.append(f"PLAYFAST_DRIFT={drift!r}: one of {', '.join(DRIFT_MODES)} is due")
    progress = _word(option(settings, "PLAYFAST_PROGRESS"), "1")
    if progress not in _YES:
        problems.append(f"PLAYFAST_PROGRESS={progress!r}: 1 or 0 is due")
    if (harmless := _word(option(settings, "PLAYFAST_CSV_HARMLESS"), "1")) not in _YES:
        problems.append(f"PLAYFAST_CSV_HARMLESS={harmless!r}: 1 or 0 is due")
    verify = _verify(settings, problems)
    longest = _seconds(settings, "PLAYFAST_LONGEST_RETRY_AFTER", _LONGEST, problems)
    patience = _seconds(settings, "PLAYFAST_PATIENCE", _PATIENCE, problems)
    pause = _seconds(settings, "PLAYFAST_BLOCK_PAUSE", FIRST_PAUSE, problems)
    proxies: tuple[Proxy, ...] = ()
    try:
        proxies = read_proxies(option(settings, "PLAYFAST_PROXIES"))
    except (OSError, ValueError) as error:
        problems += [f"PLAYFAST_PROXIES: {told}" for told in str(error).split("\n")]
    report = _path(option(settings, "PLAYFAST_REPORT"))
    if report is not None and (problem := _unwritable(report)):
        problems.append(f"PLAYFAST_REPORT={str(report)!r}: {problem}")
    given, renew = _templates(settings, problems)
    against = _path(option(settings, "PLAYFAST_DRIFT_AGAINST"))
    if against is not None and not _is_file(against):
        problems.append(f"PLAYFAST_DRIFT_AGAINST={str(against)!r}: there is no such file")
    folder = _path(option(settings, "PLAYFAST_FOLDER"))
    if folder is not None and not folder.is_dir():
        problems.append(f"PLAYFAST_FOLDER={str(folder)!r}: there is no such folder")
    runs = _path(option(settings, "PLAYFAST_RUNS"))
    if runs is not None and (problem := _filled_in(runs) or _no_folder(runs)):
        problems.append(f"PLAYFAST_RUNS={str(runs)!r}: {problem}")
    keep = _keep(settings, runs, problems)
    floors = _floors(
        option(settings, "PLAYFAST_DRIFT_FLOORS"), None if fields is None else set(fields), problems
    )
    if problems:
        raise ArgumentError(problems)
    return RunOptions(
        report,
        drift,
        against,
        floors,
        _YES[progress],
        _YES[harmless],
        longest,
        patience,
        pause,
        folder,
        proxies,
        str(option(settings, "PLAYFAST_DATABASE") or "").strip() or None,
        runs,
        keep,
        verify,
        given,
        renew,
    )


def _word(value: Any, default: str) -> str:
    """A settings file may say False or 0, which is not nothing."""
    return default if value in (None, "") else str(value).strip().casefold()


def _verify(settings: Mapping[str, Any], problems: list[str]) -> str:
    value = option(settings, "PLAYFAST_VERIFY_STOREFRONT")
    mode = _word(value, "off")
    mode = {"0": "off", "false": "off", "1": "mark", "true": "mark"}.get(mode, mode)
    if mode not in VERIFY_MODES:
        problems.append(f"PLAYFAST_VERIFY_STOREFRONT={str(value)!r}: one of {', '.join(VERIFY_MODES)} is due")
    elif mode != "off" and (lacking := storefronts.missing()):
        problems.append(f"PLAYFAST_VERIFY_STOREFRONT={mode}: {lacking}")
    return mode


def _templates(settings: Mapping[str, Any], problems: list[str]) -> tuple[Mapping[str, Template], bool]:
    """The request templates, and whether they are to be renewed where nothing is answered."""
    value = option(settings, "PLAYFAST_TEMPLATES")
    if value in (None, ""):
        return OURS, False
    if _word(value, "") == templates.AUTO:
        return OURS, True
    try:
        return templates.replaced(templates.read(Path(str(value)))), False
    except TemplateError as error:
        problems += [f"PLAYFAST_TEMPLATES: {problem}" for problem in error.problems]
        return OURS, False


def _seconds(settings: Mapping[str, Any], name: str, default: float, problems: list[str]) -> float:
    value = option(settings, name)
    value = default if value in (None, "") else value
    try:
        if 0 <= float(value) < math.inf:
            return float(value)
    except (TypeError, ValueError):
        pass
    problems.append(f"{name}={value!r}: a number of seconds is due, 0 or more")
    return default


def _keep(settings: Mapping[str, Any], runs: Path | None, problems: list[str]) -> int | None:
    value = option(settings, "PLAYFAST_KEEP")
    if value in (None, ""):
        return None
    if not re.fullmatch(r"[0-9]{1,9}", str(value).strip()) or int(value) < 1:
        problems.append(f"PLAYFAST_KEEP={value!r}: a number of runs is due, 1 or more")
        return None
    if runs is None:
        problems.append(f"PLAYFAST_KEEP={value!r}: PLAYFAST_RUNS is missing, the folder whose runs are kept")
    return int(value)


def apart(settings: Mapping[str, Any], *, ledger: bool) -> list[str]:
    """Settings that cannot be given together, one sentence each; for a crawl that has not begun, since one sets the other then."""
    if option(settings, "PLAYFAST_RUNS") in (None, ""):
        return []
    found = []
    report = option(settings, "PLAYFAST_REPORT")
    if report not in (None, ""):
        found.append(
            f"PLAYFAST_REPORT={str(report)!r}: with PLAYFAST_RUNS the report is run.json in the folder of the run; leave out one of the two"
        )
    if ledger and option(settings, "PLAYFAST_KEEP") not in (None, ""):
        found.append(
            "PLAYFAST_KEEP: a ledger's records lie in the folders of all its runs, and some would be deleted; leave out this or ledger="
        )
    return found


def _path(value: Any) -> Path | None:
    return Path(str(value)) if value not in (None, "") else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _filled_in(path: Path) -> str | None:
    """Why no feed can have such a name."""
    if "%(" in str(path.absolute()):
        return "Scrapy would put values in the place of what follows %( in the name of a feed"
    return None


def _no_folder(path: Path) -> str | None:
    """Why no folders can be made there."""
    try:
        folder = path
        while not folder.exists():
            if folder.is_symlink():
                return f"{folder} is a link that leads nowhere"
            folder = folder.parent
        if not folder.is_dir():
            return f"{folder} is no folder"
        return None if os.access(folder, os.W_OK | os.X_OK) else f"the folder {folder} cannot be written to"
    except OSError as error:
        return error.strerror or str(error)


def _unwritable(path: Path) -> str | None:
    """Why a file cannot be written there, without touching what is in it."""
    try:
        if path.exists() and not path.is_file():
            return "this is a folder or a device, a file is due"
        if path.exists() and not _may_be_replaced(path):
            return "what stands there is no run report, and would be lost"
        return _no_folder(path.parent)
    except OSError as error:
        return error.strerror or str(error)


def _may_be_replaced(path: Path) -> bool:
    """Whether a file is empty or begins like a run report; a mistyped name must not cost a feed or a list."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return not head.strip() or (head.lstrip().startswith(b"{") and b'"schema"' in head)


def _floors(value: Any, fields: set[str] | None, problems: list[str]) -> dict[str, float]:
    if value in (None, ""):
        return {}
    name = "PLAYFAST_DRIFT_FLOORS"
    try:
        given = json.loads(value) if isinstance(value, str) else dict(value)
        if not isinstance(given, dict):
            raise TypeError  # noqa: TRY301 - one message for both
    except (TypeError, ValueError, RecursionError):
        problems.append(
            f"{name}={str(value)[:60]!r}: field names with shares are due, such as " + '{"video": 0.2}'
        )
        return {}
    for entry, share in given.items():
        if fields is not None and entry not in fields:
            near = difflib.get_close_matches(str(entry), fields, n=1)
            problems.append(
                f"{name}: there is no field {entry!r}" + (f", did you mean {near[0]}?" if near else "")
            )
        elif not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
            problems.append(f"{name}: {entry}={share!r}: a share from 0 to 1 is due")
    return {entry: float(share) for entry, share in given.items()} if not problems else {}

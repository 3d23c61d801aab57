"""Brings the feeds that a killed crawl left back to what its ledger counts."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from playfast.runs import files
from playfast.runs.ledger import FeedFile

logger = logging.getLogger(__name__)

UNFINISHED = ".unfinished"


def mend(left: Iterable[FeedFile]) -> None:
    """Take off each file what stands behind its good part.

    A file that counts as a whole only, and was not ended, is put aside under a name of its own: its records are asked again. Files that are
    gone, or in whose place another stands, are left alone.

    Raises:
        OSError: a file cannot be mended.
    """
    for file in left:
        _mend(file)


def _mend(file: FeedFile) -> None:
    try:
        there = file.path.stat()
    except FileNotFoundError:
        return
    if file.inode not in (0, files.inode(file.path)):
        logger.warning("%s is another file than the crawl before wrote; it stays as it is.", file.path)
        return
    if file.good is None:
        aside = _free(file.path)
        file.path.rename(aside)
        logger.warning(
            "%s was not ended by the crawl before, so nothing in it counts: it is %s now, and its records are asked again.",
            file.path,
            aside.name,
        )
    elif there.st_size > file.good:
        logger.info(
            "%s: %s bytes that a killed crawl left unsettled are taken off, and their records asked again.",
            file.path,
            f"{there.st_size - file.good:,}",
        )
        if file.made and not file.good:
            file.path.unlink()  # an empty file would be no compressed file, and no table
        else:
            with file.path.open("rb+") as opened:
                opened.truncate(file.good)
                os.fsync(opened.fileno())
    elif there.st_size < file.good:
        logger.warning(
            "%s has %s bytes less than the crawl before wrote: it was changed, and records that count as done may be gone.",
            file.path,
            f"{file.good - there.st_size:,}",
        )


def _free(path: Path) -> Path:
    """A name for what is put aside that nothing has."""
    for number in range(1, 1_000_000):
        aside = path.with_name(f"{path.name}{UNFINISHED}{'' if number == 1 else f'-{number}'}")
        if not aside.exists():
            return aside
    raise OSError(f"{path}: there is no free name to put it aside")

"""A crawl that is killed at random moments and begun again, until it has come to its end; and what its feeds hold then."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.conftest import ROOT, UNPACED, Store
from tests.waiting import length, until

_LONGEST_DELAY = 0.4  # seconds between the sight of a length and the kill
_AT_ONCE = 0.15  # of the kills come before anything is written
_PATIENCE = 600.0
_LISTS = ("ids=", "developers=", "queries=", "terms=", "categories=")


Key = tuple[Any, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked, of whom, and where the records go."""

    store: Store
    folder: Path
    feed: str
    ids: int
    countries: tuple[str, ...] = ("us",)
    bytes_per_record: int = 12_000
    """About, in the feed: kills are spread over its length."""
    spider: str = "apps"
    arguments: tuple[str, ...] = ()
    """Further ones, and the list where it is no list of ids."""
    beside: tuple[str, ...] = ()
    """Arguments that name a feed of their own."""
    settings: tuple[str, ...] = ()
    listed: bool = True
    """Whether a list is asked of storefronts."""
    total: int | None = None
    """Bytes of the whole feed, where they do not follow from the number of ids."""

    @property
    def path(self) -> Path:
        return self.folder / self.feed

    def command(self) -> list[str]:
        given = [*self._of_list(), f"ledger={self.folder / 'run.db'}", *self.arguments]
        given += [f"{name}={self.folder / name}.jsonl" for name in self.beside]
        arguments = [part for argument in given for part in ("-a", argument)]
        return [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            self.spider,
            *arguments,
            "-o",
            str(self.path),
            *UNPACED,
            *self.settings,
        ]

    def _of_list(self) -> list[str]:
        if not self.listed:
            return []
        listed = self.folder / "ids.txt"
        if not listed.exists():
            listed.write_bytes(self.store.get(f"/_localstore/ids.txt?count={self.ids}"))
        countries = f"countries={','.join(self.countries)}"
        if any(one.startswith(_LISTS) for one in self.arguments):
            return [countries]
        return [f"ids={listed}", countries]


@dataclass
class Ended:
    """How it went: kills, the length of the feed at each, and the exit code and log of the crawl that came to its end."""

    kills: int = 0
    lengths: list[int] = field(default_factory=list)
    exit_code: int | None = None
    log: str = ""


def crawl_under_kills(asked: Asked, kills: int, chance: Random) -> Ended:
    """Crawl, killed that many times with SIGKILL at random moments, spread over the whole; the last one is left to end."""
    ended = Ended()
    total = asked.total or asked.ids * len(asked.countries) * asked.bytes_per_record
    at = sorted(0.0 if chance.random() < _AT_ONCE else chance.random() * 0.95 for _ in range(kills))
    for share in at:
        with _begun(asked) as process:
            due = int(share * total)
            until(lambda: length(asked.path) >= due or process.poll() is not None, _PATIENCE)  # noqa: B023 - called at once
            # The moment of the kill is random: this is what is tried, not a wait for something.
            time.sleep(chance.random() * (_LONGEST_DELAY if share else 1.5))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
                ended.kills += 1
                ended.lengths.append(length(asked.path))
    with _begun(asked) as process:
        _, ended.log = process.communicate(timeout=_PATIENCE)
        ended.exit_code = process.returncode
    return ended


def wrong(asked: Asked, feeds: tuple[Path, ...] = ()) -> list[str]:
    """What is wrong with the feeds together: keys without a record, with more than one, or that nobody asked for."""
    found = Counter(
        (record["app_id"], record["country"]) for path in feeds or (asked.path,) for record in read(path)
    )
    ids = (asked.folder / "ids.txt").read_text().split()
    return differences(found, {(app_id, country) for app_id in ids for country in asked.countries})


def differences(found: Counter[Key], due: set[Key]) -> list[str]:
    """What is wrong with the keys that were found."""
    told = {
        "missing": due - set(found),
        "not asked for": set(found) - due,
        "twice": {key for key, count in found.items() if count > 1},
    }
    return [f"{len(keys)} {what}, such as {min(keys)}" for what, keys in told.items() if keys]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a feed in JSON Lines, compressed or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _begun(asked: Asked) -> subprocess.Popen[str]:
    return subprocess.Popen(
        asked.command(),
        cwd=ROOT,
        env={**os.environ, "PLAYFAST_URL": asked.store.address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )

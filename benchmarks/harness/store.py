"""A local store in a process of its own, with its answers made before a clock starts."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psutil

from benchmarks.errors import BenchmarkError
from benchmarks.harness import ROOT
from playfast.items import App
from playfast.play import calls, envelope
from playfast.play.fields import Extractor

PACK = 32
"""Apps in one POST."""
_WORD = "listening on "
_PREPARED_AT_ONCE = 200
_PATIENCE = 600
_LOOKED_AT_ONCE = 100
# A class on Windows, elsewhere the last of the nice values.
_LAST = getattr(psutil, "IDLE_PRIORITY_CLASS", 19)
# What a prepared answer may take of the store's memory, which its cache shares out by halves.
_RECORD_BYTES = 12_000
_PAGE_BYTES = 400_000
_LEAST_CACHE_MB = 200


class LocalStore:
    """A running store; `process` is the id of the one that we started."""

    def __init__(self, address: str, process: int | None = None) -> None:
        self.address = address
        self._process = psutil.Process(process)

    def ids(self, number: int, start: int = 0) -> list[str]:
        """Ids of the catalogue."""
        text = self._ask(f"/_localstore/ids.txt?count={number}&start={start}").decode()
        found = text.split()
        if len(found) != number:
            raise BenchmarkError(f"{number} ids were asked of the store, {len(found)} came")
        return found

    def write_ids(self, path: Path, number: int, start: int = 0) -> Path:
        """A file of ids, however many."""
        with (
            self._open(f"/_localstore/ids.txt?count={number}&start={start}") as answer,
            path.open("wb") as file,
        ):
            while block := answer.read(1 << 20):
                file.write(block)
        return path

    def rated(self) -> Iterator[str]:
        """Ids of apps that can be installed and have been rated, without end."""
        for start in count(0, _LOOKED_AT_ONCE):
            for app_id in self.ids(_LOOKED_AT_ONCE, start):
                known = self.truth(app_id)
                if known["status"] == "available" and known["ratings"]:
                    yield app_id

    def truth(self, app_id: str) -> dict[str, Any]:
        """What the store knows of an app."""
        known: dict[str, Any] = json.loads(self._ask(f"/_localstore/truth?id={app_id}&gl=us&hl=en"))
        return known

    def seen(self) -> dict[str, Any]:
        """What it was asked since the last reset."""
        counts: dict[str, Any] = json.loads(self._ask("/_localstore/report"))
        return counts

    def reset(self) -> None:
        """Forget what it was asked."""
        self._ask("/_localstore/reset", {})

    def prepare(self, ids: Sequence[str], *, pages: bool = False, mask: Sequence[int] | None = None) -> None:
        """Make the answers for these apps: whole records, those of the mask's fields, or pages."""
        wish: dict[str, Any] = {"pages": True} if pages else {"mask": mask or whole_records().mask}
        for k in range(0, len(ids), _PREPARED_AT_ONCE):
            self._ask("/_localstore/prepare", {**wish, "ids": list(ids[k : k + _PREPARED_AT_ONCE])})

    def give_way(self) -> None:
        """From now on take only the time of the processor that other processes leave.

        Where more processes work than there are cores, the store would share one core with the same process all the time, which then
        ends long after the others.
        """
        self._process.nice(_LAST)

    def cpu_seconds(self) -> float:
        """What it has used of the processor."""
        times = self._process.cpu_times()
        return times.user + times.system

    def answer(self, ids: Sequence[str]) -> bytes:
        """The answer to a pack of whole records, as it comes over the wire: gzip."""
        mask = whole_records().mask
        body = envelope.pack(calls.details(app_id, mask, str(place)) for place, app_id in enumerate(ids))
        request = urllib.request.Request(
            envelope.address(self.address, [calls.DETAILS], "en", "us"),
            data=body,
            headers={**envelope.HEADERS, "Accept-Encoding": "gzip"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answered:
            packed: bytes = answered.read()
        return packed

    def _ask(self, path: str, body: object = None) -> bytes:
        try:
            with self._open(path, body) as answer:
                content: bytes = answer.read()
        except OSError as error:
            raise BenchmarkError(f"the local store does not answer {path}: {error}") from error
        return content

    def _open(self, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        return urllib.request.urlopen(
            urllib.request.Request(self.address + path, data=data), timeout=_PATIENCE
        )


def whole_records() -> Extractor[App]:
    """What reads a whole record."""
    return Extractor(App, always=calls.ALWAYS_ASKED)


@contextmanager
def local_store(
    *, latency: float = 0.0, records: int = 0, pages: int = 0, replay: bool = False
) -> Iterator[LocalStore]:
    """A store for the block's time, with room for so many prepared records and pages.

    replay: a question that it was asked before is answered with the same bytes, which takes it half the time.
    """
    room = max(_LEAST_CACHE_MB, 2 * max(records * _RECORD_BYTES, pages * _PAGE_BYTES) // 1_000_000)
    command = [sys.executable, "-m", "playfast.localstore", "--until-stdin-closes"]
    command += ["--latency", str(latency), "--cache-mb", str(room), *(["--replay"] if replay else [])]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            line = process.stdout.readline()
            if not line.startswith(_WORD):
                raise BenchmarkError(f"the local store did not start; it said {line!r}")
            yield LocalStore(line.removeprefix(_WORD).strip(), process.pid)
        finally:
            process.stdin.close()  # it ends with its standard input

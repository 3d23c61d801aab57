"""A test case as it is kept: the body, packed, and beside it a description of what was asked and what came."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from playfast.errors import RecordingError

HEADERS = ("Content-Type", "Content-Language", "Cache-Control", "Retry-After", "Location", "Date")
"""Headers of an answer that say something about it; cookies are none."""


def files(name: str, kind: str) -> tuple[str, str]:
    """What the files of a case are called: of the body of a `page` or of an `rpc`, and of the description."""
    return f"{name}.{'html' if kind == 'page' else 'txt'}.gz", f"{name}.json"


def in_the_way(folder: Path, name: str, kind: str) -> list[str]:
    """Why a case cannot be written there, as far as that shows before it is."""
    made = next((one for one in (folder, *folder.parents) if os.path.lexists(one)), Path())
    if not made.is_dir():
        return [f"{folder}: {made} is no folder"]
    if not os.access(made, os.W_OK | os.X_OK):
        return [f"{folder}: {made} may not be written to"]
    taken = [path for one in files(name, kind) if os.path.lexists(path := folder / one)]
    return [f"{path} is there already; give another name with --name" for path in taken]


@dataclass(slots=True)
class Case:
    """What came of a question; `body` without personal data."""

    name: str
    kind: str
    request: dict[str, Any]
    status: int
    headers: dict[str, str]
    asked: Mapping[str, str | None]
    served: str | None
    replaced: Mapping[str, int]
    body: bytes = field(repr=False)
    recorded_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def files(self) -> tuple[str, str]:
        """The names of both files."""
        return files(self.name, self.kind)

    def described(self) -> bytes:
        """The description, as JSON."""
        told = {
            "schema": 1,
            "kind": self.kind,
            "recorded_at": self.recorded_at.isoformat(timespec="seconds"),
            "request": self.request,
            "response": {"status": self.status, "headers": self.headers},
            "storefront": {"asked": self.asked, "served": self.served},
            "replaced": self.replaced,
            "body": {
                "file": self.files[0],
                "bytes": len(self.body),
                "sha256": hashlib.sha256(self.body).hexdigest(),
            },
        }
        return orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n"

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both files into a folder, which is made if need be; the description last. Half a case is not left.

        Raises:
            RecordingError: there is such a case already, or it cannot be written.
        """
        if problems := in_the_way(folder, self.name, self.kind):
            raise RecordingError(problems)
        body, description = (folder / name for name in self.files)
        written: list[Path] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path, content in ((body, gzip.compress(self.body, mtime=0)), (description, self.described())):
                with path.open("xb") as file:
                    written.append(path)
                    file.write(content)
        except OSError as error:
            for path in written:
                path.unlink(missing_ok=True)
            raise RecordingError([f"{error.filename or folder}: {error.strerror or error}"]) from error
        return body, description

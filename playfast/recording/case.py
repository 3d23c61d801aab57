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
        ending = "html" if self.kind == "page" else "txt"
        return f"{self.name}.{ending}.gz", f"{self.name}.json"

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
        """Write both files into a folder, which is made if need be; the description last.

        Raises:
            RecordingError: there is such a case already, or it cannot be written.
        """
        body, description = (folder / name for name in self.files)
        if taken := [str(path) for path in (body, description) if os.path.lexists(path)]:
            raise RecordingError(
                [f"{path} is there already; give another name with --name" for path in taken]
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            body.write_bytes(gzip.compress(self.body, mtime=0))
            description.write_bytes(self.described())
        except OSError as error:
            raise RecordingError([f"{error.filename or folder}: {error.strerror or error}"]) from error
        return body, description

"""What `datasafety` of npm's scraper is known to get wrong."""

from __future__ import annotations

from tests.peers.fields import Case, Field, Wrong

_FILE = "lib/datasafety.js"


def _unsaid(name: str):
    def when(case: Case, _field: Field) -> bool:
        return any(entry["optional"] is None for entry in case.ours[name] or ())

    return when


NPM: tuple[Wrong, ...] = ()

"""Scrapyd's application, which starts with a user and a password or not at all."""

from __future__ import annotations

import os
from typing import Any

from scrapyd.app import application as of_scrapyd

_DUE = ("username", "password")


def application(config: Any) -> Any:
    """Scrapyd's own; without a password it would let everybody who reaches its port run code here."""
    missing = [
        f"SCRAPYD_{name.upper()}"
        for name in _DUE
        if not (os.getenv(f"SCRAPYD_{name.upper()}") or config.get(name, ""))
    ]
    if missing:
        raise SystemExit(
            f"scrapyd: {' and '.join(missing)} must be set in the environment: it does not start open"
        )
    return of_scrapyd(config)

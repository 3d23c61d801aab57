"""Scrapyd itself, which does not start open."""

from __future__ import annotations

import os
from typing import Any

from scrapyd.app import application as of_scrapyd

_DUE = (
    "Scrapyd would take jobs from everybody who reaches it. Give it a user and a password: SCRAPYD_USERNAME and SCRAPYD_PASSWORD in the "
    "environment, or username and password in scrapyd.conf"
)


def application(config: Any) -> Any:
    """Scrapyd's application.

    Raises:
        SystemExit: it has no user or no password.
    """
    given = (
        os.environ.get(f"SCRAPYD_{name.upper()}") or config.get(name, "") for name in ("username", "password")
    )
    if not all(given):
        raise SystemExit(_DUE)
    return of_scrapyd(config)

"""Every test here reads recorded answers; where they are not, it says so and is skipped."""

from __future__ import annotations

import pytest

from .recordings import DIRECTORY, MISSING


@pytest.fixture(autouse=True, scope="session")
def recorded() -> None:
    if not DIRECTORY.is_dir():
        pytest.skip(MISSING)

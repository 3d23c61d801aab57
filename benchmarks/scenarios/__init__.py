"""The scenarios: one file each. A new file with a `Scenario` in it is found without a list being kept."""

from __future__ import annotations

import importlib
import pkgutil

from benchmarks.scenarios.base import Scenario


def scenarios() -> dict[str, type[Scenario]]:
    """Every scenario by its name, in the order of the files."""
    found: dict[str, type[Scenario]] = {}
    for entry in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        for member in vars(module).values():
            if (
                isinstance(member, type)
                and issubclass(member, Scenario)
                and member.__module__ == module.__name__
                and member is not Scenario
            ):
                found[member.name] = member
    return found

"""What the code says of its settings, read from its source."""

from __future__ import annotations

import ast
import re

from tests.conftest import ROOT

MODULES = [path for path in (ROOT / "playfast").rglob("*.py") if "localstore" not in path.parent.parts]
_READERS = ("option", "options.option", "os.environ.get", "_seconds")


def settings_of_playfast() -> set[str]:
    """The PLAYFAST_ settings that the code names."""
    return {
        name
        for path in MODULES
        for name in re.findall(r"PLAYFAST_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))
    }


def settings_of_the_environment() -> set[str]:
    """Those that are read from the environment too."""
    return {
        value.value
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _READERS
        for value in node.args
        if isinstance(value, ast.Constant) and str(value.value).startswith("PLAYFAST_")
    }

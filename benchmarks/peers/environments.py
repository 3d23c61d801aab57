"""The environments of the peers: made on first use in a folder of the user's, used again until their versions change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

DEFAULT = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "playfast-benchmarks"
).expanduser()
_READY = ".ready"  # left behind when all is installed, so that half an environment is made anew
_SAID = 400


class MissingError(Exception):
    """An environment that cannot be made here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """One package at one version, from PyPI or npm."""

    package: str
    version: str
    node: bool = False

    def folder(self, under: Path) -> Path:
        """Where it lies."""
        python = "" if self.node else f"-py{sys.version_info.major}{sys.version_info.minor}"
        return under / f"{'npm' if self.node else 'pypi'}-{self.package}-{self.version}{python}"

    def made(self, under: Path) -> Path:
        """Its folder, made if it is not there.

        Raises:
            MissingError: it cannot be made: no npm, say, or no way to the registry.
        """
        folder = self.folder(under)
        if (folder / _READY).exists():
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise MissingError(f"{folder} cannot be made: {error.strerror or error}") from error
        if self.node:
            self._with_npm(folder)
        else:
            self._with_pip(folder)
        (folder / _READY).touch()
        return folder

    def interpreter(self, folder: Path) -> str:
        """What runs a script in it."""
        if self.node:
            return _found("node")
        return str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")

    def _with_pip(self, folder: Path) -> None:
        _run([sys.executable, "-m", "venv", str(folder)], folder)
        pip = [self.interpreter(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, f"{self.package}=={self.version}"], folder)

    def _with_npm(self, folder: Path) -> None:
        _found("node")
        npm = [_found("npm"), "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder)]
        _run([*npm, f"{self.package}@{self.version}"], folder)


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise MissingError(f"{program} is not installed")
    return path


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise MissingError(f"{command[0]}: {error.strerror or error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-_SAID:]
        raise MissingError(f"{' '.join(command)}: exit code {done.returncode}: {said}")

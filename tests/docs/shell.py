"""Runs the blocks of a page as a user would: in order, in one shell, in a folder of its own.

What a block is, is said by its language:

- `sh`, or none: commands. All have to exit with 0, under `bash -e -o pipefail`.
- `console`: a session in a terminal. Lines that begin with `$ ` are commands, the others what they print; `...` stands for what may
  differ, within a line or as lines of their own. A command has to exit with 0, unless the next one is `echo $?`.
- `python`: a program; or, if it is nothing but settings, the settings of a crawl.
- `cron`: lines of a crontab, whose commands are run.
- `json`, `toml`, `ini`: parsed. `text`: what cannot be checked.

A block whose first line is a comment with nothing but a file's name (`# mine/settings.py`) is that file.

A variable, a folder or a file that a block leaves behind is there for the next one.
"""

from __future__ import annotations

import ast
import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.docs.pages import Block
from tests.terminal import run_in_terminal

_BIN = Path(sys.executable).parent
_TAKEN = ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "examples", "docs")
_FILE_NAME = re.compile(r"# ((?:[\w.-]+/)*[\w-]+\.\w+)")
_CRON = re.compile(r"((?:[\d*/,-]+\s+){5})(.+)")
_LIMIT = 180
_COLUMNS = 140


def _target_exists(name: str) -> None:
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), name


def _is_installable(what: str) -> None:
    """The requirements are there, the extras are named."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if what.startswith("-r "):
        assert (ROOT / what.removeprefix("-r ").strip()).is_file(), what
        return
    package, extras = re.fullmatch(r"(?:--no-deps )?(?:-e )?'?([\w.-]+)(?:\[([\w,-]+)\])?'?", what).groups()
    assert package in (".", project["name"]), what
    assert set((extras or "").split(",")) - {""} <= set(project["optional-dependencies"]), what


def _nothing(_: str) -> None:
    pass


NOT_RUN: tuple[tuple[str, str, Callable[[str], None]], ...] = (
    (
        r"make (test|lint|format|bench|faults|kill|peers|fuzz|clean|scrapyd-demo)",
        "this test is part of what they do, or they take minutes, or they change the checkout",
        _target_exists,
    ),
    (r"python3 -m venv (\.venv) && \. \.venv/bin/activate", "the tests run in such an environment", _nothing),
    (r"pip install (.+)", "needs a package index", _is_installable),
)
"""Lines of commands that are not run: what they look like, why, and what is checked instead of their first group."""
_REFUSED = re.compile(r"^\s*(sudo|apt|apt-get|brew|crontab|curl|wget|git|docker)\b", re.MULTILINE)


class BlockError(AssertionError):
    """A block that does not do what its page says."""


@dataclass
class Folder:
    """A user's copy of the project, and the state of the shell in it. `state` is out of the user's sight."""

    path: Path
    home: Path
    state: Path
    store: str

    def __post_init__(self) -> None:
        for folder in (self.path, self.home, self.state):
            folder.mkdir(parents=True)
        for name in _TAKEN:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.path / name)
            else:
                shutil.copy(source, self.path / name)
        # The pace of the project is for Google; all else is as the project sets it.
        (self.path / "scrapy.cfg").write_text("[settings]\ndefault = unpaced_settings\n", encoding="utf-8")
        (self.state / "unpaced_settings.py").write_text(
            "from playfast.settings import *\n\nDOWNLOAD_DELAY = 0\n", encoding="utf-8"
        )
        # As `make setup` leaves it.
        (self.path / ".venv").mkdir()
        for name in ("bin", "lib", "lib64", "pyvenv.cfg"):
            source = _BIN.parent / name
            if source.exists():
                (self.path / ".venv" / name).symlink_to(source)
        for name in (".ready", ".ready-dev"):
            (self.path / ".venv" / name).touch()
        (self.home / "playfast").symlink_to(self.path)
        shutil.copy(
            ROOT / "examples" / "ids.txt", self.path / "ids.txt"
        )  # every reader has a list of their own
        environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("PLAYFAST_", "SCRAPY_"))
            },
            "HOME": str(self.home),
            "PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{self.state}",
            "PLAYFAST_URL": self.store,
            "LC_ALL": "C.UTF-8",
        }
        (self.state / "env").write_text(
            "".join(
                f"export {name}={_quoted(value)}\n"
                for name, value in environment.items()
                if name.isidentifier()
            ),
            encoding="utf-8",
        )
        (self.state / "cwd").write_text(str(self.path), encoding="utf-8")

    @property
    def cwd(self) -> Path:
        return Path((self.state / "cwd").read_text(encoding="utf-8").strip())

    def _script(self, commands: str, after: int = 0) -> str:
        """A file with commands that begin where the last ones ended; `after` is the exit code of the one before."""
        env, cwd = self.state / "env", self.state / "cwd"
        script = self.state / "script.sh"
        script.write_text(
            f'. {_quoted(str(env))}\ncd "$(cat {_quoted(str(cwd))})"\n'
            f"trap 'export -p > {_quoted(str(env))}; pwd > {_quoted(str(cwd))}' EXIT\n"
            + (f"(exit {after})\n" if after else "")
            + commands,
            encoding="utf-8",
        )
        return str(script)

    def in_a_terminal(self, commands: str, after: int) -> tuple[int, str]:
        """Run commands in a terminal; returns the exit code, and the lines that stand there in the end."""
        done = run_in_terminal(
            ["bash", self._script(commands, after)],
            cwd=self.path,
            env={"PATH": os.environ["PATH"]},
            columns=_COLUMNS,
            timeout=_LIMIT,
        )
        text = "\n".join(done.history).rstrip()
        return done.exit_code, f"{text}\n" if text else ""

    def bash(self, commands: str) -> tuple[int, str]:
        """Run commands, the first that fails being the last; returns the exit code, and what was printed, errors too."""
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", self._script(commands)],
            env={"PATH": os.environ["PATH"]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_LIMIT,
            check=False,
        )
        return done.returncode, done.stdout


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def run(block: Block, folder: Folder) -> None:
    """Run a block, or raise BlockError."""
    named = _FILE_NAME.fullmatch(block.text.partition("\n")[0])
    if named is not None:
        _check_data(block)
        path = folder.cwd / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        if path.suffix == ".py" and path.parent != folder.cwd:
            (path.parent / "__init__.py").touch()
        return
    match block.language:
        case "" | "sh":
            _run_commands(block, folder)
        case "console":
            _run_session(block, folder)
        case "python":
            _run_python(block, folder)
        case "cron":
            _run_crontab(block, folder)
        case "json" | "toml" | "ini" | "text":
            _check_data(block)
        case _:
            raise BlockError(f"{block.where}: nobody knows how to run a block in {block.language!r}")


def _run_commands(block: Block, folder: Folder) -> None:
    _exits_with_0(block, "\n".join(map(_line_to_run, block.text.splitlines())) + "\n", folder)


def _line_to_run(line: str) -> str:
    if _REFUSED.match(line):
        raise BlockError(f"no test runs {line.strip()!r}, and nobody says why")
    command = line.partition(" #")[0].strip()
    for pattern, _, check in NOT_RUN:
        found = re.fullmatch(pattern, command)
        if found is not None:
            check(found[1])
            return ":"
    return line


def _exits_with_0(block: Block, commands: str, folder: Folder) -> None:
    code, output = folder.bash(commands)
    if code:
        raise BlockError(f"{block.where}: exit code {code}\n{commands}{output}")


def session(text: str) -> list[tuple[str, str]]:
    """The commands of a session with what they are to print."""
    steps: list[tuple[str, str]] = []
    for line in text.splitlines():
        if steps and steps[-1][0].endswith("\\\n"):
            steps[-1] = (f"{steps[-1][0]}{line.removeprefix('> ')}\n", "")
        elif line.startswith("$ "):
            steps.append((f"{line.removeprefix('$ ')}\n", ""))
        elif steps:
            steps[-1] = (steps[-1][0], f"{steps[-1][1]}{line}\n")
        else:
            raise BlockError(f"a session begins with a command, not with {line!r}")
    return steps


def _run_session(block: Block, folder: Folder) -> None:
    steps = session(block.text)
    after = 0
    for place, (command, expected) in enumerate(steps):
        if _REFUSED.match(command):
            raise BlockError(f"{block.where}: no test runs {command.strip()!r}, and nobody says why")
        code, output = folder.in_a_terminal(command, after)
        told = place + 1 < len(steps) and steps[place + 1][0].strip() == "echo $?"
        if code and not told:
            raise BlockError(f"{block.where}: exit code {code}\n$ {command}{output}")
        if not as_expected(output, expected):
            raise BlockError(f"{block.where}: $ {command}--- is to print\n{expected}--- prints\n{output}")
        after = code


def as_expected(output: str, expected: str) -> bool:
    """Whether an output is what a page says, `...` standing for anything within a line, or for any lines."""
    pattern = ""
    for line in expected.splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.rstrip().split("...")) + r"[ \t]*\n"
    return re.fullmatch(pattern, output if not output or output.endswith("\n") else f"{output}\n") is not None


def _run_python(block: Block, folder: Folder) -> None:
    settings = settings_of(block.text)
    if settings:
        given = "".join(f" -s {_quoted(f'{name}={_as_given(value)}')}" for name, value in settings.items())
        _exits_with_0(block, f"scrapy crawl apps -a ids=examples/ids.txt{given}\n", folder)
        return
    program = folder.state / "program.py"
    program.write_text(block.text, encoding="utf-8")
    _exits_with_0(block, f"python -W error {_quoted(str(program))}\n", folder)


def settings_of(text: str) -> dict[str, Any]:
    """The settings that a program is made of; none, if it is made of anything else."""
    found: dict[str, Any] = {}
    for node in ast.parse(text).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) if name.isupper():
                try:
                    found[name] = ast.literal_eval(node.value)
                except ValueError:
                    return {}
            case _:
                return {}
    return found


def _as_given(value: Any) -> str:
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def _run_crontab(block: Block, folder: Folder) -> None:
    for line in block.text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        entry = _CRON.fullmatch(line)
        if entry is None:
            raise BlockError(f"{block.where}: five times and a command are due in {line!r}")
        if re.search(r"(?<!\\)%", entry[2]):
            raise BlockError(f"{block.where}: cron ends a command at a plain %: {line!r}")
        _exits_with_0(block, f"sh -c {_quoted(entry[2].replace(chr(92) + '%', '%'))}\n", folder)


def _check_data(block: Block) -> None:
    try:
        match block.language:
            case "json":
                json.loads(block.text)
            case "toml":
                tomllib.loads(block.text)
            case "ini":
                configparser.ConfigParser().read_string(block.text)
            case "python":
                compile(block.text, block.where, "exec")
    except (ValueError, SyntaxError, configparser.Error) as error:
        raise BlockError(f"{block.where}: {error}") from error

"""`scrapy localstore`: what goes to the store, what goes to the command beside it, and how both end."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys

import pytest
from scrapy import cmdline
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from playfast.commands import localstore
from playfast.commands.localstore import Command, _address

ADDRESS = "http://127.0.0.1:9"
PYTHON = (sys.executable, "-S", "-E", "-c")

# Stand-ins for the store; the first option is a file in which they leave what they were given and how they ended.
SERVES = """
import json, pathlib, sys
left = pathlib.Path(sys.argv[1])
left.write_text(json.dumps({"options": sys.argv[2:], "ended": False}))
print("listening on http://127.0.0.1:9", flush=True)
sys.stdin.read()
left.write_text(json.dumps({"options": sys.argv[2:], "ended": True}))
"""
ENDS = """
import json, pathlib, sys
pathlib.Path(sys.argv[1]).write_text(json.dumps({"options": sys.argv[2:], "ended": True}))
sys.exit(3)
"""
HELPS = "import sys; print('usage: localstore\\n  --seed N'); sys.exit(0)"

# Commands to run beside it: they leave what they see.
LOOKS = """
import json, os, pathlib, sys
store = json.loads(pathlib.Path(sys.argv[1]).read_text())
seen = {"arguments": sys.argv[3:], "url": os.environ["PLAYFAST_URL"], "mark": os.environ.get("A_MARK"), "ended": store["ended"]}
pathlib.Path(sys.argv[2]).write_text(json.dumps(seen))
sys.exit(7)
"""


@pytest.fixture
def run(monkeypatch):
    """Run the command as if these words stood behind `scrapy localstore`; gives the exit code."""

    def runner(*words, store=SERVES):
        monkeypatch.setattr(localstore, "_STORE", (*PYTHON, store))
        monkeypatch.setattr(sys, "argv", ["scrapy", *map(str, words)])
        command = Command()
        command.run([], argparse.Namespace())
        return command.exitcode

    return runner


@pytest.fixture
def left(tmp_path):
    return tmp_path / "store.json"


@pytest.fixture
def seen(tmp_path):
    return tmp_path / "command.json"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "", " \n"])
def test_the_address_is_read_from_the_first_line(end):
    assert _address(f"listening on {ADDRESS}{end}") == ADDRESS


@pytest.mark.parametrize(
    "said", ["", "\n", "usage: localstore\n", f"not listening on {ADDRESS}\n", f"Listening on {ADDRESS}\n"]
)
def test_a_store_that_began_otherwise_has_no_address(said):
    assert _address(said) is None


def test_alone_the_store_gets_all_options_as_they_were_given(run, left):
    assert run(left, "--seed", "3", "--help", "-h", "--nolog", "ids", store=ENDS) == 3
    assert read(left)["options"] == ["--seed", "3", "--help", "-h", "--nolog", "ids"]


def test_a_command_runs_beside_the_store_with_its_address(run, left, seen):
    run(left, "--", *PYTHON, LOOKS, left, seen)
    assert read(seen)["url"] == ADDRESS
    assert read(seen)["ended"] is False


def test_the_exit_code_is_the_commands(run, left, seen):
    assert run(left, "--", *PYTHON, LOOKS, left, seen) == 7
    assert run(left, "--", *PYTHON, "pass") == 0


def test_the_store_ends_with_the_command(run, left):
    run(left, "--seed", "3", "--", *PYTHON, "pass")
    assert read(left) == {"options": ["--seed", "3", "--until-stdin-closes"], "ended": True}


def test_only_the_first_two_dashes_are_taken_out(run, left, seen):
    run(left, "--", *PYTHON, LOOKS, left, seen, "-a", "--help", "--", "-s", "b c", "")
    assert read(seen)["arguments"] == ["-a", "--help", "--", "-s", "b c", ""]


def test_the_command_has_the_environment_of_its_caller(run, left, seen, monkeypatch):
    monkeypatch.setenv("A_MARK", "here")
    run(left, "--", *PYTHON, LOOKS, left, seen)
    assert read(seen)["mark"] == "here"


def test_an_address_in_the_environment_gives_way_to_the_stores_and_stays_what_it_was(
    run, left, seen, monkeypatch
):
    monkeypatch.setenv("PLAYFAST_URL", "http://another.test")
    run(left, "--", *PYTHON, LOOKS, left, seen)
    assert read(seen)["url"] == ADDRESS
    assert os.environ["PLAYFAST_URL"] == "http://another.test"


def test_without_a_store_the_command_is_not_run_and_the_exit_code_is_the_stores(run, left, seen):
    assert run(left, "--", *PYTHON, LOOKS, left, seen, store=ENDS) == 3
    assert not seen.exists()


def test_what_a_store_says_instead_of_its_address_is_not_lost(run, capfd):
    """As in `scrapy localstore --help -- COMMAND`."""
    run("--help", "--", *PYTHON, "pass", store=HELPS)
    told = capfd.readouterr()
    assert "--seed N" in told.out + told.err


def test_two_dashes_without_a_command_are_a_mistake_and_start_nothing(run, left):
    with pytest.raises(UsageError, match="command"):
        run(left, "--")
    assert not left.exists()


def test_a_command_that_is_not_there_is_told_without_a_traceback(run, left, tmp_path):
    missing = str(tmp_path / "no-such-command")
    try:
        code = run(left, "--", missing)
    except UsageError as error:
        assert missing in str(error)
    else:
        assert code not in (0, None)


def test_the_store_ends_even_if_the_command_cannot_be_run(run, left, tmp_path):
    with contextlib.suppress(OSError, UsageError):
        run(left, "--", tmp_path / "no-such-command")
    assert read(left)["ended"] is True


def test_an_interruption_of_the_store_alone_is_an_exit_code(run, left, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", interrupted)
    assert run(left) == 130


def test_a_command_beside_the_store_ends_in_its_own_time(run, left, monkeypatch):
    """Ctrl-C reaches it too; what it makes of that is the exit code."""
    waits = []
    wait = subprocess.Popen.wait

    def interrupted_once(process, timeout=None):
        if "import sys; sys.exit(7)" in map(str, process.args) and not waits:
            waits.append(process)
            raise KeyboardInterrupt
        return wait(process, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", interrupted_once)
    assert run(left, "--", *PYTHON, "import sys; sys.exit(7)") == 7
    assert waits
    assert read(left)["ended"] is True


@pytest.fixture
def scrapy(monkeypatch):
    """`scrapy WORDS...` in this process; gives the exit code."""

    def runner(*words, store):
        monkeypatch.setattr(localstore, "_STORE", (*PYTHON, store))
        monkeypatch.setattr(sys, "argv", ["scrapy", *map(str, words)])
        project = Settings()
        project.set("COMMANDS_MODULE", "playfast.commands")
        with pytest.raises(SystemExit) as ended:
            cmdline.execute(settings=project)
        return ended.value.code

    return runner


def test_scrapy_hands_on_what_it_does_not_know_and_what_it_does(scrapy, left):
    words = [left, "--seed", "3", "--broken", "a.b=cut", "--help", "-s", "A=1", "--loglevel", "INFO"]
    assert scrapy("localstore", *words, store=ENDS) == 3
    assert read(left)["options"] == words[1:]


def test_scrapy_hands_on_the_command_and_its_exit_code(scrapy, left, seen):
    code = scrapy("localstore", left, "--", *PYTHON, LOOKS, left, seen, "--help", "-s", "A=1", store=SERVES)
    assert code == 7
    assert read(seen)["arguments"] == ["--help", "-s", "A=1"]


def test_scrapy_tells_a_mistake_with_exit_code_2(scrapy, left, capsys):
    assert scrapy("localstore", left, "--", store=SERVES) == 2
    assert "a command is due after --" in capsys.readouterr().err


def test_the_real_store_tells_its_address_as_it_is_read_here(monkeypatch, tmp_path):
    url = tmp_path / "url"
    program = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(os.environ['PLAYFAST_URL'])"
    monkeypatch.setattr(sys, "argv", ["scrapy", "--seed", "3", "--", *PYTHON, program, str(url)])
    command = Command()
    command.run([], argparse.Namespace())
    assert command.exitcode == 0
    assert url.read_text(encoding="utf-8").startswith("http://127.0.0.1:")

"""The command line: what it prints, how it ends, what it refuses."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import playfast.localstore
from playfast.localstore import catalogue
from playfast.localstore.cli import main
from playfast.localstore.varieties import VARIETIES

from .conftest import ROOT

PACKAGE = Path(playfast.localstore.__file__).parent
COMMAND = [sys.executable, "-W", "error", "-m", "playfast.localstore"]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_its_address_and_ends_when_told(sign):
    with subprocess.Popen(
        COMMAND, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        address = process.stdout.readline().removeprefix("listening on ").strip()
        with urllib.request.urlopen(f"{address}/robots.txt", timeout=20) as answer:
            assert answer.status == 200
        process.send_signal(sign)
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, out, errors) == (0, "", "")


def test_it_ends_with_standard_input():
    done = subprocess.run(
        [*COMMAND, "--until-stdin-closes"],
        cwd=ROOT,
        input="",
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith("listening on ")


def test_a_taken_port_is_told(server):
    done = subprocess.run(
        [*COMMAND, "--port", str(server.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 1
    assert f"cannot listen on port {server.port}" in done.stderr


def test_all_mistakes_are_told_at_once(capsys):
    words = "--absent 1.5 --truncated -1 --status-503 0.6 --status-429 0.6 --port 70000 --latency -1 --broken x a.b=oops --disallow store --cache-mb -5"
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    assert ended.value.code == 2
    told = capsys.readouterr().err
    for part in (
        "--absent",
        "--truncated",
        "together",
        "--port",
        "--latency",
        "--broken x",
        "a.b=oops",
        "--disallow store",
        "--cache-mb",
    ):
        assert part in told


@pytest.mark.parametrize(
    "words",
    [
        "--nothing",
        "--port x",
        "ids",
        "ids --count x",
        "ids --count -1",
        "varieties more",
        "more",
        "--latency nan",
        "--framing odd",
    ],
)
def test_words_that_make_no_sense_are_refused(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    assert ended.value.code == 2
    assert "error" in capsys.readouterr().err


def test_ids_are_listed(capsys):
    assert main(["ids", "--count", "12000", "--seed", "3", "--start", "5"]) == 0
    assert capsys.readouterr().out.splitlines() == list(catalogue.ids(12_000, 3, 5))


def test_a_closed_pipe_ends_the_list_quietly():
    with subprocess.Popen(
        [*COMMAND, "ids", "--count", "3000000"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""


def test_varieties_are_listed(capsys):
    assert main(["varieties"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(VARIETIES)
    assert all(len(line.split()) > 1 for line in lines)


def test_the_store_imports_nothing_of_the_project():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [("playfast.localstore." if node.level else "") + (node.module or "")]
            for name in names:
                assert not name.startswith("playfast") or name.startswith("playfast.localstore"), (path, name)
                assert name.split(".")[0] in {*sys.stdlib_module_names, "playfast", "twisted", "orjson"}, (
                    path,
                    name,
                )


def test_files_are_small():
    assert not [path for path in PACKAGE.rglob("*.py") if len(path.read_text().splitlines()) >= 400]


def test_listing_ids_does_not_load_twisted():
    program = "import sys, playfast.localstore.cli as c; c.main(['ids', '--count', '1']); sys.exit('twisted' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0

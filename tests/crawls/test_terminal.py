"""What a person sees who crawls in a terminal: a line that moves, a log that stays whole, a table at the end."""

from __future__ import annotations

import os
import re
import signal
import sys

import pytest

from tests.conftest import ROOT, UNPACED, local_store

pyte = pytest.importorskip(
    "pyte", reason="the terminal emulator pyte is not installed (requirements-dev.txt)"
)
pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

from tests.terminal import run_in_terminal  # noqa: E402 - needs both

pytestmark = pytest.mark.crawl

MOVING = re.compile(
    r"^[\d,]+ (records|of ~?[\d,]+  [━╸╺ ]+)  [\d.,]+ apps/s  [\d,]+ errors(  [\d,]+ asked again)?(  [\d hmins.]+ left)?$"
)
LOGGED = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[[\w.]+\] (INFO|WARNING|ERROR): ")
SHOUTS = """
import logging

from scrapy import signals


class Shouts:
    # Logs titles that would drive a terminal, as a spider's own log lines might.
    @classmethod
    def from_crawler(cls, crawler):
        extension = cls()
        crawler.signals.connect(extension.scraped, signals.item_scraped)
        return extension

    def scraped(self, item):
        logging.getLogger("shouts").warning("[red]%s[/red] \\x1b[2J\\x1b]0;owned\\x07 \\x9b31m \\u202e", item.app_id)
"""


def crawl_in_terminal(store, folder, *arguments, env=None, **kwargs):
    command = [sys.executable, "-W", "error", "-m", "scrapy", "crawl", "apps", *arguments, *UNPACED]
    environment = {
        **os.environ,
        "PLAYFAST_URL": store.address,
        "PYTHONPATH": f"{ROOT}:{folder}",
        **(env or {}),
    }
    return run_in_terminal(command, cwd=ROOT, env=environment, **kwargs)


@pytest.fixture(scope="module")
def slow_store():
    """Answers late enough that the line is drawn several times, and with some to be asked again."""
    with local_store("--latency", "0.1", "--absent", "0.02") as running:
        yield running


def ids(store, folder, count):
    path = folder / "ids.txt"
    path.write_bytes(store.get(f"/_localstore/ids.txt?count={count}"))
    return f"ids={path}"


SETTINGS = """
from playfast.settings import *

EXTENSIONS = {**EXTENSIONS, "shouts.Shouts": 1}
"""


def test_progress_and_log_lines_do_not_garble_each_other(slow_store, tmp_path):
    (tmp_path / "shouts.py").write_text(SHOUTS)
    (tmp_path / "loud_settings.py").write_text(SETTINGS)
    session = crawl_in_terminal(
        slow_store, tmp_path, "-a", ids(slow_store, tmp_path, 800), "-a", "batch=8", "-s", "CONCURRENT_REQUESTS=2",
        "-O", str(tmp_path / "a.jsonl"),
        env={"SCRAPY_SETTINGS_MODULE": "loud_settings"}, columns=140, lines=30,
    )  # fmt: skip
    assert session.exit_code == 0
    # Whenever something was drawn, the moving line stood alone on its line, below all else.
    drawn = 0
    for screen in session.screens:
        moving = [n for n, line in enumerate(screen) if " apps/s  " in line and not line.startswith("  rate")]
        if not moving:
            continue
        drawn += 1
        (number,) = moving
        assert MOVING.match(screen[number].rstrip()), screen[number]
        assert not [line for line in screen[number + 1 :] if line.strip()]
    assert drawn >= 2  # a loaded machine draws less often
    # In the end every log line is there once, in one piece, and the moving line is gone.
    shouted = [line for line in session.history if "[shouts]" in line]
    assert len(shouted) == 800
    assert len(set(shouted)) == 800
    assert all(LOGGED.match(line) for line in shouted)
    assert not [line for line in session.history if MOVING.match(line)]


def test_control_characters_reach_the_terminal_as_escapes_only(slow_store, tmp_path):
    (tmp_path / "shouts.py").write_text(SHOUTS)
    (tmp_path / "loud_settings.py").write_text(SETTINGS)
    for progress in ("1", "0"):
        session = crawl_in_terminal(
            slow_store, tmp_path, "-a", ids(slow_store, tmp_path, 20), "-O", str(tmp_path / "a.jsonl"),
            "-s", f"PLAYFAST_PROGRESS={progress}", env={"SCRAPY_SETTINGS_MODULE": "loud_settings"}, columns=140,
        )  # fmt: skip
        shouted = [line for line in session.history if "[shouts]" in line]
        assert len(shouted) == 20
        assert all(r"[/red] \x1b[2J\x1b]0;owned\x07 \x9b31m \u202e" in line for line in shouted)
        assert "[red]" in shouted[0]
        for sequence in (b"\x1b[2J", b"\x1b]0;", "\x9b31m".encode(), "\u202e".encode()):
            assert sequence not in session.raw


def test_the_start_is_short_and_the_table_comes_at_the_end(slow_store, tmp_path):
    session = crawl_in_terminal(
        slow_store, tmp_path, "-a", ids(slow_store, tmp_path, 200), "-a", "countries=us,kr",
        "-O", str(tmp_path / "a.jsonl"),
    )  # fmt: skip
    text = "\n".join(session.history)
    before = session.history[
        : next(n for n, line in enumerate(session.history) if "Stored jsonl feed" in line)
    ]
    assert len([line for line in before if line]) < 5, "the wall of settings is back"
    assert re.search(r"^ *records +kr +us +all$", text, re.MULTILINE) or re.search(
        r"^ *records +us +kr +all$", text, re.MULTILINE
    )
    assert re.search(r"^ *all +200 +200 +400$", text, re.MULTILINE)
    for row in ("rate", "received", "latency", "memory", "asked again", "thin fields"):
        assert re.search(rf"^ *{row}  +\S", text, re.MULTILINE), row


def test_without_a_moving_line_the_log_and_the_table_stay(slow_store, tmp_path):
    session = crawl_in_terminal(
        slow_store, tmp_path, "-a", ids(slow_store, tmp_path, 40), "-s", "PLAYFAST_PROGRESS=0",
        "-O", str(tmp_path / "a.jsonl"),
    )  # fmt: skip
    assert session.exit_code == 0
    assert not [screen for screen in session.screens if any(" errors" in line for line in screen)]
    assert any("Stored jsonl feed (40 items)" in line for line in session.history)
    assert any(line.split()[:1] == ["rate"] for line in session.history)


def test_a_feed_to_the_same_terminal_is_not_broken_by_a_moving_line(slow_store, tmp_path):
    session = crawl_in_terminal(
        slow_store,
        tmp_path,
        "-a",
        ids(slow_store, tmp_path, 40),
        "-a",
        "fields=genre_id",
        "-O",
        "-:csv",
        columns=200,
    )
    rows = [line for line in session.history if "/store/apps/details?id=" in line]
    assert len(rows) == 40
    assert not [line for line in session.history if MOVING.match(line)]


def test_an_interrupted_crawl_leaves_the_terminal_in_order(slow_store, tmp_path):
    told = []

    def interrupt(lines, process):
        if not told and any(MOVING.match(line.rstrip()) for line in lines):
            told.append(process.send_signal(signal.SIGINT))

    session = crawl_in_terminal(
        slow_store, tmp_path, "-a", ids(slow_store, tmp_path, 2000), "-a", "batch=8", "-s", "CONCURRENT_REQUESTS=2",
        "-O", str(tmp_path / "a.jsonl"), seen=interrupt,
    )  # fmt: skip
    assert told
    assert session.exit_code == 5
    assert session.raw.rindex(b"\x1b[?25h") > session.raw.rindex(b"\x1b[?25l"), "the cursor stays hidden"
    assert any("cut short (shutdown)" in line for line in session.history)
    assert any(line.split()[:1] == ["rate"] for line in session.history)


def test_an_interrupt_beside_a_store_of_its_own_lets_the_crawl_end_in_order(tmp_path):
    """Ctrl-C in a terminal reaches every process there: the command that started both, the crawl, and the store."""
    (tmp_path / "ids.txt").write_text("".join(f"com.example.app{number}\n" for number in range(2000)))
    scrapy = [sys.executable, "-m", "scrapy"]
    crawl = [
        *scrapy,
        "crawl",
        "apps",
        "-a",
        f"ids={tmp_path}/ids.txt",
        "-a",
        "batch=8",
        "-O",
        f"{tmp_path}/a.jsonl",
        *UNPACED,
    ]
    told = []

    def interrupt(lines, process):
        if not told and any(MOVING.match(line.rstrip()) and not line.startswith("0 ") for line in lines):
            told.append(os.killpg(process.pid, signal.SIGINT))

    session = run_in_terminal(
        [*scrapy, "localstore", "--latency", "0.1", "--", *crawl, "-s", "CONCURRENT_REQUESTS=2"],
        cwd=ROOT, env=os.environ, seen=interrupt,
    )  # fmt: skip
    assert told
    assert session.exit_code == 5
    assert any("cut short (shutdown)" in line for line in session.history)
    stored = next(line for line in session.history if "Stored jsonl feed" in line)
    with (tmp_path / "a.jsonl").open() as lines:
        assert sum(1 for line in lines if line.endswith("}\n")) == int(
            re.search(r"\((\d+) items\)", stored)[1]
        )

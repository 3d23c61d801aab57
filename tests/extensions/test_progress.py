"""The moving line: done of the total, a bar, the rate, errors, the time left; harmless and whole on any terminal."""

from __future__ import annotations

import io
import logging
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from playfast.extensions.progress import Progress, _ConsoleHandler, drawn, gives_rows, pause
from playfast.items import App, Availability, Listing, Review
from playfast.runs.pace import Pace

CRAWLER = get_crawler()


def shown(done=0, total=None, rate=0.0, *, known=True, errors=0, again=0, width=110, rows=None):
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, legacy_windows=False, markup=False)
    console.print(drawn(done, total, rate, known=known, errors=errors, again=again, rows=rows))
    return file.getvalue()


def test_it_tells_how_far_how_fast_and_how_long():
    line = shown(12_345, 60_000, 201.6, errors=7, again=31)
    for part in ("12,345 of 60,000", "202 apps/s", "7 errors", "31 asked again", "3 min 56 s left"):
        assert part in line
    assert "~" not in line


def test_a_total_that_is_a_guess_says_so():
    assert "5 of ~60,000" in shown(5, 60_000, 1.0, known=False)


def test_without_a_total_there_is_no_bar_and_no_end():
    line = shown(1_234, None, 3.25)
    assert "1,234 records" in line
    assert "3.2 apps/s" in line
    assert "left" not in line
    assert "of" not in line


@pytest.mark.parametrize(
    ("done", "total", "rate"), [(0, 100, 0.0), (100, 100, 5.0), (120, 100, 5.0), (0, 0, 0.0), (0, 0, 9.0)]
)
def test_where_no_end_can_be_told_none_is(done, total, rate):
    assert "left" not in shown(done, total, rate)


def test_a_pause_is_told_with_its_reason():
    pace, free = Pace(1.0), Pace(1.0)
    assert pause({}, 0.0) == pause({"a": pace}, 0.0) == (0.0, "")
    pace.wait(0.0, 30)
    assert pause({"a": pace}, 10.0) == (20.0, "Play asks to wait")
    assert pause({"a": pace}, 29.0) == (0.0, "")
    assert pause({"a": pace, "b": free}, 10.0) == (0.0, "")  # one way is open
    pace.blocked(40.0, 40.0)
    assert pause({"a": pace}, 40.0) == (60.0, "a captcha")
    file = io.StringIO()
    Console(file=file, width=110).print(
        drawn(5, 10, 1.0, known=True, errors=0, again=0, paused=60.0, why="a captcha")
    )
    assert "waiting 1 min 00 s (a captcha)" in file.getvalue()
    assert "left" not in file.getvalue()
    assert "apps/s" not in file.getvalue()


def test_where_a_crawl_gives_rows_it_counts_these():
    line = shown(3, 12, 950.0, rows=4_711)
    for part in ("3 of 12", "950 rows/s", "4,711 rows"):
        assert part in line
    assert "left" not in line, "how many rows there will be nobody knows"


@pytest.mark.parametrize(
    ("item", "gives"), [(Review, True), (Listing, True), (App, False), (Availability, False)]
)
def test_what_gives_rows(item, gives):
    assert gives_rows(SimpleNamespace(item=item)) is gives
    assert gives_rows(SimpleNamespace()) is False


def test_nothing_that_was_asked_again_is_not_mentioned():
    assert "asked again" not in shown(5, 10, 1.0)
    assert "0 errors" in shown(5, 10, 1.0)


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0.0, "0.0 apps/s"),
        (0.04, "0.0 apps/s"),
        (9.94, "9.9 apps/s"),
        (10.4, "10 apps/s"),
        (12_345.6, "12,346 apps/s"),
    ],
)
def test_a_rate_has_two_digits_or_more(rate, text):
    assert text in shown(5, None, rate)


NUMBER = st.integers(0, 10**9)


@settings(max_examples=150, deadline=None, database=None)
@given(
    NUMBER,
    st.none() | NUMBER,
    st.just(0.0) | st.floats(1e-6, 1e6),
    st.booleans(),
    NUMBER,
    NUMBER,
    st.integers(1, 200),
)
def test_it_is_one_line_however_narrow_the_terminal(done, total, rate, known, errors, again, width):
    text = shown(done, total, rate, known=known, errors=errors, again=again, width=width)
    assert len(text.splitlines()) == 1
    assert len(text.rstrip("\n")) <= width


@pytest.mark.parametrize("width", [40, 60])
def test_the_count_is_seen_on_a_narrow_terminal(width):
    assert "12,345" in shown(12_345, 60_000, 201.6, width=width)


# What it is drawn from


@pytest.fixture
def progress():
    CRAWLER.stats.clear_stats()
    CRAWLER.spider = SimpleNamespace(due=None, item=App)
    return Progress(CRAWLER, Console(file=io.StringIO(), width=110), line=True)


def line_of(progress, now):
    file = io.StringIO()
    Console(file=file, width=110, color_system=None).print(progress.line(now))
    return file.getvalue()


def test_the_rate_is_that_of_the_last_seconds(progress):
    for second in range(60):
        CRAWLER.stats.set_value("item_scraped_count", second * 10 if second < 40 else 400)
        line = line_of(progress, 100.0 + second)
    assert "0.0 apps/s" in line


def test_what_is_no_app_is_not_called_one(progress):
    CRAWLER.spider.item = Availability
    assert "0.0 records/s" in line_of(progress, 5.0)


def test_the_first_line_has_no_rate_yet(progress):
    CRAWLER.stats.set_value("item_scraped_count", 64)
    assert "0.0 apps/s" in line_of(progress, 5.0)
    CRAWLER.stats.set_value("item_scraped_count", 128)
    assert "32 apps/s" in line_of(progress, 7.0)


def test_what_the_crawl_owes_goes_before_a_guess(progress):
    progress._expected = 500
    CRAWLER.stats.set_value("item_scraped_count", 10)
    assert "10 of ~500" in line_of(progress, 1.0)
    CRAWLER.spider.due = 400
    assert "10 of 400" in line_of(progress, 2.0)


def test_a_guess_that_was_too_low_grows(progress):
    progress._expected = 5
    CRAWLER.stats.set_value("item_scraped_count", 10)
    assert "10 of ~10" in line_of(progress, 1.0)


def test_errors_and_what_is_asked_again_are_counted(progress):
    for name, count in (
        ("playfast/records/error", 3),
        ("retry/count", 2),
        ("playfast/answers/absent", 4),
        ("playfast/requests/rpc/failed", 1),
    ):
        CRAWLER.stats.set_value(name, count)
    line = line_of(progress, 1.0)
    assert "3 errors" in line
    assert "7 asked again" in line


# The log above it


def logged(text, level=logging.INFO, **options):
    file = io.StringIO()
    like = logging.StreamHandler()
    like.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler = _ConsoleHandler(
        Console(file=file, width=60, markup=False, highlight=False, emoji=False, **options), like
    )
    handler.handle(logging.LogRecord("x", level, __file__, 1, text, None, None))
    return file.getvalue()


@pytest.mark.parametrize(
    "text", ["plain", "[red]marks[/red]", "[/]", ":smile:", "日本語", "a\tb".expandtabs(), "x" * 300]
)
def test_a_line_of_the_log_is_shown_as_it_is(text):
    assert logged(text) == f"INFO: {text}\n"


@pytest.mark.parametrize("text", ["\x1b[31mred", "\x9b2J", "a\rb", "\u202egpj", "\x07"])
def test_what_could_drive_the_terminal_is_shown_as_an_escape(text):
    found = logged(text, force_terminal=True, color_system=None)
    assert "\\x" in found or "\\u" in found
    assert not set(found) & {"\x1b", "\x9b", "\r", "\x07", "\u202e"}


def test_a_trace_keeps_its_lines():
    assert logged("one\n  two\n    three") == "INFO: one\n  two\n    three\n"


# Where it is


class Terminal(io.StringIO):
    def isatty(self):
        return True


def crawler_with(given_settings):
    return SimpleNamespace(settings=Settings(given_settings), signals=CRAWLER.signals)


def test_it_is_not_there_where_standard_error_is_no_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(NotConfigured):
        Progress.from_crawler(get_crawler())


def test_it_is_not_there_without_standard_error(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(NotConfigured):
        Progress.from_crawler(get_crawler())


def test_on_a_dumb_terminal_it_moves_no_line(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert not Progress.from_crawler(get_crawler())._line


@pytest.mark.parametrize(
    ("settings_", "line"),
    [
        ({}, True), ({"PLAYFAST_PROGRESS": "0"}, False), ({"PLAYFAST_PROGRESS": False}, False), ({"FEEDS": {"apps.jsonl": {"format": "jsonl"}}}, True),
        ({"FEEDS": {"stdout:": {"format": "jsonl"}}}, False),
    ],
)  # fmt: skip
def test_the_line_is_left_out_where_it_is_not_wanted_or_would_be_broken(monkeypatch, settings_, line):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("PLAYFAST_PROGRESS", raising=False)
    assert Progress.from_crawler(crawler_with(settings_))._line is line


def test_a_feed_into_a_pipe_does_not_break_the_line(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setenv("TERM", "xterm-256color")
    assert Progress.from_crawler(crawler_with({"FEEDS": {"stdout:": {"format": "jsonl"}}}))._line is True

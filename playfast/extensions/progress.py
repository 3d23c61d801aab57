"""What a terminal shows of a crawl: one line that moves, the log above it, the table at the end."""

from __future__ import annotations

import asyncio
import atexit
import logging
import sys
from collections import deque
from collections.abc import Mapping
from time import monotonic
from typing import Any, Self

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call, run_in_thread
from scrapy.utils.log import get_scrapy_root_handler

from playfast.runs import options, report, units
from playfast.runs.pace import Pace, paces
from playfast.runs.printable import printable
from playfast.runs.table import duration

_REDRAWN = 0.5
_WINDOW = 20
"""Redraws that the rate shown is taken over: the last ten seconds."""
_BAR = 24
_WORTH_TELLING = 2.0  # seconds
_COLOURS = {logging.WARNING: "yellow", logging.ERROR: "red", logging.CRITICAL: "bold red"}


class Progress:
    """Owns the terminal while the spider is open. Not there where standard error is none.

    The log is handed through the same console, so that its lines stand above the moving one. `PLAYFAST_PROGRESS=0` leaves the moving line
    out, and so does a terminal that cannot move its cursor.
    """

    def __init__(self, crawler: Crawler, console: Console, *, line: bool) -> None:
        self.crawler = crawler
        self.console = console
        self.has_the_log = False
        self._line = line
        self._live: Live | None = None
        self._drawing: Any = None
        self._expected: int | None = None
        self._counting: asyncio.Future[None] | None = None
        self._seen: deque[tuple[float, int]] = deque(maxlen=_WINDOW)
        self._taken: logging.Handler | None = None
        self._handler: _ConsoleHandler | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if sys.stderr is None or not sys.stderr.isatty():
            raise NotConfigured  # and without a word: a log is no place for it
        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        chosen = options.read(crawler.settings)
        # A feed that is written to the same terminal would break the line.
        feeds = [str(uri) for uri in crawler.settings.getdict("FEEDS")]
        written_beside = (
            sys.stdout is not None
            and sys.stdout.isatty()
            and any(uri.startswith(("stdout:", "-")) for uri in feeds)
        )
        extension = cls(
            crawler, console, line=chosen.progress and not written_beside and not console.is_dumb_terminal
        )
        crawler.signals.connect(extension.start, signals.spider_opened)
        crawler.signals.connect(extension.stop_drawing, signals.spider_closed)
        return extension

    def start(self) -> None:
        self._take_the_log()
        crawler = self.crawler
        # Here, and not before: it must come behind all that shows something when the engine stops.
        crawler.signals.connect(self.stop, signals.engine_stopped)
        if not self._line:
            return
        self._live = Live(
            console=self.console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        atexit.register(self.console.show_cursor)  # whatever ends the process
        self._live.start()
        self._counting = asyncio.ensure_future(self._count())
        self._drawing = create_looping_call(self.draw)
        self._drawing.start(_REDRAWN)

    async def _count(self) -> None:
        find_out = getattr(self.crawler.spider, "expected", None)
        if find_out is not None:
            self._expected = await run_in_thread(find_out)

    def draw(self) -> None:
        assert self._live is not None
        self._live.update(self.line(monotonic()), refresh=True)

    def line(self, now: float) -> RenderableType:
        """The moving line at a time of the monotonic clock."""
        stats = self.crawler.stats.get_stats()
        done = stats.get("item_scraped_count", 0)
        self._seen.append((now, done))
        (first, before), (last, _) = self._seen[0], self._seen[-1]
        rate = (done - before) / (last - first) if last > first else 0.0
        due = getattr(self.crawler.spider, "due", None)
        total = due if due is not None else self._expected
        if total is not None and due is None:
            total = max(total, done - stats.get("playfast/rows", 0))
        paused, why = pause(paces(self.crawler), now)
        rows = stats.get("playfast/rows", 0)
        return drawn(
            max(0, done - rows),
            total,
            rate,
            rows=rows if gives_rows(self.crawler.spider) else None,
            word=units.unit(_item_of(self.crawler.spider), records=1, rows=0),
            known=due is not None,
            errors=stats.get("playfast/records/error", 0),
            again=report.errors(stats),
            paused=paused,
            why=why,
        )

    def show(self, what: RenderableType) -> None:
        self.console.print(what)

    def stop_drawing(self) -> None:
        if self._drawing is not None and self._drawing.running:
            self._drawing.stop()
        if self._counting is not None:
            self._counting.cancel()
        if self._live is not None:
            self._live.stop()

    def stop(self) -> None:
        if self._handler is not None and self._taken is not None:
            logging.root.removeHandler(self._handler)
            logging.root.addHandler(self._taken)
            self._handler = None

    def _take_the_log(self) -> None:
        """Put Scrapy's log through the console, if it goes to this terminal."""
        handler = get_scrapy_root_handler()
        if type(handler) is logging.StreamHandler and handler.stream is sys.stderr:
            self._taken = handler
            self._handler = _ConsoleHandler(self.console, handler)
            logging.root.removeHandler(handler)
            logging.root.addHandler(self._handler)
            self.has_the_log = True


class _ConsoleHandler(logging.Handler):
    """Writes a log to a console, in the format and from the level of another handler."""

    def __init__(self, console: Console, like: logging.Handler) -> None:
        super().__init__(like.level)
        self.console = console
        self.setFormatter(like.formatter)
        for kept in like.filters:
            self.addFilter(kept)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = Text(printable(self.format(record)), _COLOURS.get(record.levelno, ""))
            self.console.print(text, soft_wrap=True)
        except Exception:  # noqa: BLE001 - logging's own way with what goes wrong in it
            self.handleError(record)


def gives_rows(spider: Any) -> bool:
    """Whether a crawl's main items are rows: many for each thing asked."""
    identity = getattr(getattr(spider, "item", None), "identity", None)
    return identity is not None and bool(identity.row)


def _item_of(spider: Any) -> str:
    item = getattr(spider, "item", None)
    return "" if item is None else str(item.__name__)


def pause(paces: Mapping[str, Pace], now: float) -> tuple[float, str]:
    """For how many more seconds nothing may be asked, by any way, and why; 0 while something may."""
    if not paces:
        return 0.0, ""
    first = min(paces.values(), key=lambda pace: pace.not_before)
    seconds = first.not_before - now
    if seconds < _WORTH_TELLING:
        return 0.0, ""
    return seconds, "the store is lost" if first.lost else "a captcha" if first.alone else "Play asks to wait"


def drawn(
    done: int,
    total: int | None,
    rate: float,
    *,
    rows: int | None = None,
    word: str = "app",
    known: bool,
    errors: int,
    again: int,
    paused: float = 0.0,
    why: str = "",
) -> Table:
    """The moving line: done of the total, a bar, apps (or what else a crawl gives) a second or a pause, errors, time left.

    A total that is a guess has a `~`.
    """
    words = f"{word}s" if rows is None else "rows"
    grid = Table.grid(padding=(0, 2))
    cells: list[RenderableType] = []
    if total is None:
        cells.append(Text(f"{done:,} records", "bold"))
    else:
        cells += [
            Text.assemble((f"{done:,}", "bold"), f" of {'' if known else '~'}{total:,}"),
            ProgressBar(total=max(total, 1), completed=done, width=_BAR),
        ]
    if paused:
        cells.append(Text(f"waiting {duration(paused)} ({why})", "bold yellow"))
    else:
        cells.append(Text(f"{rate:,.0f} {words}/s" if rate >= 10 else f"{rate:.1f} {words}/s", "cyan"))  # noqa: PLR2004 - two digits
    cells.append(Text(f"{errors:,} errors", "bold red" if errors else "dim"))
    if again:
        cells.append(Text(f"{again:,} asked again", "yellow"))
    if rows is not None:
        cells.append(Text(f"{rows:,} rows", "bold"))
    elif total is not None and rate > 0 and total > done and not paused:
        cells.append(Text(f"{duration((total - done) / rate)} left", "dim"))
    for _ in cells:
        grid.add_column(no_wrap=True)
    grid.add_row(*cells)
    return grid

"""`scrapy record`: an answer of the store, kept as a test case without what it says of people."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.http import Response

from playfast.asking import AskingCommand
from playfast.errors import ArgumentError, EnvelopeError, RecordingError
from playfast.play import envelope, trouble
from playfast.play.page import Page
from playfast.play.trouble import Trouble
from playfast.recording import case, people, question
from playfast.recording.case import HEADERS, Case
from playfast.recording.question import Question
from playfast.recording.spider import RecordSpider
from playfast.runs.printable import printable

_USAGE, _NOT_KEPT, _NOT_REACHED = 2, 1, 3
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,99}", re.ASCII)


class Command(AskingCommand):
    """Asks once, and writes NAME.html.gz or NAME.txt.gz with the body and NAME.json with what was asked and what came.

    Exits with 0, with 1 if the answer cannot be kept (what it says of people cannot be told from the rest, or a file is in the way), 2 if
    something about the command is wrong, 3 if there was no answer.
    """

    def syntax(self) -> str:
        return "[options] <address | kind [name=value ...] | RPC request>"

    def short_desc(self) -> str:
        return "Keep an answer of the store as a test case, without what it says of people"

    def long_desc(self) -> str:
        return (
            "Record a page (scrapy record '/store/apps/details?id=com.whatsapp&hl=en&gl=us') or the answer to a call, by its kind "
            "(scrapy record reviews app=com.whatsapp rows=40 country=us lang=en) or by the id of its RPC and its request as JSON."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-o", dest="folder", default=".", metavar="FOLDER", help="where to write it (default: here)"
        )
        parser.add_argument("--name", metavar="NAME", help="what to call the files (default: what was asked)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("an address, or a kind of call, is due", print_help=False)
        assert self.settings is not None
        problems = []
        if opts.name is not None and not _NAME.fullmatch(opts.name):
            problems.append(f"--name {opts.name}: letters, digits, '.', '-' and '_' are due")
        asked = None
        try:
            RecordSpider.check(self.settings, {})
        except ArgumentError as error:
            problems += error.problems
        try:
            asked = question.read(args, self.origin)
        except ArgumentError as error:
            problems += error.problems
        if problems or asked is None:
            self.fail(problems, _USAGE)
            return
        folder, name = Path(opts.folder), opts.name or asked.name
        if problems := case.in_the_way(folder, name, _kind(asked)):
            # The store is not asked for what cannot be kept.
            self.fail(problems, _NOT_KEPT)
            return
        spider = self.ask(type("RecordSpider", (RecordSpider,), {"question": asked}))
        if not isinstance(spider, RecordSpider) or spider.answer is None:
            why = self.cut_short or getattr(spider, "failure", None) or "the crawl could not start"
            self.fail([f"no answer: {why}"], _NOT_REACHED)
            return
        try:
            kept = people.without(spider.answer.body)
            made = _case(name, asked, spider, spider.answer, kept)
            files = made.write(folder)
        except RecordingError as error:
            self.fail(error.problems, _NOT_KEPT)
            return
        _tell(made, files)


def _kind(asked: Question) -> str:
    return "page" if asked.path is not None else "rpc"


def _case(name: str, asked: Question, spider: RecordSpider, answer: Response, kept: people.Without) -> Case:
    return Case(
        name,
        _kind(asked),
        spider.asked_for,
        answer.status,
        {
            name: (answer.headers.get(name) or b"").decode("latin-1")
            for name in HEADERS
            if name in answer.headers
        },
        {"country": asked.country, "lang": asked.lang},
        Page(answer.body).country,
        kept.replaced,
        kept.body,
        datetime.now(UTC),
    )


def _tell(made: Case, files: Iterable[Path]) -> None:
    """What was kept, and on stderr what has to be said of it: it is kept all the same."""
    body, description = files
    replaced = ", ".join(
        f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in made.replaced.items()
    )
    print(
        printable(
            f"{body}: {len(made.body):,} bytes, HTTP status {made.status}; replaced: {replaced or 'nothing'}"
        )
    )
    print(printable(f"{description}"))
    if doubt := _of_page(made) if made.kind == "page" else _of_call(made.body):
        print(f"scrapy record: {doubt}", file=sys.stderr)


def _of_page(made: Case) -> str | None:
    found = trouble.of_answer(made.status, made.body, rpc=False)
    if found is None:
        return None
    return "the page is cut" if found is Trouble.CUT else "the page holds no data of the store"


def _of_call(body: bytes) -> str | None:
    try:
        answer = envelope.unpack(body).get(question.TAG)
    except EnvelopeError as error:
        return f"the answer is no body of calls: {error}"
    if answer is None:
        return "the call is not answered in it"
    if answer.error is not None:
        return f"the call is answered with an error ({answer.error_type}, code {answer.error})"
    return "the call is answered with nothing" if answer.payload is None else None

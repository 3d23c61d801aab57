"""What the answer of `scrapy crawl --check` comes to."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.skipif(find_spec("scrapyd") is None, reason="the extra scrapyd is not installed")


@pytest.mark.parametrize(
    ("code", "told", "mistakes"),
    [
        (0, "a warning\n", []),
        (2, "Usage\n=====\n  scrapy crawl [options] <spider>\n\nscrapy crawl: error: no spider: x\n", ["no spider: x"]),
        (2, "scrapy crawl apps: one\nscrapy crawl apps: two\n'scrapy arguments apps' explains them\n", ["one", "two"]),
        (2, "Usage\n=====\nscrapy: error: unrecognized arguments: --check\n", []),
        (1, "Traceback\nImportError: no module\n", ["the job could not start: ImportError: no module"]),
        (1, "", ["the job could not start: exit code 1"]),
        (None, "", ["the arguments could not be checked within 60 seconds"]),
    ],
)  # fmt: skip
def test_an_exit_code_and_what_was_written(code, told, mistakes):
    rehearsal = import_module("playfast.scrapyd.rehearsal")

    assert rehearsal.judged(code, told) == mistakes

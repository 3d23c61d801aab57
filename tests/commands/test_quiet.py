"""On a terminal Scrapy's wall of text at the start is left out; what says something of the crawl stays."""

from __future__ import annotations

import inspect
import io
import logging
import sys
from importlib import import_module

import pytest
from scrapy.settings import Settings

from playfast.commands import quiet


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def installed():
    quiet.install()
    quiet.install()  # twice is as once
    yield
    for name in quiet._WORDY:
        logging.getLogger(name).removeFilter(quiet._says_something)


def settings(priority=None, **given):
    made = Settings()
    for name, value in given.items():
        made.set(name, value, priority=priority or "project")
    return made


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (settings(), True),
        (settings(LOG_LEVEL="INFO"), True),
        (settings(LOG_LEVEL="DEBUG", priority="spider"), True),
        (settings(LOG_LEVEL="DEBUG", priority="cmdline"), False),
        (settings(LOG_LEVEL="INFO", priority="cmdline"), False),
        (settings(LOG_FILE="crawl.log"), False),
        (settings(LOG_FILE=""), True),
    ],
)
def test_a_log_that_goes_to_a_terminal_is_quiet_unless_a_level_was_asked_for(monkeypatch, given, wanted):
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert quiet.wanted(given) is wanted


def test_a_log_that_goes_elsewhere_is_whole(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert not quiet.wanted(settings())


def test_the_versions_are_left_out():
    made = settings()
    quiet.before_start(made)
    assert made.getlist("LOG_VERSIONS") == []


def test_versions_that_were_asked_for_on_the_command_line_stay():
    made = settings(LOG_VERSIONS=["Python"], priority="cmdline")
    quiet.before_start(made)
    assert made.getlist("LOG_VERSIONS") == ["Python"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("name", "beginning"), quiet._WORDY.items())
def test_what_says_nothing_of_the_crawl_is_left_out_and_the_rest_stays(name, beginning, caplog):
    logger = logging.getLogger(name)
    with caplog.at_level(logging.DEBUG, logger=name):
        logger.info(beginning)
        logger.info(beginning + " and more")  # noqa: G003 - it comes whole
        assert caplog.records == []
        logger.info("Something else")
        logger.warning(beginning)
        logger.error(beginning)
        logger.info(ValueError("an object"))
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING", "ERROR", "INFO"]


@pytest.mark.usefixtures("installed")
def test_other_loggers_are_left_alone(caplog):
    with caplog.at_level(logging.INFO):
        logging.getLogger("playfast.extensions.report").info("Enabled everything")
        logging.getLogger("scrapy.middleware.more").info("Enabled everything")
    assert len(caplog.records) == 2


@pytest.mark.parametrize(("name", "beginning"), quiet._WORDY.items())
def test_these_are_lines_that_scrapy_writes(name, beginning):
    """Or nothing would be left out any more, and nobody would notice."""
    module = import_module(name)
    assert module.logger.name == name
    assert f'"{beginning}' in inspect.getsource(module)

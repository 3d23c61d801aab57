"""`schedule.json`, which refuses at once what Scrapyd would take and lose, or what the job would refuse in a log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader
from scrapyd import webservice
from twisted.web import error, http

from playfast.errors import ArgumentError
from playfast.play.fields import sources
from playfast.runs import options
from playfast.spiders.base import PlaySpider

LONGEST = 128 * 1024 - 1
"""Bytes of one argument of a process on Linux (MAX_ARG_STRLEN, less its end mark). With a longer one Scrapyd answers `ok`, starts nothing,
and never uses that slot again."""
_OF_SCRAPYD = ("project", "spider", "_version", "jobid", "priority", "setting")
_OURS = ("playfast", "default")
"""The names of this project in scrapy.cfg."""
_SETTINGS = "playfast.settings"
Given = Mapping[bytes, Sequence[bytes]]


class Schedule(webservice.Schedule):  # type: ignore[misc]  # Scrapyd is not typed
    """Scrapyd's, but for arguments that are too long, and for mistakes in those of our spiders: all are told in the answer."""

    def render_POST(self, txrequest: Any) -> Any:  # noqa: N802 - Twisted's name
        problems = too_long(txrequest.args) or mistakes(txrequest.args)
        if problems:
            raise error.Error(code=http.OK, message="; ".join(problems).encode())
        return super().render_POST(txrequest)


def too_long(given: Given) -> list[str]:
    """Arguments and settings that a process cannot be given."""
    sizes: list[tuple[bytes, int]] = []
    for name, values in given.items():
        if name == b"setting":
            sizes += [(value.partition(b"=")[0], len(value)) for value in values]
        elif name.decode("utf-8", "replace") not in _OF_SCRAPYD:
            sizes += [(name, len(name) + 1 + len(value)) for value in values[:1]]
    return [
        f"{name.decode('utf-8', 'replace')} has {size:,} bytes, and a job can be given {LONGEST:,} in one argument: put the list into a "
        "file, or behind an http(s) address, and name that"
        for name, size in sizes
        if size > LONGEST
    ]


def mistakes(given: Given) -> list[str]:
    """What is wrong with the arguments and settings of a job for a spider of ours in the project's folder; else nothing.

    Files are looked for where the job would look for them: it runs in Scrapyd's folder.
    """
    text = {
        name.decode("utf-8", "replace"): [value.decode("utf-8", "replace") for value in values]
        for name, values in given.items()
    }
    if text.get("project", [""])[0] not in _OURS or "_version" in text:
        return []
    settings = Settings()
    # By its name: Scrapy's way to find a project's settings leaves an environment variable that jobs of other projects would inherit.
    settings.setmodule(_SETTINGS, priority="project")
    name = text.get("spider", [""])[0]
    loader = get_spider_loader(settings)
    if name not in loader.list():
        return []
    spider = loader.load(name)
    if not issubclass(spider, PlaySpider):
        return []
    found = []
    arguments = {key: values[0] for key, values in text.items() if key not in _OF_SCRAPYD}
    try:
        spider.arguments.check(arguments)
    except ArgumentError as problem:
        found += problem.problems
    if arguments.get("ids") == "-":
        found.append("ids='-': a job has no standard input; a file, a list or an http(s) address is due")
    for pair in text.get("setting", ()):
        key, _, value = pair.partition("=")
        settings.set(key, value, priority="cmdline")
    try:
        options.read(settings, sources(spider.item))
    except ArgumentError as problem:
        found += problem.problems
    return found

"""`schedule.json`, which refuses what Scrapyd would lose and what the spider would refuse: in its answer, before anything is queued."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from typing import Any

from scrapyd.interfaces import IEnvironment
from scrapyd.launcher import get_crawl_args
from scrapyd.webservice import Schedule
from twisted.internet.defer import DeferredSemaphore, ensureDeferred
from twisted.logger import Logger
from twisted.python.failure import Failure
from twisted.web import error, http
from twisted.web.server import NOT_DONE_YET

from playfast.scrapyd import limits, rehearsal

log = Logger()

_OF_SCRAPYD = ("project", "spider", "_version", "jobid", "priority", "setting")
_AT_ONCE = DeferredSemaphore(2)
"""Each rehearsal is a process that takes about a second."""


class RefusingSchedule(Schedule):  # type: ignore[misc]  # Scrapyd has no types
    """Scrapyd's own, behind three questions.

    Does the system take arguments of this length? Would a setting be replaced by Scrapyd's? And does `scrapy crawl --check`, started as the
    job would be (its folder, environment, settings and version), find a mistake? The last one is left out for projects that have another
    `crawl`.
    """

    def render(self, txrequest: Any) -> Any:
        if txrequest.method != b"POST":
            return super().render(txrequest)
        gone: list[Failure] = []
        txrequest.notifyFinish().addErrback(gone.append)
        ensureDeferred(self._answer(txrequest, gone)).addErrback(_break_off, txrequest, gone)
        return NOT_DONE_YET

    def render_POST(self, txrequest: Any) -> Any:  # noqa: N802 - Twisted's name
        if txrequest.refusal:
            raise error.Error(code=http.OK, message=txrequest.refusal.encode())
        return super().render_POST(txrequest)

    async def _answer(self, txrequest: Any, gone: list[Failure]) -> None:
        txrequest.refusal = await self._refusal(_texts(txrequest.args))
        if gone:
            return  # nobody waits for the answer, so nobody would know of the job
        content = super().render(txrequest)
        txrequest.write(content)
        txrequest.finish()

    async def _refusal(self, given: Mapping[str, list[str]] | None) -> str:
        """All that is wrong with a job in one line for each mistake; empty where nothing is."""
        if given is None:
            return "the arguments are not UTF-8"
        project, spider = (given.get(name, [""])[0] for name in ("project", "spider"))
        if project not in self.root.poller.queues or not spider:
            return ""  # Scrapyd tells
        settings, problems = _settings(given.get("setting", []))
        arguments = {name: values[0] for name, values in given.items() if name not in _OF_SCRAPYD}
        problems += [
            f"{name} is given {len(values)} times"
            for name, values in given.items()
            if name != "setting" and values[1:]
        ]
        problems += [f"{text!r} holds a zero byte" for text in (*arguments, *settings) if "\0" in text]
        problems += [
            f"{name}: its value holds a zero byte"
            for name, value in {**arguments, **settings}.items()
            if "\0" in value
        ]
        problems += limits.too_long({**arguments, **settings})
        if "FEEDS" in settings and self.root.items_dir:
            problems.append("setting=FEEDS: Scrapyd would put its own in its place, since items_dir is set")
        if arguments.get("ids", "").strip() == "-":
            problems.append("ids='-': a job of Scrapyd has no standard input")
        message = {
            "_project": project,
            "_spider": spider,
            "_job": given.get("jobid", ["x" * 32])[0],
            "settings": settings,
            **arguments,
        }
        if "_version" in given:
            message["_version"] = given["_version"][0]
        environment = self.root.app.getComponent(IEnvironment).get_environment(message, 0)
        crawl = get_crawl_args(message)
        if not problems and (found := limits.too_much(crawl, environment)):
            problems.append(found)
        if problems:
            return "\n".join(problems)
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            self.root.runner,
            "crawl",
            "--check",
            "--nolog",
            *crawl,
        ]
        found_in_it = await _AT_ONCE.run(partial(rehearsal.mistakes, command, environment))
        return "\n".join(found_in_it)


def _texts(args: Mapping[bytes, list[bytes]]) -> dict[str, list[str]] | None:
    try:
        return {name.decode(): [value.decode() for value in values] for name, values in args.items()}
    except UnicodeDecodeError:
        return None


def _settings(given: list[str]) -> tuple[dict[str, str], list[str]]:
    """Settings as Scrapyd reads them, and what it could not."""
    problems = [f"setting={text[:60]!r}: NAME=value is due" for text in given if "=" not in text]
    return dict(text.split("=", 1) for text in given if "=" in text), problems


def _break_off(failure: Failure, txrequest: Any, gone: list[Failure]) -> None:
    """An error of ours: told in the answer, not left to wait for."""
    if not gone:
        txrequest.setResponseCode(http.INTERNAL_SERVER_ERROR)
        txrequest.write(f'{{"status": "error", "message": "{type(failure.value).__name__}"}}\n'.encode())
        txrequest.finish()
    log.failure("A job could not be checked", failure)

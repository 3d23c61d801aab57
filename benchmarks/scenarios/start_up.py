"""How long a crawl of next to nothing takes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import ClassVar

from benchmarks.harness import ROOT, process
from benchmarks.harness.crawl import check_seen
from benchmarks.harness.measures import RATIOS, metric
from benchmarks.harness.rounds import in_turns
from benchmarks.harness.store import LocalStore, local_store
from benchmarks.scenarios.base import Context, Findings, Scenario, at_most

_TIMES = 1.3
_GROUP = "start-up"
_EMPTY = """import scrapy


class EmptySpider(scrapy.Spider):
    name = "empty"

    async def start(self):
        for request in ():
            yield request
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartUp(Scenario):
    """Commands that do next to nothing."""

    name: ClassVar[str] = "start_up"
    title: ClassVar[str] = "Start-up"
    about: ClassVar[str] = (
        "The whole command `scrapy crawl apps` with one id, and `scrapy crawl` of a spider that asks for nothing in a new Scrapy project, "
        "as `scrapy startproject` makes it; both from the start of the process to its end."
    )
    small: ClassVar = {"rounds": 1}

    rounds: int = 12

    def run(self, context: Context) -> Findings:
        """Both in turns."""
        with local_store() as store:
            kinds = {
                "one app": partial(_one_app, store, store.ids(1)[0]),
                "empty spider": partial(_empty, _new_project(context.folder)),
            }
            found = in_turns(self.rounds, kinds, context.tell)
        ours, least = found["one app"], found["empty spider"]
        times = [one.seconds / other.seconds for one, other in zip(ours, least, strict=True)]
        return Findings(
            metrics=[
                metric("apps/seconds", "one app", _GROUP, "s", "less", [one.seconds for one in ours]),
                metric("apps/cpu", "one app, CPU", _GROUP, "s", "less", [one.cpu_seconds for one in ours]),
                metric("empty/seconds", "empty spider", _GROUP, "s", "none", [one.seconds for one in least]),
                metric("apps/of-empty", "one app, times the empty spider", RATIOS, "ratio", "less", times),
            ],
            targets=[
                at_most(
                    "start-up",
                    f"start-up of a crawl of one app: at most {_TIMES:g} times that of an empty spider in a new Scrapy project",
                    _TIMES,
                    median(times),
                    "ratio",
                )
            ],
        )


def _one_app(store: LocalStore, app_id: str) -> process.Ended:
    store.reset()
    command = [sys.executable, "-m", "scrapy", "crawl", "apps", "-a", f"ids={app_id}"]
    ended = process.run(command, env={"PLAYFAST_URL": store.address}, cwd=ROOT)
    check_seen(store, 1, pages=False, most=1)
    return ended


def _new_project(folder: Path) -> Path:
    project = folder / "empty_project"
    process.run([sys.executable, "-m", "scrapy", "startproject", "empty_project", str(project)], cwd=folder)
    (project / "empty_project" / "spiders" / "empty.py").write_text(_EMPTY, encoding="utf-8")
    return project


def _empty(project: Path) -> process.Ended:
    return process.run([sys.executable, "-m", "scrapy", "crawl", "empty"], cwd=project)

"""Runs for the tests: those of a made-up project that got faster over the weeks, with every kind of scenario."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from typing import Any

from benchmarks.results import Commit, Load, Machine, Metric, Run, ScenarioResult, Series, Target

_MIB = 1024 * 1024
_FIRST = datetime(2026, 8, 31, 3, 15, tzinfo=UTC)
_SUBJECTS = (
    "The speed to reach, written down",
    "Packs are taken apart without a copy",
    "Drift is judged by Chernoff's bound",
    "Bodies of POSTs are quoted in a seventh of the time, masks written once",
    "Exporters of our own: nested values as JSON in CSV",
    "Paths are walked without a call for each step",
    "Meta tags with an attribute of any name are read",
    "The feed is written by orjson, a pack at a time",
    "Property tests try the same examples in every run",
    "Ctrl-C beside a store of its own: the command ends in its own time",
    "Records from start have a file of their own",
    "Masks: one for each set of fields, kept",
)
_FASTER = 7
"""From this run on, the crawls are faster."""
_CHANGED = 4
"""From this run on, the scenario of pages has another version."""
MACHINE = Machine(
    name="grindstone",
    cpu="AMD EPYC 7B13",
    cores=2,
    memory_bytes=8_321_499_136,
    system="Linux 6.1.0-26-amd64",
    python="CPython 3.11.7",
)
VERSIONS = {
    "playfast-scrapy": "0.1.0",
    "scrapy": "2.19.0",
    "twisted": "25.5.0",
    "orjson": "3.11.4",
    "playfast (peer)": "0.5.10",
    "google-play-scraper (PyPI, peer)": "1.2.7",
    "google-play-scraper (npm, peer)": "10.1.0",
}


def runs(number: int = 12) -> list[Run]:
    """Weekly runs of one machine, the latest last."""
    return [run(week) for week in range(number)]


def run(week: int = 0, *, quick: bool = False, machine: str = MACHINE.name, **changes: Any) -> Run:
    """The run of a week; `changes` replace whole parts of it."""
    chance = random.Random(f"{week} {quick} {machine!a}")
    start = _FIRST + timedelta(days=7 * week, minutes=chance.randrange(40), hours=9 if quick else 0)
    made = Run(
        started_at=start.isoformat(),
        ended_at=(start + timedelta(minutes=2 if quick else 41, seconds=chance.randrange(60))).isoformat(),
        commit=Commit(
            hash=sha1(f"{week}".encode()).hexdigest(),
            time=(start - timedelta(hours=3)).isoformat(),
            subject=_SUBJECTS[week % len(_SUBJECTS)],
            uncommitted=week % 6 == 5,
        ),
        machine=replace(MACHINE, name=machine),
        versions=VERSIONS,
        settings={"quick": quick, "peers": True, "rounds": 3 if quick else 5, "only": None},
        load=Load(before=round(chance.uniform(0.02, 0.2), 2), after=round(chance.uniform(1.4, 2.2), 2)),
        scenarios=_Scenarios(week, quick=quick, chance=chance).all(),
    )
    return replace(made, **changes)


def one(**changes: Any) -> ScenarioResult:
    """A small result, for what is tested alone."""
    given: dict[str, Any] = {
        "name": "packs",
        "title": "Whole records in packs",
        "about": "What a crawl does.",
        "version": "5e0c1f",
        "parameters": {"apps": 6400},
        "seconds": 12.0,
        "metrics": [
            Metric(name="packs/speed", title="packs of 32", group="apps a second", unit="apps/s", better="more", samples=[90.0, 100.0, 120.0])
        ],
        "targets": [],
        "series": [],
    }  # fmt: skip
    return ScenarioResult(**{**given, **changes})


class _Scenarios:
    """The scenarios of one run."""

    def __init__(self, week: int, *, quick: bool, chance: random.Random) -> None:
        self.week, self.quick, self.chance = week, quick, chance
        self.speed = (1.0 if week < _FASTER else 1.24) * (0.9 if quick else 1.0)

    def all(self) -> list[ScenarioResult]:
        return [
            self.packs(), self.half_second(), self.pages(), self.single_app(), self.parse(), self.memory(), self.held(), self.large(),
            self.processes(), self.start_up(), self.telling(),
        ]  # fmt: skip

    def metric(self, name: str, title: str, group: str, unit: str, better: str, about: float) -> Metric:
        rounds = [about * self.chance.gauss(1, 0.025) for _ in range(3 if self.quick else 5)]
        return Metric(
            name=name,
            title=title,
            group=group,
            unit=unit,
            better=better,
            samples=[float(f"{value:.6g}") for value in rounds],
        )

    def packs(self) -> ScenarioResult:
        ours = 4_810 * self.speed
        kinds = [
            ("packs", "playfast, packs of 32", ours),
            ("floor", "floor: gunzip, decode, extract, encode", 8_900),
            ("pages", "playfast, page by page", 236 * self.speed),
            ("peer-async", "playfast 0.5.10, AsyncClient", 186),
            ("peer-rust", "playfast 0.5.10, RustClient", 178),
            ("peer-python", "google-play-scraper (PyPI)", 92),
            ("peer-node", "google-play-scraper (npm)", 131),
        ]
        return ScenarioResult(
            name="packs",
            title="Whole records in packs",
            about=(
                "Full records into a JSON Lines feed with validation, statistics and progress on, against answers that are prepared and come "
                "at once. The start of the process is taken off; peers run on the same store in the same run."
            ),
            version="5e0c1f77",
            parameters={"apps": 1_280 if self.quick else 12_800, "at once": 15, "pack": 32, "latency": "0 s", "rounds": 5, "warm-up": 1},
            seconds=412.4,
            metrics=[self.metric(f"packs/{name}", title, "apps a second", "apps/s", "more", value) for name, title, value in kinds]
            + [
                self.metric("packs/cpu", "playfast, packs of 32", "CPU per app", "ms", "less", 0.2 / self.speed),
                self.metric("packs/cpu-peer", "playfast 0.5.10, AsyncClient", "CPU per app", "ms", "less", 5.1),
            ],
            targets=[
                Target(name="packs-against-peer", words="packs of 32: at least 25 times the apps/s of playfast 0.5.10's AsyncClient, both 15 at once",
                       bound=25, at_least=True, measured=round(ours / 186, 2), unit="ratio"),
                Target(name="packs-against-floor", words="packs of 32: at most 2.5 times the floor (gunzip, decode, extract, encode without a framework)",
                       bound=2.5, at_least=False, measured=round(8_900 / ours, 2), unit="ratio"),
            ],
        )  # fmt: skip

    def half_second(self) -> ScenarioResult:
        levels = (5, 10, 15, 20, 25, 30)
        pages = {1: 1.93, **{level: 1.93 * level * 0.985 for level in levels}}
        packs = {15: 812 + 58 * self.speed, 30: 1_004 + 61 * self.speed}
        return ScenarioResult(
            name="half-second",
            title="Half a second's latency",
            about="The store takes 0.5 s for each answer, as the real one did when it was measured; the more at once, the more of it is hidden.",
            version="77ab01c2",
            parameters={"apps page by page": 120, "apps in packs": 9_600, "latency": "0.5 s", "pack": 32, "rounds": 3},
            seconds=388.0,
            metrics=[
                self.metric(f"half/packs/{level}", f"{level} at once", "packs of 32, apps a second", "apps/s", "more", value)
                for level, value in packs.items()
            ]
            + [
                self.metric(f"half/pages/{level}", "sequential" if level == 1 else f"{level} at once", "page by page, apps a second", "apps/s", "more", value)
                for level, value in pages.items()
            ],
            targets=[
                Target(name="packs-at-half-a-second", words="packs of 32, 15 at once against 0.5 s: at least 850 apps/s",
                       bound=850, at_least=True, measured=round(packs[15], 1), unit="apps/s"),
                Target(name="pages-at-once", words="page by page, 15 at once: at least 14.5 times sequential",
                       bound=14.5, at_least=True, measured=14.78, unit="ratio"),
                Target(name="requests-a-second", words="page by page, 15 at once: more than 20 requests a second",
                       bound=20, at_least=True, measured=28.5, unit="requests/s"),
            ],
        )  # fmt: skip

    def pages(self) -> ScenarioResult:
        ours = (190 if self.week < _CHANGED else 214) * self.speed
        return ScenarioResult(
            name="pages",
            title="Page by page",
            about="Whole pages without latency, the comparison with their markup on.",
            version="c0ffee01" if self.week < _CHANGED else "c0ffee02",
            parameters={"apps": 600, "at once": 15, "latency": "0 s", "markup": True, "rounds": 5},
            seconds=61.0,
            metrics=[
                self.metric("pages/ours", "playfast, page by page", "apps a second", "apps/s", "more", ours),
                self.metric("pages/peer", "playfast 0.5.10, AsyncClient", "apps a second", "apps/s", "more", 186),
            ],
            targets=[
                Target(name="pages-against-peer", words="page by page, no latency, markup compared: at least 1.2 times playfast 0.5.10's apps/s",
                       bound=1.2, at_least=True, measured=round(ours / 226, 3), unit="ratio"),
            ],
        )  # fmt: skip

    def single_app(self) -> ScenarioResult:
        return ScenarioResult(
            name="single-app",
            title="One app, and a hundred",
            about="The latency of a single request over the local store, from the call to the record, and a hundred of them at once.",
            version="0a11ce00",
            parameters={"requests": 400, "latency": "0 s"},
            seconds=22.9,
            metrics=[
                self.metric("single/p50", "p50 (median)", "latency of one request", "s", "less", 0.0114 / self.speed),
                self.metric("single/p95", "p95", "latency of one request", "s", "less", 0.0191 / self.speed),
                self.metric("single/p99", "p99", "latency of one request", "s", "less", 0.0327 / self.speed),
                self.metric("single/hundred", "100 at once", "time for a hundred", "s", "less", 0.61 / self.speed),
                self.metric("single/errors", "requests without an answer", "errors", "percent", "less", 0.0),
            ],
            targets=[
                Target(name="single-request", words="a single request: less than 1 s", bound=1, at_least=False, measured=0.0191, unit="s"),
                Target(name="hundred-parallel", words="100 in parallel: less than 5 s", bound=5, at_least=False, measured=0.61, unit="s"),
            ],
        )  # fmt: skip

    def parse(self) -> ScenarioResult:
        kinds = {
            "whole record": 0.098,
            "title and score": 0.011,
            "page with its markup": 3.9,
            "not found": 0.004,
        }
        return ScenarioResult(
            name="parse",
            title="Parsing alone",
            about="Recorded answers are taken apart again and again in one process, without any network; the floor is orjson alone.",
            version="9a45e000",
            parameters={"answers": 340, "fields": 110, "rounds": 5},
            seconds=48.0,
            metrics=[
                self.metric(f"parse/{name.replace(' ', '-')}", name, "time per app", "ms", "less", value / self.speed) for name, value in kinds.items()
            ],
        )  # fmt: skip

    def memory(self) -> ScenarioResult:
        sizes = (50, 100, 200, 1_000, 100_000)
        return ScenarioResult(
            name="memory",
            title="Memory of a crawl with a feed",
            about="The process's peak, beyond what it holds before the first request; then what is left once everything is collected.",
            version="3e3e3e00",
            parameters={"rounds": 3, "feed": "JSON Lines"},
            seconds=150.2,
            metrics=[
                self.metric(f"memory/peak/{size}", f"{size:,} apps", "peak memory", "bytes", "less", (4.1 + min(size, 1_000) / 140) * _MIB) for size in sizes
            ]
            + [
                self.metric(f"memory/after/{size}", f"{size:,} apps", "after collection", "bytes", "less", (0.4 + min(size, 1_000) / 4_000) * _MIB)
                for size in sizes
            ],
            targets=[
                Target(name="bytes-per-app", words="less than 2 KB for each app of a crawl of 1,000", bound=2_048, at_least=False, measured=681, unit="bytes"),
            ],
        )  # fmt: skip

    def held(self) -> ScenarioResult:
        return ScenarioResult(
            name="held",
            title="Records held in a list",
            about="What a record costs beyond its strings while a program keeps it.",
            version="1157f000",
            parameters={"records": 10_000},
            seconds=30.2,
            metrics=[
                self.metric("held/ours", "playfast, App", "per record beyond its strings", "bytes", "less", 1_930),
                self.metric("held/peer", "playfast 0.5.10, AppInfo", "per record beyond its strings", "bytes", "less", 4_420),
            ],
            targets=[
                Target(name="held-against-peer", words="an App in a list costs, beyond its strings, at most half of what playfast 0.5.10's costs",
                       bound=0.5, at_least=False, measured=None, unit="ratio", note="the peer's environment could not be made: no wheel for this Python"),
            ],
        )  # fmt: skip

    def large(self) -> ScenarioResult:
        apps = 100_000 if self.quick else 1_000_000
        spans = 60
        length = apps / (6_100 * self.speed) / spans
        records = [int(self.chance.gauss(apps / spans, apps / spans / 30)) for _ in range(spans)]
        memory = [int((96 + 9 * (1 - 0.9**n) + self.chance.uniform(-0.4, 0.4)) * _MIB) for n in range(spans)]
        return ScenarioResult(
            name="large-scale",
            title="A million apps",
            about="One process reads a gzip file of ids, asks for title and score in packs of 32, and writes a gzip feed.",
            version="1a46e000",
            parameters={"apps": apps, "fields": "title,score", "pack": 32, "processes": 1},
            seconds=length * spans,
            metrics=[
                self.metric("large/speed", "one process", "apps a second", "apps/s", "more", 6_100 * self.speed),
                self.metric("large/memory", "one process", "peak memory", "bytes", "less", 105 * _MIB),
            ],
            targets=[
                Target(name="large-memory", words="a crawl of 1,000,000 apps stays under 200 MB", bound=200, at_least=False, measured=110.4, unit="MB"),
                Target(name="large-flat", words="and flat: at most 5 % more at its end than at a tenth", bound=5, at_least=False, measured=3.2, unit="percent"),
            ],
            series=[
                Series(name=f"{apps:,} apps in one process", seconds=[round((n + 1) * length, 3) for n in range(spans)], records=records, memory_bytes=memory)
            ],
        )  # fmt: skip

    def processes(self) -> ScenarioResult:
        return ScenarioResult(
            name="processes",
            title="Two processes, two halves",
            about="Two crawls on two halves of a list, with prepared answers, against one crawl of the whole.",
            version="2222ab00",
            parameters={"apps": 64_000, "processes": "1 and 2"},
            seconds=44.0,
            metrics=[
                self.metric("processes/1", "one process", "apps a second", "apps/s", "more", 4_700 * self.speed),
                self.metric("processes/2", "two processes", "apps a second", "apps/s", "more", 8_650 * self.speed),
                self.metric("processes/1/cpu", "one process", "CPU per app", "ms", "less", 0.21 / self.speed),
                self.metric("processes/2/cpu", "two processes", "CPU per app", "ms", "less", 0.213 / self.speed),
            ],
            targets=[
                Target(name="two-processes", words="two processes on two halves of a list: at least 1.8 times one",
                       bound=1.8, at_least=True, measured=1.84, unit="ratio"),
                Target(name="two-processes-cpu", words="at the same CPU per app: at most 1.05 times", bound=1.05, at_least=False, measured=1.014, unit="ratio"),
            ],
        )  # fmt: skip

    def start_up(self) -> ScenarioResult:
        return ScenarioResult(
            name="start-up",
            title="Start-up",
            about="From the command to its end: a crawl of one id, and an empty spider of the same Scrapy.",
            version="57a47000",
            parameters={"rounds": 9},
            seconds=29.1,
            metrics=[
                self.metric("start/ours", "scrapy crawl apps, one id", "time of the command", "s", "less", 0.98),
                self.metric("start/empty", "scrapy crawl of an empty spider", "time of the command", "s", "less", 0.71),
            ],
            targets=[
                Target(name="start-up", words="scrapy crawl apps with one id: at most 1.3 times scrapy crawl of an empty spider",
                       bound=1.3, at_least=False, measured=1.38, unit="ratio"),
            ],
        )  # fmt: skip

    def telling(self) -> ScenarioResult:
        return ScenarioResult(
            name="telling",
            title="What checking and telling costs",
            about="Validation, coverage, drift, measures, progress line and run report, on and off.",
            version="7e111000",
            parameters={"apps": 20_000, "rounds": 3},
            seconds=77.3,
            metrics=[
                self.metric("telling/on", "on", "CPU per app", "ms", "less", 0.61 / self.speed),
                self.metric("telling/off", "off", "CPU per app", "ms", "less", 0.545 / self.speed),
            ],
            targets=[
                Target(name="telling-share", words="checking and telling: at most 15 % of the CPU", bound=15, at_least=False, measured=11.9, unit="percent"),
            ],
        )  # fmt: skip

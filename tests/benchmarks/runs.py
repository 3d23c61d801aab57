"""Runs that nobody made, for tests of what is done with results."""

from __future__ import annotations

from benchmarks.results import Commit, Load, Machine, Metric, Run, ScenarioResult, Series, Target


def metric(name="packs/apps-per-second", samples=(100.0, 101.0, 99.0), better="more", unit="apps/s"):
    return Metric(
        name=name,
        title=f"title of {name}",
        group="apps a second",
        unit=unit,
        better=better,
        samples=list(samples),
    )


def scenario(name="packs", metrics=None, version="abc", parameters=None):
    return ScenarioResult(
        name=name,
        title="Whole records in packs",
        about="What is measured.",
        version=version,
        parameters={"apps": 20_000, "latency": 0.5, "feed": None} if parameters is None else parameters,
        seconds=12.5,
        metrics=[metric()] if metrics is None else metrics,
        targets=[
            Target(name="speed", words="fast", bound=25.0, at_least=True, measured=26.5, unit="ratio"),
            Target(
                name="memory",
                words="small",
                bound=0.5,
                at_least=False,
                measured=None,
                unit="ratio",
                note="no peer",
            ),
        ],
        series=[Series(name="all", seconds=[1.0, 2.0], records=[10, 20], memory_bytes=[1000, 2000])],
    )


def run(
    scenarios=None,
    commit="0123456789abcdef",
    started="2026-11-25T01:00:00+00:00",
    machine="here",
    *,
    uncommitted=False,
):
    return Run(
        started_at=started,
        ended_at="2026-11-25T01:10:00+00:00",
        commit=Commit(
            hash=commit, time="2026-11-24T00:00:00+00:00", subject="Ein Änderung", uncommitted=uncommitted
        ),
        machine=Machine(
            name=machine,
            cpu="some CPU",
            cores=2,
            memory_bytes=8 << 30,
            system="Linux 6",
            python="CPython 3.11.7",
        ),
        versions={"scrapy": "2.19.0"},
        settings={"quick": False, "peers": True},
        load=Load(before=0.1, after=1.5),
        scenarios=[scenario()] if scenarios is None else scenarios,
    )

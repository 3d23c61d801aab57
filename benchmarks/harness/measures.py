"""Metrics out of what was measured: named alike in every scenario."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.harness.crawl import Crawl
from benchmarks.results import Metric

MB = 10**6
APPS = "apps a second"
CPU = "CPU per app"
LATENCY = "latency"
MEMORY = "memory"
RATIOS = "ratios"


def metric(name: str, title: str, group: str, unit: str, better: str, samples: Sequence[float]) -> Metric:
    """A metric, with what its samples may be of."""
    return Metric(name=name, title=title, group=group, unit=unit, better=better, samples=list(samples))


def speed(name: str, title: str, apps_per_second: Sequence[float]) -> Metric:
    """Apps a second."""
    return metric(f"{name}/apps-per-second", title, APPS, "apps/s", "more", apps_per_second)


def cpu(name: str, title: str, seconds_per_app: Sequence[float]) -> Metric:
    """Processor time for each app."""
    milliseconds = [seconds * 1000 for seconds in seconds_per_app]
    return metric(f"{name}/cpu-per-app", title, CPU, "ms", "less", milliseconds)


def latencies(name: str, title: str, crawls: Sequence[Crawl]) -> list[Metric]:
    """Percentiles of the requests' latency."""
    return [
        metric(
            f"{name}/latency-{percentile}",
            f"{title}, {percentile}",
            LATENCY,
            "ms",
            "less",
            [crawl.latency(percentile) * 1000 for crawl in crawls],
        )
        for percentile in ("p50", "p95", "p99")
    ]


def of_crawls(name: str, title: str, crawls: Sequence[Crawl]) -> list[Metric]:
    """All that is told of the same crawl in every round."""
    return [
        speed(name, title, [crawl.apps_per_second for crawl in crawls]),
        cpu(name, f"{title}, start-up included", [crawl.cpu_per_app for crawl in crawls]),
        *latencies(name, title, crawls),
        metric(
            f"{name}/peak-memory",
            title,
            MEMORY,
            "MB",
            "less",
            [crawl.peak_bytes / MB for crawl in crawls],
        ),
        metric(
            f"{name}/error-rate",
            title,
            "errors",
            "percent",
            "less",
            [crawl.report["requests"]["failed"] / crawl.requests * 100 for crawl in crawls],
        ),
    ]

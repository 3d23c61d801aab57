"""The crawl over time: throughput, latency, memory."""

from __future__ import annotations

from playfast.pages import words
from playfast.pages.figures import figure, without_chart
from playfast.pages.lines import Line, over_time
from playfast.pages.markup import Column, Html, element, folded, section, table
from playfast.pages.run.runs import Run, Runs
from playfast.pages.run.series import PERCENTILES, Timeline


def over_the_time(runs: Runs, line: Timeline) -> Html:
    if not line.rows:
        return section(
            "Over time",
            without_chart("No numbers over time", "The crawl ended before the first."),
            id_="time",
        )
    run = runs.now
    return section(
        "Over time",
        _throughput(run, line),
        element("div", _latency(run, line), _memory(run, line), class_="pair"),
        folded("The same as a table", _table(run)),
        id_="time",
    )


def _throughput(run: Run, line: Timeline) -> Html:
    best = max((row["records"] for row in line.rows if row["records"] is not None), default=0)
    average = words.decimal(run["rates"]["apps_per_second"])
    said = f"{average} records a second on average, {words.decimal(best)} in the best span."
    chart = over_time(
        line.picked("records"),
        [Line("records", "records/s", "var(--blue)", area=True)],
        said,
        across=line.across,
        up="records/s",
        earlier=line.earlier("records"),
    )
    return figure("Throughput", chart, note=said)


def _latency(run: Run, line: Timeline) -> Html:
    whole = run["latency_seconds"]
    if not whole["count"]:
        return without_chart("Latency", "No answer came.")
    said = (
        f"{words.of(whole['count'], 'answer')}: median {words.latency(whole['p50'])}, 95 % within {words.latency(whole['p95'])}, "
        f"99 % within {words.latency(whole['p99'])}, the slowest {words.latency(whole['max'])}."
    )
    lines = [Line(column, name, colour, dashed=dashed) for column, name, colour, dashed in PERCENTILES]
    columns = [line.column for line in lines]
    chart = over_time(line.picked(*columns), lines, said, across=line.across, up="ms", spread=True)
    return figure("Latency", chart, note=said)


def _memory(run: Run, line: Timeline) -> Html:
    sizes = run["memory_bytes"]
    said = f"Resident memory of the process: {words.mebibytes(sizes['peak'])} at most, {words.mebibytes(sizes['now'])} at the end."
    chart = over_time(
        line.picked("memory"),
        [Line("memory", "MiB", "var(--green)", area=True)],
        said,
        across=line.across,
        up="MiB",
        earlier=line.earlier("memory"),
        steps=False,
    )
    return figure("Memory", chart, note=said)


def _table(run: Run) -> Html:
    series = run["series"]
    names = ("records", "answers", "errors", "p50", "p95", "p99", "memory")
    columns = [Column("until"), *(Column(name, number=True) for name in names)]
    rows = [
        [
            words.duration(end),
            *(words.count(series[column][index]) for column in ("records", "requests", "errors")),
            *(words.latency(series[column][index]) for column, *_ in PERCENTILES),
            words.mebibytes(series["memory_bytes"][index]),
        ]
        for index, end in enumerate(series["seconds"])
    ]
    return table("The crawl over time", columns, rows)

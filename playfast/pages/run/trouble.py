"""What went wrong on the way: answers by HTTP status, retries, answers without a record."""

from __future__ import annotations

from playfast.pages import words
from playfast.pages.charts import bars
from playfast.pages.figures import figure, without_chart
from playfast.pages.lines import Line, over_time
from playfast.pages.markup import Column, Html, element, section, table
from playfast.pages.run.runs import Run, Runs
from playfast.pages.run.series import Timeline

_COUNTS = (
    ("Packs asked (POSTs)", "requests", "rpc"),
    ("Pages asked", "requests", "page"),
    ("Retries by Scrapy", "requests", "retried"),
    ("Requests that brought no answer", "requests", "failed"),
    ("Calls missing from an answer", "answers", "absent"),
    ("Calls answered with an error", "answers", "error"),
    ("Calls answered with nothing to use", "answers", "unusable"),
    ("Records dropped by a pipeline", "records", "dropped"),
    ("Records lost behind the spider", "records", "lost"),
)


def trouble(runs: Runs, line: Timeline) -> Html:
    columns = [Column("what"), Column("this run", number=True)]
    if runs.before is not None:
        columns.append(Column(runs.before_name, number=True))
    rows = [
        [
            name,
            words.count(runs.now[group][key]),
            *([words.count(runs.before[group][key])] if runs.before is not None else []),
        ]
        for name, group, key in _COUNTS
    ]
    return section(
        "Requests and errors",
        element(
            "p",
            "What has no answer is asked again; only what stays without one becomes an error record.",
        ),
        element(
            "div",
            table("Requests and errors", columns, rows),
            element("div", _by_http_status(runs.now), _errors(runs.now, line), class_="stack"),
            class_="pair",
        ),
        id_="trouble",
    )


def _by_http_status(run: Run) -> Html:
    counts = run["requests"]["by_http_status"]
    total = sum(counts.values())
    if not total:
        return without_chart("Answers by HTTP status", "No answer came.")
    rows = [
        {
            "name": status,
            "value": counts[status],
            "text": f"{counts[status]:,} ({words.share(counts[status] / total)})",
            "colour": "var(--blue)" if status.startswith("2") else "var(--red)",
        }
        for status in sorted(counts)
    ]
    said = "; ".join(f"{row['name']}: {row['text']}" for row in rows)
    return figure("Answers by HTTP status", bars(rows, f"{said}.", across="answers"))


def _errors(run: Run, line: Timeline) -> Html:
    total = sum(run["series"]["errors"])
    if not total:
        return without_chart(
            "Errors over time", "No request failed, none was retried, and no answer lacked a record."
        )
    said = f"{words.of(total, 'failed request, retry or answer', 'failed requests, retries and answers')} without a record."
    chart = over_time(
        line.picked("errors"),
        [Line("errors", "errors/s", "var(--red)", pattern=",.2f", area=True)],
        said,
        across=line.across,
        up="errors/s",
        earlier=line.earlier("errors"),
    )
    return figure("Errors over time", chart, note=said)

"""The top of the page: which run, on what, how it went, its main numbers."""

from __future__ import annotations

from benchmarks.page import units
from benchmarks.page.anchors import link
from benchmarks.page.changes import change
from benchmarks.page.past import Past, began, commit, comparable, quick
from benchmarks.page.spark import spark
from benchmarks.page.targets import verdict
from benchmarks.results import Metric, Run, ScenarioResult
from playfast.pages import words
from playfast.pages.markup import Html, Tile, element, notice, tiles, together

_BUSY = 0.5
"""A load of so much a core before the run, and something else was running."""
_GIB = 1024**3


def title(run: Run) -> str:
    return f"Benchmarks, {words.moment(run.started_at)}"


def header(run: Run) -> Html:
    """The title, the targets in a word, and what the run is of."""
    kind, sentence = verdict(run)
    chips = [element("span", sentence, class_=f"chip {kind}")]
    if quick(run):
        chips.append(element("span", "quick run", class_="chip warn"))
    if run.commit.uncommitted:
        chips.append(element("span", "uncommitted changes", class_="chip warn"))
    return element(
        "header",
        element("h1", "Benchmarks, ", began(run)),
        element("p", *chips),
        element(
            "dl",
            *(element("div", element("dt", name), element("dd", value)) for name, value in _about(run)),
            class_="about",
        ),
    )


def _about(run: Run) -> list[tuple[str, str]]:
    machine = run.machine
    started, ended = words.parsed(run.started_at), words.parsed(run.ended_at)
    took = (
        words.duration(max(0, (ended - started).total_seconds()))
        if started is not None and ended is not None
        else words.NOTHING
    )
    versions = [
        f"{name.capitalize()} {version}" for name, version in run.versions.items() if name.lower() == "scrapy"
    ]
    return [
        (
            "commit",
            together(element("code", commit(run).rstrip("*")), " ", words.shortened(run.commit.subject)),
        ),
        (
            "machine",
            (
                f"{machine.name}: {machine.cpu}, {words.of(machine.cores, 'core')}, "
                f"{words.decimal(machine.memory_bytes / _GIB)}{words.NBSP}GiB, {machine.system}"
            ),
        ),
        ("software", " · ".join([machine.python, *versions])),
        (
            "run",
            (
                f"{'quick' if quick(run) else 'full'}, {words.of(len(run.scenarios), 'scenario')} in {took}; "
                f"load {run.load.before:.2f} before, {run.load.after:.2f} after"
            ),
        ),
    ]


def attention(run: Run) -> Html:
    """What must not be overlooked: a machine that did something else, a run that is no measure."""
    parts = []
    if run.load.before >= _BUSY * run.machine.cores:
        parts.append(
            notice(
                "warn",
                "The machine was busy before the run",
                element("p", f"Its load was {run.load.before:.2f}: times and speeds may be worse than they are."),
            )
        )  # fmt: skip
    if quick(run):
        parts.append(
            notice(
                "plain",
                "A quick run",
                element("p", "Short lists and few rounds: it shows that all works, and is compared with quick runs alone."),
            )
        )  # fmt: skip
    return together(*parts)


def glance(past: Past) -> Html:
    """The first number of each scenario, against the run before."""
    return tiles("At a glance", [_tile(past, result) for result in past.latest.scenarios if result.metrics])


def _tile(past: Past, result: ScenarioResult) -> Tile:
    metric = result.metrics[0]
    before = past.before(result, metric)
    text, kind = change(metric, before)
    notes = [(f"{metric.group}: {metric.title}", "plain")]
    if before is not None:
        notes.append((f"before: {units.text(before.median, before.unit)}, {text}", kind))
    return Tile(
        link(result), _number(units.text(metric.median, metric.unit)), [*notes, *_line(past, result, metric)]
    )


def _number(text: str) -> Html:
    """The number large, its unit small."""
    number, gap, unit = text.partition(words.NBSP)
    return together(number, element("small", gap, unit)) if gap else together(number)


def _line(past: Past, result: ScenarioResult, metric: Metric) -> list[tuple[str, str]]:
    """The number over the runs that measured it alike."""
    values = [
        other.median
        for _, earlier in past.of(result.name)
        for other in earlier.metrics
        if comparable(earlier, result) and other.name == metric.name and other.unit == metric.unit
    ]
    said = f"{metric.title}, over {words.of(len(values), 'run')}"
    return [(spark(values, said), "drawn")] if len(values) > 1 else []

"""The top of the page: which run, how it ended, what needs attention, the numbers at a glance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isclose

from playfast.pages import words
from playfast.pages.markup import Html, Tile, bullets, element, notice, tiles, together
from playfast.pages.run.runs import Run, Runs, better
from playfast.runs.outcome import ExitCode
from playfast.runs.units import group_of, unit

_ALIKE = 0.01
"""Lists whose lengths differ by no more are of one kind."""
_WORDS = {
    ExitCode.NOT_STARTED: "Not started",
    ExitCode.NOTHING_FETCHED: "Nothing fetched",
    ExitCode.FEED_FAILED: "Feed failed",
    ExitCode.CUT_SHORT: "Cut short",
    ExitCode.RECORDS_LOST: "Records lost",
}


def title(run: Run) -> str:
    return f"{run['spider']}, {words.moment(run['started_at'])}"


def header(runs: Runs) -> Html:
    """The title, and the outcome as a word, a colour and a sentence."""
    run = runs.now
    kind, word, sentence = outcome(run)
    versions = run["versions"]
    about = [
        f"{run['item']} records",
        f"{words.duration(run['elapsed_seconds'])}",
        *(f"{name} {version}" for name, version in versions.items() if name.startswith("playfast")),
        *([f"compared with {runs.before.name}"] if runs.before is not None else []),
    ]
    return element(
        "header",
        element(
            "h1",
            "Crawl ",
            element("span", run["spider"]),
            ", ",
            element("time", words.moment(run["started_at"]), datetime=run["started_at"]),
        ),
        element("p", element("span", word, class_=f"chip {kind}"), " ", sentence),
        element("p", " · ".join(about), class_="soft"),
    )


def outcome(run: Run) -> tuple[str, str, str]:
    """How the run ended: kind (`good`, `warn`, `bad`), a word or two, a sentence."""
    if run["state"] == "running":
        return (
            "warn",
            "Not ended",
            f"Written under way at {words.moment(run['written_at'])}: the crawl goes on, or was killed after that.",
        )
    given = run["outcome"]
    if given is None:
        return "warn", "Ended", f"With the reason {run['reason'] or 'unknown'}."
    code = given["exit_code"]
    sentence = f"{given['line']} (exit code {code})" if code else given["line"]
    if code:
        name = _WORDS.get(ExitCode(code)) if code in set(ExitCode) else None
        return "bad", name or "Failed", sentence
    return ("warn", "Done, with errors", sentence) if run.errors else ("good", "Done", sentence)


def attention(runs: Runs) -> Html:
    """What must not be overlooked: drift, another kind of earlier run, an earlier run that did not end."""
    drift = runs.now["drift"]
    parts = []
    if drift["findings"]:
        against = f" against {drift['against']}" if drift["against"] else ""
        parts.append(
            notice(
                "bad",
                f"Drift{against}: {words.of(len(drift['findings']), 'finding')}",
                bullets(
                    together(element("code", finding["field"]), ": ", finding["problem"])
                    for finding in drift["findings"]
                ),
            )
        )
    if runs.before is not None and (unlike := _unlike(runs.now, runs.before)):
        parts.append(notice("warn", f"Compare with {runs.before.name} with care", bullets(unlike)))
    return together(*parts)


def _unlike(now: Run, before: Run) -> list[str]:
    found = [
        f"{name}: {now[key]} here, {before[key]} there"
        for key, name in (("spider", "Spider"), ("item", "Records"))
        if now[key] != before[key]
    ]
    if now["item"] != before["item"]:
        found[-1] += "; the fields are not compared"
    else:
        found += _only("field", set(now["fields"]), set(before["fields"]))
    found += _only(
        group_of(now.report), set(now["records"]["by_country"]), set(before["records"]["by_country"])
    )
    if not isclose(now["asked"]["ids"], before["asked"]["ids"], rel_tol=_ALIKE):
        found.append(f"Entries of the list: {now['asked']['ids']:,} here, {before['asked']['ids']:,} there")
    if before["started_at"] > now["started_at"]:
        found.append("It began later than this one: are the two files in their order?")
    if before["state"] == "running":
        found.append(f"It had not ended when its report was written ({words.moment(before['written_at'])})")
    return found


def _only(noun: str, now: set[str], before: set[str]) -> list[str]:
    most = 8
    found = []
    for names, where in ((sorted(now - before), "Only here"), (sorted(before - now), "Only there")):
        if names:
            more = f" and {len(names) - most:,} more" if len(names) > most else ""
            found.append(
                f"{where}: {words.of(len(names), noun, words.plural(noun))} ({', '.join(names[:most])}{more})"
            )
    return found


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at a glance: how it is found in a run and shown, a note beneath it, and whether less of it is better."""

    name: Callable[[Run], str]
    find: Callable[[Run], float | None]
    show: Callable[[float | None], str]
    note: Callable[[Run], str]
    less: bool | None


def _due(run: Run) -> str:
    due = run["asked"]["records"]
    if due is None:
        told = "due: unknown, the list was not read to its end"
    elif run.records > due:
        told = f"{due:,} due, and those of apps in their lists"
    else:
        told = f"of {due:,} due"
    return told + (f"; {words.of(run.rows, 'row')} besides" if run.rows else "")


def _error_share(run: Run) -> str:
    return f"{words.share(run.errors / run.records)} of the records" if run.records else "of no records"


def _unit(run: Run) -> str:
    return unit(run["item"], records=run.records, rows=run.rows)


_GLANCE = (
    _Number(lambda _: "Records", lambda run: run.records, words.count, _due, None),
    _Number(
        lambda run: f"{_unit(run).capitalize()}s a second",
        lambda run: run["rates"]["apps_per_second"],
        words.decimal,
        lambda run: f"over {words.duration(run['elapsed_seconds'])}",
        less=False,
    ),
    _Number(
        lambda run: f"Received per {_unit(run)}",
        lambda run: run["rates"]["bytes_per_app"],
        words.kibibytes,
        lambda _: "compressed",
        less=True,
    ),
    _Number(
        lambda _: "Latency, p95",
        lambda run: run["latency_seconds"]["p95"],
        words.latency,
        lambda run: f"median {words.latency(run['latency_seconds']['p50'])}",
        less=True,
    ),
    _Number(
        lambda _: "Peak memory",
        lambda run: run["memory_bytes"]["peak"],
        words.mebibytes,
        lambda run: f"{words.mebibytes(run['memory_bytes']['now'])} at the end",
        less=True,
    ),
    _Number(lambda _: "Error records", lambda run: run.errors, words.count, _error_share, less=True),
)


def glance(runs: Runs) -> Html:
    """Six numbers, each against the earlier run where there is one."""
    given = []
    for number in _GLANCE:
        now = number.find(runs.now)
        notes = [(number.note(runs.now), "plain")]
        if runs.before is not None:
            before = number.find(runs.before)
            notes.append(better(now, before, less=number.less, show=number.show(before)))
        given.append(Tile(number.name(runs.now), number.show(now), notes))
    return tiles("At a glance", given)

"""Whether a crawl did what it was asked, in one line and an exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """What `scrapy crawl` exits with; 2 is for arguments that cannot be used."""

    FINE = 0
    NOT_STARTED = 1
    USAGE = 2
    NOTHING_FETCHED = 3
    FEED_FAILED = 4
    CUT_SHORT = 5
    RECORDS_LOST = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    code: ExitCode
    line: str


_ANSWERS = ("response_received_count", "playfast/ledger/done_before")
_ANSWERED = ("available", "preregister", "not_in_region", "not_found")


def judge(stats: Mapping[str, Any]) -> Outcome:
    """The outcome that a crawl's final statistics tell."""
    outcome = _judge(stats)
    return Outcome(outcome.code, " ".join(outcome.line.split()))


def of_feeds(stats: Mapping[str, Any]) -> Outcome | None:
    """What the feeds of a crawl of any spider came to, if they could not be written."""
    feed_failed = stats.get("playfast/feeds/failed")
    if feed_failed is not None:
        return Outcome(ExitCode.FEED_FAILED, f"a feed could not be written: {feed_failed}")
    stores = [name for name, count in stats.items() if name.startswith("feedexport/failed_count/") and count]
    if stores:
        return Outcome(
            ExitCode.FEED_FAILED, f"a feed could not be stored ({', '.join(stores)}); the log says why"
        )
    return None


def _judge(stats: Mapping[str, Any]) -> Outcome:
    reason = stats.get("finish_reason")
    failed_feeds = of_feeds(stats)
    if failed_feeds is not None:
        return failed_feeds
    if stats.get("playfast/report_failed"):
        return Outcome(
            ExitCode.FEED_FAILED, f"the run report could not be written: {stats['playfast/report_failed']}"
        )
    if stats.get("playfast/ledger/failed"):
        return Outcome(
            ExitCode.FEED_FAILED, f"the ledger could not be used: {stats['playfast/ledger/failed']}"
        )
    if stats.get("playfast/database/failed"):
        return Outcome(
            ExitCode.FEED_FAILED,
            f"records could not be kept in the database: {stats['playfast/database/failed']}",
        )
    if stats.get("playfast/source_error"):
        return Outcome(
            ExitCode.NOT_STARTED,
            f"the list could not be read to its end: {stats['playfast/source_error']}",
        )
    if stats.get("playfast/catalog/unreadable"):
        return Outcome(
            ExitCode.NOTHING_FETCHED, f"there is no catalog: {stats['playfast/catalog/unreadable']}"
        )
    if stats.get("playfast/catalog/republished"):
        return Outcome(
            ExitCode.CUT_SHORT,
            f"the store has published its sitemaps anew: {stats['playfast/catalog/republished']}",
        )
    if stats.get("playfast/gave_up") and reason != "finished":
        return Outcome(
            ExitCode.CUT_SHORT if any(map(stats.get, _ANSWERS)) else ExitCode.NOTHING_FETCHED,
            f"the crawl gave up: {stats['playfast/gave_up']}; what was not asked has no record",
        )
    if reason is None or reason == "start_error":
        return Outcome(ExitCode.NOT_STARTED, "the crawl could not start; the log says why")
    if reason == "drift":
        return Outcome(
            ExitCode.CUT_SHORT,
            f"the crawl was stopped, since Play may have moved what it says: {stats.get('playfast/drift')}",
        )
    if reason == "finished" and stats.get("playfast/drift_stops"):
        return Outcome(
            ExitCode.CUT_SHORT,
            f"all was asked, but Play may have moved what it says: {stats.get('playfast/drift')}",
        )
    if reason != "finished":
        return Outcome(
            ExitCode.CUT_SHORT, f"the crawl was cut short ({reason}): what was not asked has no record"
        )
    failed = stats.get("playfast/records/failed_in_pipeline", 0)
    failed_rows = stats.get("playfast/rows/failed_in_pipeline", 0)
    if failed_rows:
        return Outcome(
            ExitCode.RECORDS_LOST,
            f"a pipeline failed on {failed_rows:,} rows, which are left out; the log says why",
        )
    if failed:
        return Outcome(
            ExitCode.RECORDS_LOST,
            f"a pipeline failed on {failed:,} records, which are exported as errors; the log says why",
        )
    if refused := stats.get("playfast/database/refused"):
        return Outcome(
            ExitCode.RECORDS_LOST, f"{refused:,} records were refused by the database; the log says why"
        )
    answered = sum(stats.get(f"playfast/records/{status}", 0) for status in _ANSWERED)
    errors = stats.get("playfast/records/error", 0)
    invalid = stats.get("playfast/records/invalid_id", 0)
    dropped = stats.get("playfast/records/dropped", 0)
    if not answered and errors > dropped:
        last = stats.get("playfast/last_error", "no reason given")
        return Outcome(ExitCode.NOTHING_FETCHED, f"nothing could be fetched: {last}")
    done_before = stats.get("playfast/ledger/done_before")
    if not answered and not errors and not invalid and done_before:
        return Outcome(
            ExitCode.FINE, f"nothing was left to ask: all {done_before:,} records were done before"
        )
    looked_through = stats.get("playfast/ids/looked_through")
    if not answered and not errors and not invalid and looked_through:
        return Outcome(
            ExitCode.NOTHING_FETCHED,
            f"nothing to fetch: none of the feed's records ({looked_through:,}) is to be asked again",
        )
    if not answered and not errors:
        return Outcome(
            ExitCode.NOTHING_FETCHED,
            "nothing to fetch: the list holds nothing that can be asked"
            if invalid
            else "nothing to fetch: the list is empty",
        )
    records = answered + errors + invalid
    rows = stats.get("playfast/rows", 0) - stats.get("playfast/rows/dropped", 0)
    lost = records + rows - stats.get("item_scraped_count", 0)
    if lost > 0:
        return Outcome(
            ExitCode.RECORDS_LOST,
            f"{lost:,} records were lost behind the spider",
        )
    if (done := stats.get("playfast/ledger/done")) is not None and done < records:
        return Outcome(
            ExitCode.FEED_FAILED,
            f"{records - done:,} records are in the feeds, but not done in the ledger, so they would be asked again",
        )
    if errors:
        last = stats.get("playfast/last_error", "no reason given")
        return Outcome(
            ExitCode.FINE,
            f"{errors:,} of {records:,} records are errors; the last: {last}",
        )
    return Outcome(ExitCode.FINE, f"{records:,} records" + (f" and {rows:,} rows" if rows else ""))

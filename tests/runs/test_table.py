"""The table at the end of a crawl: every count of its report, harmless whatever text came from outside, on any terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from playfast.play.verdict import Status
from playfast.runs import table
from tests.pages.sample import empty
from tests.pages.sample import report as sample

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def drawn(report, width=110, **options):
    """As a terminal shows it, without its colours."""
    file = io.StringIO()
    Console(file=file, width=width, color_system=None, legacy_windows=False, **options).print(
        table.of_report(report)
    )
    return file.getvalue()


def rows(text):
    """The lines by their first word or words."""
    return {line.split("  ")[0]: line for line in (line.strip() for line in text.splitlines()) if line}


def small(**changes):
    """A report whose numbers are all different."""
    made = empty(
        records={
            "total": 12_345, "filled": 9_000, "dropped": 0, "lost": 0,
            "by_status": {"available": 9_000, "not_found": 3_301, "error": 44},
            "by_country": {"us": {"available": 5_000, "not_found": 1_301}, "kr": {"available": 4_000, "not_found": 2_000, "error": 44}},
        },
        elapsed_seconds=61.24,
        rates={"apps_per_second": 201.56, "requests_per_second": 6.53, "bytes_per_app": 5_432.1},
        latency_seconds={"count": 400, "p50": 0.5, "p95": 1.25, "p99": 2.0, "max": 3.5},
        memory_bytes={"now": 100 << 20, "peak": 150 << 20},
    )  # fmt: skip
    made["requests"]["by_http_status"] = {"200": 390, "503": 10}
    made["fields"] = {"title": told(9_000), "video": told(90), "locales": told(0)}
    for name, value in changes.items():
        made[name] = {**made[name], **value} if isinstance(value, dict) else value
    return made


def told(filled, invalid=0, records=9_000, **more):
    return {
        "filled": filled, "coverage": filled / records, "invalid": invalid, "invalid_rate": invalid / records, "yes": None, "floor": None, **more,
    }  # fmt: skip


BOTH = pytest.mark.parametrize("show", [drawn, table.plain], ids=["drawn", "plain"])


@BOTH
def test_records_are_told_by_status_and_country_with_their_sums(show):
    found = rows(show(small()))
    assert found["records"].split() == ["records", "us", "kr", "all"]
    assert found["available"].split() == ["available", "5,000", "4,000", "9,000"]
    assert found["not_found"].split() == ["not_found", "1,301", "2,000", "3,301"]
    assert found["error"].split() == ["error", "-", "44", "44"]
    assert found["all"].split() == ["all", "6,301", "6,044", "12,345"]


@BOTH
def test_one_country_needs_no_sum_beside_it(show):
    found = rows(
        show(small(records={"by_country": {"us": {"available": 9_000, "not_found": 3_301, "error": 44}}}))
    )
    assert found["records"].split() == ["records", "us"]
    assert found["error"].split() == ["error", "44"]
    assert found["all"].split() == ["all", "12,345"]


@BOTH
def test_what_is_no_app_is_not_called_one(show):
    found = rows(show(small(item="Suggestions", records={"grouped_by": "country"})))
    assert "201.6 records/s" in found["rate"]
    assert "5,432 bytes a record" in found["received"]
    found = rows(show(small(item="CatalogApp", stats={"playfast/rows": 840_000})))
    assert "201.6 rows/s" in found["rate"]


@BOTH
def test_what_stands_for_countries_is_named(show):
    counts = {"1787500934": {"available": 20}}
    found = rows(
        show(
            small(records={"by_country": counts, "by_status": {"available": 20}, "grouped_by": "generation"})
        )
    )
    assert found["records by generation"].split() == ["records", "by", "generation", "1787500934"]


@BOTH
def test_of_many_countries_the_largest_are_told_and_the_others_together(show):
    many = {f"c{n:02}": {"available": n} for n in range(1, 41)}
    found = rows(show(small(records={"by_country": many, "by_status": {"available": 820}})))
    *shown, others, word, everything = found["records"].split()[1:]
    assert shown == [f"c{n:02}" for n in range(40, 40 - len(shown), -1)]
    assert (int(others), word, everything) == (40 - len(shown), "others", "all")
    numbers = [int(cell) for cell in found["available"].split()[1:]]
    assert numbers == [*range(40, 40 - len(shown), -1), sum(range(1, 41 - len(shown))), 820]


@BOTH
def test_every_status_has_its_row(show):
    counts = {status.value: number for number, status in enumerate(Status, 101)}
    found = rows(show(small(records={"by_status": counts, "by_country": {"us": counts}})))
    assert {status: found[status].split()[1] for status in counts} == {s: str(n) for s, n in counts.items()}


@BOTH
def test_where_there_are_more_rows_than_records_it_speaks_of_rows(show):
    found = rows(show(small(stats={"playfast/rows": 98_765})))
    assert "201.6 rows/s" in found["rate"]
    assert "a row" in found["received"]
    assert "98,765" in found["rows"]


@BOTH
@pytest.mark.parametrize(
    ("gone", "told"), [({"gone": 1_050}, "1,050 gone"), ({}, "nobody knows how many gone")]
)
def test_what_a_crawl_of_the_catalog_found_is_told(show, gone, told):
    stats = {
        "estimate/apps": 3_549_110.4, "estimate/margin": 35_366.2, "estimate/read": 866, "sitemaps": 83_445, "new": 1_230, **gone,
    }  # fmt: skip
    found = rows(show(small(stats={f"playfast/catalog/{name}": count for name, count in stats.items()})))
    assert found["estimate"].endswith("3,549,110 apps ± 35,366 (95 %), by 866 of 83,445 sitemaps")
    assert found["changes"].endswith(f"1,230 new, {told}")
    assert not {"estimate", "changes"} & set(rows(show(small())))


@BOTH
def test_it_tells_how_fast_and_at_what_cost(show):
    found = rows(show(small()))
    assert found["time"].split("  ")[-1].strip() == "1 min 01 s for 400 answers"
    assert "201.6 apps/s" in found["rate"]
    assert "6.53 requests/s" in found["rate"]
    assert "5,432 bytes an app" in found["received"]
    assert all(
        part in found["latency"] for part in ("p50 500 ms", "p95 1,250 ms", "p99 2,000 ms", "max 3,500 ms")
    )
    assert "100 MiB now" in found["memory"]
    assert "150 MiB at most" in found["memory"]
    assert found["asked again"].endswith("nothing")


@BOTH
@pytest.mark.parametrize(
    ("changes", "count", "row"),
    [
        ({"requests": {"retried": 1_003}}, "1,003", "asked again"),
        ({"requests": {"failed": 1_004}}, "1,004", "asked again"),
        ({"answers": {"absent": 1_005}}, "1,005", "asked again"),
        ({"answers": {"error": 1_006}}, "1,006", "asked again"),
        ({"answers": {"unusable": 1_007}}, "1,007", "asked again"),
        ({"records": {"dropped": 1_008}}, "1,008", "dropped"),
        ({"records": {"lost": 1_009}}, "1,009", "lost"),
        ({"fields": {"title": told(9_000, 1_010)}}, "title 1,010", "refused values"),
    ],
)
def test_troubles_are_told_only_where_there_were_any(show, changes, count, row):
    assert count not in show(small())
    assert count in rows(show(small(**changes)))[row]


@BOTH
def test_fields_that_few_records_or_none_fill_are_told(show):
    found = rows(show(small()))
    assert "video 1.0%" in found["thin fields"]
    assert "title" not in found["thin fields"]
    assert "locales" in found["never filled"]


@BOTH
def test_of_many_thin_fields_the_thinnest_are_told_and_the_others_counted(show):
    fields = {f"field{number:02}": told(number) for number in range(40)}
    text = show(small(fields=fields))
    assert "field01 0.0%" in text
    assert "28 more" in text


@BOTH
def test_every_drift_is_told(show):
    findings = [
        {"field": name, "problem": f"in {n} of 50 available records"}
        for n, name in enumerate(("title", "score"))
    ]
    text = show(small(drift={"findings": findings}))
    assert "title: in 0 of 50 available records" in text
    assert "score: in 1 of 50 available records" in text


@BOTH
def test_a_crawl_of_nothing_has_a_table_too(show):
    text = show(empty())
    assert rows(text)["all"].split() == ["all", "0"]
    assert "latency" not in rows(text)
    assert "never filled" not in text


def test_the_numbers_stand_under_each_other():
    lines = [
        line
        for line in table.plain(small()).splitlines()
        if line.split() and line.split()[0] in ("records", "us", "kr", "all")
    ]
    assert len({len(line) for line in lines}) == 1


def test_in_a_log_there_are_no_colours_no_boxes_and_no_blanks_at_the_ends():
    text = table.plain(sample())
    assert text.isascii()
    assert "\x1b" not in text
    assert all(line == line.rstrip() and len(line) <= 120 for line in text.splitlines())
    assert text.splitlines()[0] == "The crawl in numbers:"


def test_a_terminal_without_colours_is_told_the_same():
    assert NUMBER.findall(drawn(small())) == NUMBER.findall(table.plain(small()))


# Text from outside


HOSTILE = [
    "\x1b[31mred\x1b]0;title\x07", "\x9b2J", "a\r\bb", "\u202egpj", "[red]red[/red]", "[/]", "[/bold]", "[link=https://a]b", ":smile: :bomb:", "[", "\\[red]", "[red",
]  # fmt: skip


@BOTH
@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_outside_is_shown_as_it_is_but_harmless(show, hostile):
    text = show(
        small(
            drift={
                "findings": [{"field": "app_id", "problem": f"the answer is for another app: {hostile!s}."}]
            }
        )
    )
    assert not set(text) & {"\x1b", "\x9b", "\x07", "\r", "\b", "\u202e"}
    if hostile.isprintable():
        assert f"another app: {hostile}." in text


@settings(max_examples=60, deadline=None, database=None)
@given(
    st.text(max_size=30),
    st.text(st.sampled_from("[]/\\redbold:=# \x1b\x9b\n\t@"), max_size=12),
    st.integers(20, 120),
)
def test_no_text_drives_the_terminal_or_breaks_the_table(one, other, width):
    report = small(drift={"findings": [{"field": one, "problem": other}]})
    for text in (table.plain(report), drawn(report, width), drawn(report, width, markup=False, emoji=False)):
        assert [
            char for char in text if (ord(char) < 32 and char not in "\n\t") or 0x7F <= ord(char) < 0xA0
        ] == []


# Any terminal


@pytest.mark.parametrize("width", [1, 10, 20, 40, 60, 80, 300])
@pytest.mark.parametrize(
    "report",
    [sample(), sample(countries=tuple("abcdefghijklmnopqrst")), empty(), small()],
    ids=["large", "countries", "empty", "small"],
)
def test_a_terminal_may_be_narrow(width, report):
    text = drawn(report, width)
    assert text.strip() or width < 10
    assert all(len(line) <= width for line in text.splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_may_know_few_characters(encoding):
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    Console(file=file, width=100, force_terminal=True, legacy_windows=False).print(table.of_report(small()))
    file.flush()
    assert b"12,345" in file.buffer.getvalue()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"), (4.2, "4.2 s"), (59.94, "59.9 s"), (60, "1 min 00 s"), (200, "3 min 20 s"), (3599.4, "59 min 59 s"), (3600, "1 h 00 min"),
        (3599.6, "1 h 00 min"), (7500, "2 h 05 min"), (360_000, "100 h 00 min"), (36_000_000, "10,000 h 00 min"),
    ],
)  # fmt: skip
def test_a_duration_is_told_in_words(seconds, text):
    assert table.duration(seconds) == text


@pytest.mark.parametrize("width", [40, 80])
def test_every_number_of_the_whole_is_there_on_any_terminal(width):
    made = sample(ids=3_000_000)
    text = drawn(made, width)
    for count in made["records"]["by_status"].values():
        assert not count or f"{count:,}" in text


def test_countries_that_do_not_fit_are_summed():
    countries = {f"{a}{b}": {"available": 10} for a in "abc" for b in "abcdefghij"}
    made = small(records={"by_status": {"available": 300}, "by_country": countries})
    (row,) = [line for line in drawn(made, 80).splitlines() if line.split()[:1] == ["available"]]
    numbers = [int(cell) for cell in row.split()[1:]]
    assert numbers[-1] == 300 == sum(numbers[:-1])
    assert " others" in drawn(made, 80)
    assert " others" not in drawn(made, 240)

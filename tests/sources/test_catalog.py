"""An earlier list of all apps: read whole, or refused with the reason; and held beside a new one."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.errors import SourceError
from playfast.localstore.sitemaps import Generation
from playfast.sources import catalog
from playfast.sources.earlier import Earlier

IDS = st.from_regex(r"[a-z]{1,5}\.[a-z]{1,5}", fullmatch=True)
NAME = "list"


def row(app_id, shard=0, of=2, run="1787500934"):
    return {"app_id": app_id, "generation": run, "shard": f"{shard:05}-of-{of:05}"}


def lines(rows, how="jsonl"):
    if how == "jsonl":
        return [json.dumps(one) for one in rows]
    if how == "json":
        return ["[", *(json.dumps(one) + "," for one in rows[:-1]), json.dumps(rows[-1]), "]"]
    return ["app_id,generation,shard", *(",".join(one.values()) for one in rows)]


@pytest.mark.parametrize("how", ["jsonl", "json", "csv"])
def test_a_feed_of_a_whole_generation(how):
    rows = [row("a.b"), row("c.d", 1), row("e.f")]
    assert list(catalog.read(lines(rows, how), NAME)) == ["a.b", "c.d", "e.f"]


def test_a_plain_list():
    assert list(catalog.read(["# ids", "a.b", "", "c.d"], NAME)) == ["a.b", "c.d"]
    assert list(catalog.read(["app_id,title", "a.b,A", "c.d,B"], NAME)) == ["a.b", "c.d"]


@pytest.mark.parametrize("how", ["jsonl", "csv"])
def test_a_feed_of_a_part_is_refused_and_one_with_shards_that_chance_left_empty_is_not(how):
    made = Generation(0, 100, 4_000)
    whole = [row(app_id, shard, 100) for shard in range(100) for app_id in made.of_shard(shard)]
    assert len(list(catalog.read(lines(whole, how), NAME))) == 4_000
    part = [one for one in whole if not one["shard"].startswith("00042")]
    with pytest.raises(SourceError, match="has apps of 99 of 100 sitemaps alone"):
        list(catalog.read(lines(part, how), NAME))
    thin = Generation(0, 100, 120)
    rows = [row(app_id, shard, 100) for shard in range(100) for app_id in thin.of_shard(shard)]
    assert len({one["shard"] for one in rows}) < 80
    assert len(list(catalog.read(lines(rows, how), NAME))) == 120


def test_a_part_of_a_short_list_is_refused_too():
    """Chance leaves shards empty there, but not so many."""
    thin = Generation(0, 100, 120)
    part = [row(app_id, shard, 100) for shard in range(20) for app_id in thin.of_shard(shard)]
    with pytest.raises(
        SourceError, match=f"has apps of {len({one['shard'] for one in part})} of 100 sitemaps"
    ):
        list(catalog.read(lines(part), NAME))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "list is empty"),
        (["", " "], "list is empty"),
        (["# a remark", ""], "list holds no id"),
        (["[]"], "list holds no id"),
        (["[", "]"], "list holds no id"),
        (["app_id,generation,shard"], "list holds no id"),
        (["a.b", "nodot"], "list holds 'nodot': a package name has at least one dot"),
        (lines([row("a.b"), row("nodot")]), "line 2 of list has 'nodot'"),
        (lines([row("a.b"), row("c.d", run="5")]), "line 2 of list is of generation '5', and those before of '1787500934'"),
        (lines([row("a.b"), {"app_id": "c.d"}]), "line 2 of list has no generation, shard"),
        (lines([{**row("a.b"), "shard": "x"}]), "line 1 of list has shard 'x'"),
        (lines([row("a.b", 7, 5)]), "line 1 of list has shard '00007-of-00005'"),
        (lines([row("a.b"), row("c.d", 7, 5)]), "line 2 of list has shard"),
        ([*lines([row("a.b")]), "{"], "line 2 of list is no JSON"),
        (['{"app_id": 5, "generation": "1", "shard": "00000-of-00001"}'], "line 1 of list has no app_id"),
        (lines([row("a.b"), row("c.d", run="")]), "line 2 of list has no generation; a feed"),
        (["", *lines([row("a.b"), row("nodot")], "csv")], "line 4 of list has 'nodot'"),
        (["", *lines([row("a.b")], "csv"), '"c.d,1,2'], "the row that begins in line 4 of list is no CSV"),
        (["app_id,generation,shard", 'a.b,"1', "", "2"], "the row that begins in line 2 of list is no CSV"),
        (['app_id,generation,shard,"title'], "the row that begins in line 1 of list is no CSV"),
        (["a.b", "n" * 99], f"list holds '{'n' * 60}': "),
        (lines([row("a.b"), row("n" * 99)]), f"line 2 of list has '{'n' * 60}': "),
        (lines([row("a.b"), row("c.d", run="9" * 99)]), f"line 2 of list is of generation '{'9' * 20}', "),
        (lines([{**row("a.b"), "shard": "x" * 99}]), f"line 1 of list has shard '{'x' * 60}'; due"),
        (lines([{**row("a.b"), "shard": f"00000-of-{'9' * 16}"}]), "line 1 of list has shard '00000-of-9999999999999999'"),
        (lines([{**row("a.b"), "shard": f"00000-of-{'9' * 20}"}]), "line 1 of list has shard"),
        (['{"status": "available", "app_id": "a.b"}'], "has no generation, shard"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(given, told):
    with pytest.raises(SourceError, match=told):
        list(catalog.read(given, NAME))


@given(st.lists(st.text(max_size=30)))
def test_any_lines_are_a_list_or_an_error(given):
    try:
        found = list(catalog.read(given, NAME))
    except SourceError:
        return
    assert all("." in app_id for app_id in found)


@given(st.lists(IDS), st.lists(st.lists(IDS, unique=True), unique_by=tuple))
def test_what_is_new_and_what_is_gone(before, chunks):
    with Earlier() as earlier:
        assert earlier.take(before) == len(set(before))
        now = set()
        for chunk in chunks:
            assert earlier.see(chunk) == [app_id for app_id in chunk if app_id not in before]
            now.update(chunk)
        assert list(earlier.gone()) == sorted(set(before) - now)


def test_a_long_list_takes_no_memory_of_its_own():
    tracemalloc.start()
    try:
        with Earlier() as earlier:
            assert earlier.take(f"com.example.app{number}" for number in range(100_000)) == 100_000
            assert sum(1 for _ in earlier.gone()) == 100_000
            assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()

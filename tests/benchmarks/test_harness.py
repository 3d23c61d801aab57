"""The harness measures what was meant, or says that it did not."""

from __future__ import annotations

import sys

import pytest

from benchmarks.errors import BenchmarkError
from benchmarks.harness import floor, machine, process, truth
from benchmarks.harness.crawl import Wish, check_seen, crawl
from benchmarks.harness.rounds import in_turns
from tests.conftest import ROOT

APPS = 64


@pytest.fixture
def listed(own_store, tmp_path):
    return own_store.write_ids(tmp_path / "ids.txt", APPS)


def record(store, app_id):
    known = store.truth(app_id)
    return {"app_id": app_id, **{name: due(known) for name, due in truth.DUE.items()}}


# Whole crawls.


@pytest.mark.crawl
@pytest.mark.parametrize("streamed", [False, True])
def test_a_crawl_is_measured(own_store, listed, tmp_path, streamed):
    done = crawl(own_store, Wish(ids=listed, records=APPS), tmp_path, streamed=streamed)
    assert (done.records, done.requests) == (APPS, 2)
    assert 0 < done.seconds < done.process.seconds
    assert done.process.cpu_seconds > 0
    assert done.latency("p50") <= done.latency("p95") <= done.latency("p99")
    assert sum(done.series("").records) == APPS
    assert "records" in done.process.said  # the table at the end: it had a terminal


@pytest.mark.crawl
def test_pages_are_asked_for_one_by_one(own_store, tmp_path):
    ids = own_store.write_ids(tmp_path / "ids.txt", 3)
    assert crawl(own_store, Wish(ids=ids, records=3, pages=True), tmp_path).requests == 3


@pytest.mark.crawl
def test_a_crawl_of_another_length_is_no_measurement(own_store, listed, tmp_path):
    with pytest.raises(BenchmarkError, match="65 records were due, 64 came"):
        crawl(own_store, Wish(ids=listed, records=APPS + 1), tmp_path)


@pytest.mark.crawl
def test_a_crawl_that_is_not_as_parallel_as_meant_is_no_measurement(own_store, listed, tmp_path):
    crawl(own_store, Wish(ids=listed, records=APPS, concurrency=1), tmp_path)
    with pytest.raises(BenchmarkError, match="2 requests in flight were due, the store saw 1"):
        check_seen(own_store, 2, pages=False, most=2, full=True)
    with pytest.raises(BenchmarkError, match="at most 0 requests in flight were due, the store saw 1"):
        check_seen(own_store, 2, pages=False, most=0)


def test_other_requests_than_were_due_are_told(own_store):
    own_store.reset()
    with pytest.raises(BenchmarkError, match="3 requests were due, the store saw 0"):
        check_seen(own_store, 3, pages=True, most=1)


# Values.


def test_right_values_pass(own_store):
    assert truth.check(own_store, [record(own_store, app_id) for app_id in own_store.ids(20)]) == 20


@pytest.mark.parametrize("field", truth.DUE)
def test_a_wrong_value_is_found(own_store, field):
    app_id = next(own_store.rated())
    wrong = record(own_store, app_id) | {field: "wrong"}
    with pytest.raises(BenchmarkError, match=f"{app_id}: {field} is 'wrong', not "):
        truth.check(own_store, [wrong])


def test_a_wrong_status_is_found(own_store):
    app_id = next(own_store.rated())
    with pytest.raises(BenchmarkError, match="status is 'not_found', not 'available'"):
        truth.check(own_store, [record(own_store, app_id) | {"status": "not_found"}])


def test_no_record_proves_nothing(own_store):
    with pytest.raises(BenchmarkError, match="no record"):
        truth.check(own_store, [])


# The floor.


def test_the_floor_reads_every_app(own_store, tmp_path):
    answers = floor.write(own_store, own_store.ids(40), tmp_path / "answers")
    assert [len(answer) > 1_000 for answer in floor.read(answers)] == [True, True]
    assert floor.loop(floor.read(answers)) == 40


# Processes and rounds.


def test_a_command_that_fails_is_told_with_what_it_said():
    with pytest.raises(BenchmarkError, match=r"(?s)exit code 3 from: .*the reason"):
        process.run([sys.executable, "-c", "import sys; sys.stderr.write('the reason'); sys.exit(3)"])


def test_a_command_has_a_terminal_and_its_cost():
    ended = process.run([sys.executable, "-c", "import sys; print(sys.stderr.isatty(), sum(range(10**6)))"])
    assert ended.said.startswith("True")
    assert ended.cpu_seconds > 0
    assert ended.seconds > 0


def test_a_process_ends_with_its_block():
    with process.Running([sys.executable, "-c", "import signal; signal.pause()"]) as one:
        assert one.process.poll() is None
    assert one.process.returncode == -9


def test_rounds_take_turns_and_the_first_is_dropped():
    order = []

    def measure(name):
        order.append(name)
        return len(order)

    told = []
    found = in_turns(2, {"a": lambda: measure("a"), "b": lambda: measure("b")}, told.append)
    assert order == ["a", "b"] * 3
    assert found == {"a": [3, 5], "b": [4, 6]}
    assert told[0] == "warm-up: a"
    assert told[-1] == "round 2 of 2: b"


# The machine.


def test_the_machine_has_a_name_of_ones_own(monkeypatch):
    monkeypatch.setenv("PLAYFAST_MACHINE", "bench-1")
    assert machine.machine().name == "bench-1"
    assert machine.machine().cores > 0


def test_versions_are_those_that_run():
    assert machine.versions()["scrapy"].startswith("2.19")


def test_what_is_in_no_repository_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    assert machine.commit().uncommitted
    assert machine.commit().subject == "no commit: not in a repository"
    monkeypatch.setattr(machine, "ROOT", ROOT)

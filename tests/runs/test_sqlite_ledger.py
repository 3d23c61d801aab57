"""The ledger in a SQLite file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from playfast.errors import LedgerError
from playfast.runs import sqlite_ledger
from playfast.runs.ledger import FeedFile, Key, Written, digest
from playfast.runs.sqlite_ledger import SqliteLedger, problem

ABOUT = {"spider": "apps", "fields": "all"}


def key(asked: str, country: str = "us", lang: str = "en") -> Key:
    return Key(asked, country, lang)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run.db"


@pytest.fixture
def begun(path):
    """Begins a crawl with the ledger, as often as it is called; the one before is taken for killed."""
    open_ones = []

    def begin(about=ABOUT):
        for ledger in open_ones:
            ledger._database.close()  # what the system does with a killed process
        open_ones.clear()
        ledger = SqliteLedger(path)
        left = ledger.begin(about)
        open_ones.append(ledger)
        return ledger, left

    yield begin
    for ledger in open_ones:
        ledger.close()


def test_a_key_is_leased_once_until_it_is_done_and_again_after_a_kill(begun):
    ledger, _ = begun()
    lease = ledger.lease([key("a.a"), key("b.b"), key("a.a"), key("a.a", "kr", "ko")])
    assert list(lease.keys) == [key("a.a"), key("b.b"), key("a.a", "kr", "ko")]
    assert (lease.done, lease.repeated) == (0, 1)
    ledger.settle([(lease.keys[key("b.b")], "available")], [])
    assert ledger.done() == 1

    ledger, _ = begun()
    lease = ledger.lease([key("a.a"), key("b.b"), key("c.c")])
    assert list(lease.keys) == [key("a.a"), key("c.c")]
    assert (lease.done, lease.repeated) == (1, 0)


def test_what_is_done_with_a_status_can_be_asked_again(begun):
    ledger, _ = begun()
    lease = ledger.lease([key("a.a"), key("b.b")])
    ledger.settle([(lease.keys[key("a.a")], "error"), (lease.keys[key("b.b")], "available")], [])
    ledger, _ = begun()
    lease = ledger.lease([key("a.a"), key("b.b")], frozenset({"error", "not_found"}))
    assert list(lease.keys) == [key("a.a")]
    assert (lease.done, ledger.done()) == (1, 1)
    ledger, _ = begun()
    assert list(ledger.lease([key("a.a"), key("b.b")]).keys) == [key("a.a")]


def test_attempts_are_counted(begun, path):
    for _ in range(3):
        ledger, _ = begun()
        ledger.lease([key("a.a")])
    ledger.close()
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT asked, attempts, status FROM keys").fetchall() == [("a.a", 3, None)]


def test_what_is_done_is_told_with_its_mark_however_much_it_is(begun):
    ledger, _ = begun()
    assert list(ledger.kept()) == []
    keys = [key(f"number {number}", "", "1") for number in range(1_203)]
    numbers = ledger.lease([*keys, key("left")]).keys
    done = keys[:1_201]
    ledger.settle(
        [(numbers[one], "available" if place % 3 else "error") for place, one in enumerate(done)],
        [],
        marks=[(numbers[one], one.asked) for place, one in enumerate(done) if place % 2],
    )
    assert list(ledger.kept()) == [
        (one, "available" if place % 3 else "error", one.asked if place % 2 else None)
        for place, one in enumerate(done)
    ]


@pytest.mark.parametrize(
    "asked", ["", "\0", "a\0b", "\ud800", "x" * 10_000, "é漢字", "'; DROP TABLE keys; --"]
)
def test_any_text_is_a_key(begun, asked):
    ledger, _ = begun()
    lease = ledger.lease([key(asked)])
    ledger.settle([(lease.keys[key(asked)], "invalid_id")], [])
    ledger, _ = begun()
    assert ledger.lease([key(asked)]).done == 1


def test_feeds_that_were_not_ended_are_told(begun, tmp_path):
    ledger, left = begun()
    assert left == []
    rows, whole, over = (tmp_path / name for name in ("a.jsonl", "a.json", "b.jsonl"))
    over.write_bytes(b"x" * 10)
    ledger.open_feed(rows, good=0, made=True)
    ledger.open_feed(whole, good=None, made=True)
    ledger.open_feed(over, good=10, made=False)
    rows.write_bytes(b"12345")
    ledger.settle([], [Written(rows, 3, records=True, ended=False)])
    _, left = begun()
    inode = [path.stat().st_ino for path in (rows, over)]
    assert sorted(left, key=lambda file: file.path) == [
        FeedFile(whole, None, True, 0),
        FeedFile(rows, 3, True, inode[0]),
        FeedFile(over, 10, False, inode[1]),
    ]
    ledger, _ = begun()
    ledger.settle(
        [], [Written(rows, 5, records=True, ended=True), Written(whole, None, records=True, ended=True)]
    )
    _, left = begun()
    assert [file.path for file in left] == [over]
    ledger, _ = begun()
    ledger.mended()
    assert begun()[1] == []


def test_it_knows_which_files_hold_records(begun, tmp_path):
    ledger, _ = begun()
    file = tmp_path / "a.jsonl"
    assert not ledger.holds_records(file)
    ledger.open_feed(file, good=0, made=True)
    file.write_bytes(b"1")
    assert not ledger.holds_records(file)
    ledger.settle([], [Written(file, 1, records=False, ended=True)])
    assert not ledger.holds_records(file)
    for records in (True, False):  # once there were some, there are
        ledger.settle([], [Written(file, 1, records=records, ended=False)])
        assert ledger.holds_records(file)
    other = tmp_path / "other"
    other.write_bytes(b"2")
    other.replace(file)
    assert not ledger.holds_records(file)
    ledger.open_feed(file, good=0, made=True)
    assert not ledger.holds_records(file)


def test_two_crawls_cannot_use_it_at_once_and_a_killed_one_does_not_hold_it(path):
    hold = (
        "import sys; from pathlib import Path; from playfast.runs.sqlite_ledger import SqliteLedger, problem;"
        "SqliteLedger(Path(sys.argv[1])).begin({'spider': 'apps', 'fields': 'all'}); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        assert "another crawl is at work" in sqlite_ledger.problem(path, ABOUT)
        with pytest.raises(LedgerError, match="another crawl is at work"):
            SqliteLedger(path).begin(ABOUT)
        holder.kill()
        holder.wait()
        assert sqlite_ledger.problem(path, ABOUT) is None


def test_what_is_no_ledger_is_told_and_left_as_it_is(tmp_path, path):
    assert sqlite_ledger.problem(path, ABOUT) is None
    assert not path.exists()
    assert "folder" in sqlite_ledger.problem(tmp_path, ABOUT)
    assert "there is no folder" in sqlite_ledger.problem(tmp_path / "none" / "run.db", ABOUT)
    assert "null" in sqlite_ledger.problem(tmp_path / "a\0b", ABOUT)
    path.write_bytes(b"")
    assert sqlite_ledger.problem(path, ABOUT) is None
    path.write_bytes(b"com.spotify.music\n")
    assert "no ledger" in sqlite_ledger.problem(path, ABOUT)
    assert path.read_bytes() == b"com.spotify.music\n"
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE mine (value)")
    database.close()
    before = path.read_bytes()
    assert "another database" in sqlite_ledger.problem(path, ABOUT)
    with pytest.raises(LedgerError, match="another database"):
        SqliteLedger(path).begin(ABOUT)
    assert path.read_bytes() == before


def test_a_crawl_that_is_not_like_the_first_is_refused(begun, path):
    ledger, _ = begun({**ABOUT, "countries": "us"})
    ledger.close()
    assert sqlite_ledger.problem(path, {**ABOUT, "countries": "kr"}) is None
    told = sqlite_ledger.problem(path, {"spider": "reviews", "fields": "title"})
    assert "spider=apps (now reviews)" in told
    assert "fields=all (now title)" in told


def test_a_ledger_of_another_version_and_a_damaged_one_are_told(begun, path):
    begun()[0].close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 7")
    database.close()
    assert "version 7" in sqlite_ledger.problem(path, ABOUT)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + os.urandom(len(whole) - 100))
    assert sqlite_ledger.problem(path, ABOUT)


def test_a_disk_that_cannot_be_written_is_told(begun):
    ledger, _ = begun()
    ledger._database.execute("PRAGMA query_only = ON")
    with pytest.raises(LedgerError, match=r"run\.db: the ledger cannot be used"):
        ledger.lease([key("a.a")])
    ledger._database.execute("PRAGMA query_only = OFF")


def test_a_step_that_fails_leaves_nothing_behind(begun):
    ledger, _ = begun()
    lease = ledger.lease([key("a.a")])

    def done():
        yield lease.keys[key("a.a")], "available"
        raise RuntimeError("amid it")

    with pytest.raises(RuntimeError, match="amid it"):
        ledger.settle(done(), [])
    assert ledger.done() == 0


def test_after_the_end_nothing_is_leased_any_more(path):
    ledger = SqliteLedger(path)
    ledger.begin(ABOUT)
    ledger.close()
    ledger.close()
    assert not ledger.lease([key("a.a")]).keys


class Crawls(RuleBasedStateMachine):
    """Any order of leasing, settling and being killed, beside a model of sets."""

    def __init__(self):
        super().__init__()
        self.path = Path(os.environ.get("TMPDIR", "/tmp")) / f"playfast-{os.getpid()}-{id(self)}.db"
        self.done, self.leased = {}, {}
        self.ledger = SqliteLedger(self.path)
        self.ledger.begin(ABOUT)

    @rule(names=st.lists(st.sampled_from("abcdef")), again=st.sets(st.sampled_from(["error", "available"])))
    def lease(self, names, again):
        lease = self.ledger.lease(map(key, names), frozenset(again))
        fresh = []
        for name in names:
            if name in fresh or name in self.leased or (name in self.done and self.done[name][1]):
                continue
            if name not in self.done or self.done[name][0] in again:
                fresh.append(name)
        assert [found.asked for found in lease.keys] == fresh
        assert lease.repeated + lease.done + len(fresh) == len(names)
        for name in fresh:
            self.done.pop(name, None)
            self.leased[name] = lease.keys[key(name)]

    @rule(status=st.sampled_from(["error", "available"]))
    def settle(self, status):
        self.ledger.settle([(number, status) for number in self.leased.values()], [])
        self.done.update((name, (status, True)) for name in self.leased)
        self.leased.clear()

    @rule(killed=st.booleans())
    def go_on(self, killed):
        if killed:
            self.ledger._database.close()
        else:
            self.ledger.close()
        self.leased.clear()
        self.done = {name: (status, False) for name, (status, _) in self.done.items()}
        self.ledger = SqliteLedger(self.path)
        self.ledger.begin(ABOUT)

    @invariant()
    def what_is_done_is_counted(self):
        assert self.ledger.done() == len(self.done)

    def teardown(self):
        self.ledger.close()
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink()


TestCrawls = Crawls.TestCase
TestCrawls.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)


# Keys with rows.


def opened(path):
    ledger = SqliteLedger(path)
    ledger.begin(ABOUT)
    ledger.mended()
    return ledger


def row(text):
    return digest((text,))


def test_rows_and_marks_are_kept_while_a_key_is_not_done(tmp_path):
    path = tmp_path / "run.db"
    ledger = opened(path)
    asked = Key("a.b", "", "en")
    number = ledger.lease([asked]).keys[asked]
    ledger.settle([], [], [(number, row("1")), (number, row("2"))], [(number, "page 2")])
    ledger.close()
    ledger = opened(path)
    assert ledger.lease([asked]).keys == {asked: number}
    assert ledger.rows("a.b") == {number: {row("1"), row("2")}}
    assert ledger.mark(number) == "page 2"
    ledger.settle([], [], [(number, row("2"))], [(number, "page 3")])
    assert ledger.rows("a.b") == {number: {row("1"), row("2")}}
    assert ledger.mark(number) == "page 3"
    ledger.close()


def test_rows_are_forgotten_once_nothing_of_what_was_asked_is_open_and_marks_stay(tmp_path):
    ledger = opened(tmp_path / "run.db")
    english, german, other = Key("a.b", "", "en"), Key("a.b", "", "de"), Key("c.d", "", "en")
    numbers = ledger.lease([english, german, other]).keys
    ledger.settle([], [], [(number, row(str(number))) for number in numbers.values()])
    ledger.settle([(numbers[english], "available")], [], (), [(numbers[english], "newest")])
    assert set(ledger.rows("a.b")) == {numbers[english], numbers[german]}
    ledger.settle([(numbers[german], "error")], [])
    assert set(ledger.rows("a.b")) == {numbers[english], numbers[german]}, (
        "an error is asked again, and goes on there"
    )
    again = ledger.lease([german], frozenset({"error"})).keys
    assert not again, "not twice in one crawl"
    ledger.settle([(numbers[german], "available")], [])
    assert ledger.rows("a.b") == {}
    assert set(ledger.rows("c.d")) == {numbers[other]}
    assert ledger.mark(numbers[english]) == "newest"
    ledger.close()


def test_what_is_left_of_earlier_crawls(tmp_path):
    path = tmp_path / "run.db"
    ledger = opened(path)
    keys = [Key("a.b", "us", "en"), Key("a.b", "de", "en"), Key("c.d", "us", "en"), Key("e.f", "us", "en")]
    numbers = ledger.lease(keys).keys
    ledger.settle([(numbers[keys[0]], "available"), (numbers[keys[2]], "error")], [])
    assert ledger.left() == [], "what this crawl has leased is under way"
    ledger.close()
    ledger = opened(path)
    assert sorted(ledger.left()) == sorted([keys[1], keys[3]])
    assert sorted(ledger.left(frozenset({"error"}))) == sorted([keys[1], keys[2], keys[3]])
    ledger.close()


def test_statuses_of_what_was_asked_by_country(tmp_path):
    ledger = opened(tmp_path / "run.db")
    keys = [Key("a.b", "us", "en"), Key("a.b", "de", "en"), Key("a.b", "", "en"), Key("c.d", "us", "en")]
    numbers = ledger.lease(keys).keys
    ledger.settle(
        [(numbers[keys[0]], "available"), (numbers[keys[2]], "available"), (numbers[keys[3]], "error")], []
    )
    assert ledger.statuses("a.b") == {"us": "available"}
    ledger.close()


def test_a_ledger_of_the_first_version_is_brought_to_this_one(tmp_path):
    path = tmp_path / "run.db"
    ledger = opened(path)
    asked = Key("a.b", "us", "en")
    number = ledger.lease([asked]).keys[asked]
    ledger.settle([(number, "available")], [])
    ledger.close()
    with sqlite3.connect(path) as database:
        database.executescript("DROP TABLE rows; DROP TABLE marks; PRAGMA user_version = 1;")
    database.close()
    assert problem(path, ABOUT) is None
    ledger = opened(path)
    assert ledger.done() == 1
    ledger.settle([], [], [(number, row("1"))], [(number, "mark")])
    assert ledger.mark(number) == "mark"
    ledger.close()

from __future__ import annotations

import random
from threading import Event, Thread

import pytest

from playfast.sources.seen import Seen


def test_an_entry_is_new_once_within_a_call_and_across_calls():
    with Seen() as seen:
        assert seen.new(["b", "a", "b", "c"]) == ["b", "a", "c"]
        assert seen.new(["c", "d", "a", "d"]) == ["d"]
        assert seen.new([]) == []
        assert seen.new(iter(["a", "e"])) == ["e"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("com.a", "com.A"),
        ("é", "e"),
        ("\u00e9", "e\u0301"),  # the same letter, written differently
        ("a", "a "),
        ("a", ""),
        ("1", "1.0"),
        ("1", "01"),
        ("日本", "日木"),
        ("a\x00b", "a\x00c"),
        ("a", "a\x00"),
        ("\U0001f600", "\U0001f601"),
        ("x" * 100_000 + "a", "x" * 100_000 + "b"),
    ],
)
def test_entries_are_told_apart_to_the_letter(one, other):
    with Seen() as seen:
        assert seen.new([one, other]) == [one, other]
        assert seen.new([other, one]) == []


def test_an_entry_that_is_no_unicode_is_an_entry_like_any_other():
    """A command line in another encoding hands over such texts."""
    with Seen() as seen:
        assert seen.new(["com.\udcff", "com.a", "com.\udcff"]) == ["com.\udcff", "com.a"]


def test_many_entries_are_counted_exactly_in_their_order():
    dice = random.Random(5)
    entries = [f"com.example.app{dice.randrange(3000)}" for _ in range(10_000)]
    with Seen() as seen:
        found = [
            entry for start in range(0, len(entries), 333) for entry in seen.new(entries[start : start + 333])
        ]
    assert found == list(dict.fromkeys(entries))


def test_two_do_not_share_what_they_saw():
    with Seen() as one, Seen() as other:
        assert one.new(["a"]) == other.new(["a"]) == ["a"]


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    with Seen() as seen:
        seen.new(f"com.example.app{n}" for n in range(20_000))
    assert list(tmp_path.iterdir()) == []


def test_it_may_be_closed_while_another_thread_is_at_work():
    """A crawl that is stopped does that; SQLite answers a closed connection with a crash of the process."""
    for _ in range(30):
        seen = Seen()
        started = Event()

        def work(seen=seen, started=started):
            for chunk in range(200):
                seen.new(f"{chunk}.{number}" for number in range(50))
                started.set()

        thread = Thread(target=work)
        thread.start()
        started.wait()
        seen.close()
        thread.join()
        assert seen.new(["a"]) == []

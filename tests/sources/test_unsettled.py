from __future__ import annotations

from collections import Counter
from threading import Event, Thread

from hypothesis import given, settings
from hypothesis import strategies as st

from playfast.sources.feed import Row
from playfast.sources.unsettled import Choice, Unsettled

ERRORS = Choice(frozenset({"error"}))


def keys(rows, choice=ERRORS):
    with Unsettled() as unsettled:
        unsettled.look_through(rows, choice)
        found = list(unsettled)
        assert unsettled.looked_through == len(rows)
        assert unsettled.keys == len(found)
        assert unsettled.storefronts == len({key[1:] for key in found})
        return found


def test_what_has_a_chosen_status_is_asked_again_where_it_has_it():
    rows = [
        Row("b.b", "us", "en", "error"),
        Row("b.b", "kr", "ko", "available"),
        Row("a.a", "us", "en", "error"),
        Row("c.c", "de", "de", "not_found"),
    ]
    assert keys(rows) == [("a.a", "us", "en"), ("b.b", "us", "en")]
    assert keys(rows, Choice(frozenset({"error", "not_found"}))) == [
        ("c.c", "de", "de"),
        ("a.a", "us", "en"),
        ("b.b", "us", "en"),
    ]
    assert keys(rows, Choice(frozenset({"invalid_id"}))) == []


def test_the_last_record_of_a_key_counts():
    failed, answered = Row("a.a", "us", "en", "error"), Row("a.a", "us", "en", "available")
    assert keys([failed, failed]) == [("a.a", "us", "en")]
    assert keys([failed, answered]) == []
    assert keys([answered, failed]) == [("a.a", "us", "en")]
    assert keys([failed, Row("a.a", "kr", "en", "available")]) == [("a.a", "us", "en")]


def test_countries_and_languages_narrow_the_choice():
    rows = [Row("a.a", country, lang, "error") for country in ("us", "kr") for lang in ("en", "ko")]
    chosen = keys(rows, Choice(frozenset({"error"}), countries=frozenset({"kr"})))
    assert chosen == [("a.a", "kr", "en"), ("a.a", "kr", "ko")]
    chosen = keys(rows, Choice(frozenset({"error"}), langs=frozenset({"en"})))
    assert chosen == [("a.a", "kr", "en"), ("a.a", "us", "en")]


@settings(max_examples=100, deadline=None, database=None)
@given(
    st.lists(
        st.builds(
            Row,
            st.sampled_from(["a.a", "A.a", "é", "a\0", "a\0b", "\U0001f600"]),
            st.sampled_from(["us", "kr"]),
            st.sampled_from(["en", "ko"]),
            st.sampled_from(["error", "available", "not_found"]),
        )
    )
)
def test_it_is_what_a_dictionary_would_keep(rows):
    last = {row[:3]: row.status for row in rows}
    found = keys(rows)
    assert Counter(found) == Counter(key for key, status in last.items() if status == "error")
    assert [key[1:] for key in found] == sorted(key[1:] for key in found)


def test_it_may_be_closed_while_another_thread_reads_a_feed_without_end():
    unsettled, started = Unsettled(), Event()

    def rows():
        while True:
            yield Row("a.a", "us", "en", "error")
            started.set()

    thread = Thread(target=unsettled.look_through, args=(rows(), ERRORS))
    thread.start()
    started.wait()
    unsettled.close()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert unsettled.next(5) == []

"""The pace against limits, in simulated time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.runs.pace import Pace

from .limiter import Bucket, Crawl

AS_FAST_AS_IT_GOES = 0.001


def crawl(allowed, burst=None, least=AS_FAST_AS_IT_GOES, **more):
    allow = allowed if callable(allowed) else lambda _: allowed
    return Crawl(Pace(least), Bucket(allow, burst or allow(0.0)), **more)


def between(asked, start, end):
    """Answered a second, and the refused share."""
    some = [one for one in asked if start <= one.at < end]
    answered = sum(not one.refused for one in some)
    return answered / (end - start), 1 - answered / len(some)


@pytest.mark.parametrize("tells_when", [True, False], ids=["with Retry-After", "without"])
@pytest.mark.parametrize("seconds", [1, 5])
@pytest.mark.parametrize("allowed", [2, 10, 30])
def test_it_ends_within_a_tenth_of_what_is_allowed_with_under_one_in_a_hundred_refused(
    allowed, seconds, tells_when
):
    one = crawl(allowed, burst=allowed * seconds, tells_when=tells_when)
    rate, refused = between(one.run(1_200), 240, 1_200)
    assert 0.9 * allowed <= rate <= 1.1 * allowed
    assert refused < 0.01


def test_a_crawl_that_is_never_refused_keeps_the_users_pace():
    one = crawl(2, least=1.0)
    asked = one.run(600)
    assert one.pace.interval == 1.0
    assert not one.pace.slowed
    assert between(asked, 0, 600) == (pytest.approx(1.0, rel=0.05), 0)


def test_it_finds_a_limit_that_falls_and_one_that_rises_again():
    one = crawl(lambda now: 2 if 600 <= now < 1_800 else 30, burst=30)
    asked = one.run(4_800)
    assert between(asked, 300, 600)[0] == pytest.approx(30, rel=0.1)
    rate, refused = between(asked, 900, 1_800)
    assert rate == pytest.approx(2, rel=0.1)
    assert refused < 0.01
    assert between(asked, 3_000, 4_800)[0] == pytest.approx(30, rel=0.1)


def test_it_never_climbs_above_the_users_pace():
    one = crawl(lambda now: 0.5 if now < 300 else 100, burst=1, least=0.5)
    assert between(one.run(6_000), 5_400, 6_000)[0] == pytest.approx(2, rel=0.05)
    assert one.pace.interval == 0.5
    assert not one.pace.slowed


# One event at a time


def test_a_refusal_halves_the_rate_that_was_really_asked():
    pace = Pace(0.001)
    for start in range(20):
        pace.started(start / 10)  # latency let it come to ten a second only
    pace.refused(1.9, 2.0)
    assert pace.interval == pytest.approx(0.2)


def test_what_was_sent_before_the_change_halves_nothing_again():
    pace = Pace(1.0)
    pace.refused(9.0, 10.0)
    pace.refused(9.5, 10.1)
    pace.answered(9.6, 10.2)
    assert pace.interval == 2.0
    assert pace.refusals == 2
    pace.refused(10.5, 11.0)
    assert pace.interval == 4.0


def test_it_never_comes_to_a_stand():
    pace = Pace(0.1)
    for second in range(100):
        pace.refused(second, second)
    assert pace.interval == 10.0


def test_a_user_slower_than_that_stays_so():
    pace = Pace(60.0)
    pace.refused(1.0, 1.0)
    assert pace.interval == 60.0


def test_after_a_few_answers_it_goes_on_just_below_what_was_refused():
    pace = Pace(1.0)
    pace.refused(9.0, 10.0)
    for second in range(11, 15):
        pace.answered(second, second + 0.1)
        assert pace.interval == 2.0
    pace.answered(15, 15.1)
    assert pace.interval == pytest.approx(1 / 0.95)


def test_it_waits_as_long_as_it_is_told_and_never_less():
    pace = Pace(1.0)
    pace.refused(9.0, 10.0, 30.0)
    assert pace.not_before == 40.0
    pace.refused(9.5, 11.0, 5.0)
    assert pace.not_before == 40.0
    pace.refused(9.6, 12.0, 60.0)  # sent before the change: the rate stays, the wait counts
    assert pace.not_before == 72.0


def test_after_a_block_one_request_tries_whether_it_is_over():
    pace = Pace(1.0)
    pace.blocked(9.0, 10.0)
    assert (pace.not_before, pace.alone, pace.blocks) == (70.0, True, 1)
    pace.blocked(9.5, 10.5)  # the same block
    pace.answered(9.6, 10.6)  # sent before it
    assert (pace.not_before, pace.alone, pace.blocks) == (70.0, True, 1)
    pace.blocked(70.0, 71.0)
    assert (pace.not_before, pace.alone, pace.blocks) == (191.0, True, 2)
    pace.answered(191.0, 192.0)
    assert not pace.alone
    pace.blocked(200.0, 201.0)
    assert pace.not_before == 261.0  # the pause begins at its shortest again


def test_the_pauses_of_a_long_block_come_to_half_an_hour_at_most():
    pace, now = Pace(1.0), 0.0
    for _ in range(20):
        pace.blocked(now, now)
        assert pace.not_before - now <= 1_800
        now = pace.not_before
    assert now > 4 * 1_800


def test_a_crawl_asks_little_during_a_block_and_goes_on_after_it():
    one = crawl(30, burst=30, blocked=lambda now: 600 <= now < 4_200)
    asked = one.run(7_200)
    assert len([ask for ask in asked if 601 <= ask.at < 4_200]) < 30
    assert between(asked, 6_000, 7_200)[0] == pytest.approx(30, rel=0.1)


events = st.lists(
    st.tuples(
        st.sampled_from(["answered", "refused", "blocked"]),
        st.floats(0, 10),
        st.floats(0, 5),
        st.none() | st.floats(0, 500),
    ),
    max_size=60,
)


@given(st.floats(0, 10), events)
def test_whatever_happens_the_interval_is_a_positive_number_and_no_shorter_than_the_users(least, happened):
    pace, now = Pace(least), 0.0
    for kind, pause, before, wait in happened:
        now += pause
        started = max(0.0, now - before)
        pace.started(started)
        earlier = pace.not_before
        match kind:
            case "answered":
                pace.answered(started, now)
            case "refused":
                pace.refused(started, now, wait)
            case _:
                pace.blocked(started, now)
        assert least <= pace.interval < float("inf")
        assert pace.not_before >= earlier
        if kind == "refused" and wait is not None:
            assert pace.not_before >= now + wait


def lost(pace, at, times=10):
    return [pace.unreachable(at, at) for _ in range(times)]


def test_ten_requests_in_a_row_without_an_answer_make_a_host_lost():
    pace = Pace(1.0)
    assert lost(pace, 10.0, 9) == [False] * 9
    pace.answered(9.0, 11.0)
    assert lost(pace, 12.0) == [False] * 9 + [True]
    assert (pace.alone, pace.lost, pace.not_before, pace.troubled_since) == (True, True, 13.0, 12.0)
    assert not pace.slowed


def test_what_was_under_way_when_it_got_lost_makes_no_pause_longer():
    pace = Pace(1.0)
    lost(pace, 10.0)
    assert pace.unreachable(9.0, 10.5)
    assert pace.not_before == 11.0


def test_it_is_looked_for_more_and_more_seldom_until_it_answers():
    pace = Pace(1.0)
    lost(pace, 0.0)
    pauses = []
    for _ in range(9):
        now = pace.not_before
        assert pace.unreachable(now, now)
        pauses.append(pace.not_before - now)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert pace.troubled_since == 0.0
    pace.answered(pace.not_before, pace.not_before + 1)
    assert (pace.alone, pace.lost, pace.troubled_since) == (False, False, None)
    lost(pace, 1_000.0)
    assert pace.not_before == 1_001.0


def test_a_refusal_and_a_captcha_are_answers_of_a_host_that_is_there():
    pace = Pace(1.0)
    lost(pace, 10.0, 9)
    pace.refused(10.0, 11.0)
    assert lost(pace, 12.0, 9) == [False] * 9
    pace.blocked(12.0, 13.0)
    assert (pace.alone, pace.lost, pace.troubled_since) == (True, False, 13.0)


def test_trouble_lasts_from_the_first_block_to_the_first_answer():
    pace = Pace(1.0)
    pace.blocked(10.0, 11.0)
    pace.blocked(80.0, 81.0)
    assert pace.troubled_since == 11.0
    pace.unreachable(300.0, 300.0)
    assert (pace.lost, pace.troubled_since) == (True, 11.0)
    pace.answered(400.0, 401.0)
    assert pace.troubled_since is None

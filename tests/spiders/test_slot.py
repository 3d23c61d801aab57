"""Scrapy's own knobs keep their meaning for Play's slot."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from playfast.runs.pace import SLOT
from playfast.spiders import slot

TOTAL, PER_DOMAIN = "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN"


def settings(project=None, cmdline=None):
    made = Settings()
    made.setdict({TOTAL: 2, PER_DOMAIN: 2, "DOWNLOAD_DELAY": 1, **(project or {})}, priority="project")
    made.setdict(cmdline or {}, priority="cmdline")
    return made


@pytest.mark.parametrize(
    ("cmdline", "peak"),
    [
        ({}, 2),
        ({TOTAL: "15"}, 15),
        ({PER_DOMAIN: "4"}, 4),
        ({TOTAL: "32", PER_DOMAIN: "4"}, 4),
        ({TOTAL: "3", PER_DOMAIN: "40"}, 3),
        ({TOTAL: "0", PER_DOMAIN: "6"}, 6),
    ],
)
def test_what_was_asked_for_on_the_command_line_is_the_peak(cmdline, peak):
    assert slot.concurrency(settings(cmdline=cmdline)) == peak


def test_both_at_the_same_priority_means_the_smaller():
    assert slot.concurrency(settings(project={TOTAL: 16, PER_DOMAIN: 8})) == 8


def test_no_limit_in_total_alone_leaves_the_one_per_domain():
    assert slot.concurrency(settings(project={PER_DOMAIN: 5}, cmdline={TOTAL: "0"})) == 5


def test_the_slot_takes_the_users_delay_with_scrapys_jitter():
    made = settings(cmdline={"DOWNLOAD_DELAY": "0.5"})
    slot.apply(made)
    assert made.getdict("DOWNLOAD_SLOTS")[SLOT] == {"concurrency": 2, "delay": 0.5}


def test_no_delay_becomes_the_least_one_without_jitter_since_the_limit_holds_only_with_one():
    made = settings(cmdline={"DOWNLOAD_DELAY": "0", TOTAL: "9"})
    slot.apply(made)
    assert made.getdict("DOWNLOAD_SLOTS")[SLOT] == {
        "concurrency": 9,
        "delay": slot.LEAST_DELAY,
        "jitter": 0,
    }
    assert made.getint(TOTAL) == made.getint(PER_DOMAIN) == 9


def test_an_entry_of_the_users_own_wins_key_by_key_and_others_stay():
    own = {SLOT: {"concurrency": 7}, "example.com": {"delay": 3}}
    made = settings(project={"DOWNLOAD_SLOTS": own}, cmdline={"DOWNLOAD_DELAY": "2"})
    slot.apply(made)
    found = made.getdict("DOWNLOAD_SLOTS")
    assert found[SLOT] == {"concurrency": 7, "delay": 2.0}
    assert found["example.com"] == {"delay": 3}
    assert made.getint(TOTAL) == 7


def test_it_stays_when_scrapys_runner_applies_its_settings_a_second_time():
    before = settings(cmdline={PER_DOMAIN: "4"})
    made = before.copy()
    slot.apply(made)
    made.update(before)
    assert made.getint(TOTAL) == made.getint(PER_DOMAIN) == 4
    assert made.getdict("DOWNLOAD_SLOTS")[SLOT]["concurrency"] == 4


@pytest.mark.parametrize(
    ("cmdline", "delay", "peak"),
    [
        ({"PLAYFAST_PACE": "brisk"}, 0.5, 4),
        ({"PLAYFAST_PACE": "10"}, 0.1, 20),
        ({"PLAYFAST_PACE": "brisk", "DOWNLOAD_DELAY": "3"}, 3, 4),
        ({"PLAYFAST_PACE": "brisk", TOTAL: "1"}, 0.5, 1),
        ({"PLAYFAST_PACE": "brisk", PER_DOMAIN: "3"}, 0.5, 3),
        ({"PLAYFAST_PACE": ""}, 1, 2),
    ],
)
def test_a_named_pace_sets_what_the_command_line_does_not(cmdline, delay, peak):
    made = settings(cmdline=cmdline)
    for _ in range(2):  # Scrapy applies a spider's settings more than once
        slot.apply(made)
        assert made.getdict("DOWNLOAD_SLOTS")[SLOT] == {"concurrency": peak, "delay": delay}


def test_a_named_pace_may_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("PLAYFAST_PACE", "unpaced")
    made = settings()
    slot.apply(made)
    assert made.getdict("DOWNLOAD_SLOTS")[SLOT]["concurrency"] == 15


def test_a_pace_that_there_is_not_is_told():
    (told,) = slot.problems(settings(cmdline={"PLAYFAST_PACE": "quick"}))
    assert told.startswith("PLAYFAST_PACE='quick': one of polite")

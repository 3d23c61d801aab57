"""Whole crawls through forward proxies that ask for a password."""

from __future__ import annotations

import base64
from collections import Counter

import pytest

from tests.forward_proxy import PASSWORD, USER, forward_proxies

pytestmark = pytest.mark.crawl


@pytest.fixture
def listed(store, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_bytes(store.get("/_localstore/ids.txt?count=600"))
    return path


def through(proxies, tmp_path, *lines):
    path = tmp_path / "proxies.txt"
    path.write_text("\n".join(lines or [proxy.address for proxy in proxies]) + "\n# a comment\n")
    return ("-s", f"PLAYFAST_PROXIES={path}", "-a", "batch=8", "-a", "fields=title")


def every_id_once(done, listed, countries=("us",)):
    found = Counter((record["app_id"], record["country"]) for record in done.records)
    return found == Counter(
        (app_id, country) for app_id in listed.read_text().split() for country in countries
    )


def test_two_proxies_share_the_work(crawl, store, listed, tmp_path):
    with forward_proxies(2) as proxies:
        done = crawl("-a", f"ids={listed}", *through(proxies, tmp_path), store=store)
        assert [proxy.passed for proxy in proxies] == [38, 37]
    assert done.exit_code == 0
    assert every_id_once(done, listed)
    told = {name: count for name, count in done.stats.items() if name.startswith("playfast/proxy/")}
    assert sorted(told.values()) == [37, 38]


def test_each_country_goes_through_its_own(crawl, store, listed, tmp_path):
    with forward_proxies(3) as proxies:
        lines = [f"kr {proxies[0].address}", f"DE {proxies[1].address}", proxies[2].address]
        done = crawl(
            "-a",
            f"ids={listed}",
            "-a",
            "countries=us,kr,de,jp",
            *through(proxies, tmp_path, *lines),
            store=store,
        )
        assert [set(proxy.countries) for proxy in proxies] == [{"kr"}, {"de"}, {"us", "jp"}]
    assert every_id_once(done, listed, ("us", "kr", "de", "jp"))


def test_one_that_is_refused_slows_down_alone(crawl, store, listed, tmp_path):
    with forward_proxies(2) as (limited, free):
        limited.limit = 5
        done = crawl("-a", f"ids={listed}", *through([limited, free], tmp_path), store=store)
        assert limited.refused > 0
        assert free.passed > 60
    assert done.exit_code == 0
    assert every_id_once(done, listed)
    assert "error" not in {record["status"] for record in done.records}


@pytest.mark.parametrize("dies_after", [0, 10])
def test_one_that_dies_costs_nothing(crawl, store, listed, tmp_path, dies_after):
    with forward_proxies(2) as (dying, other):
        dying.dies_after = dies_after
        done = crawl("-a", f"ids={listed}", *through([dying, other], tmp_path), store=store)
    assert done.exit_code == 0
    assert every_id_once(done, listed)
    assert "error" not in {record["status"] for record in done.records}
    assert "is left out for 60 seconds" in done.log


def test_passwords_are_nowhere(crawl, store, listed, tmp_path):
    secrets = (PASSWORD, base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    with forward_proxies(2) as proxies:
        proxies[0].dies_after = 3
        wrong = proxies[1].address.replace(PASSWORD, "wr0ng-w0rd")
        lines = [proxy.address for proxy in proxies] + [wrong]
        for setting in ("file", "list"):
            given = through(proxies, tmp_path, *lines)
            if setting == "list":
                given = ("-s", f"PLAYFAST_PROXIES={','.join(lines)}", *given[2:])
            done = crawl(
                "-a", f"ids={listed}", *given,
                "-s", "LOG_LEVEL=DEBUG", "-s", "STATS_DUMP=1", "-s", f"PLAYFAST_REPORT={tmp_path / 'run.json'}",
                "-s", "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path / 'cache'}", store=store,
            )  # fmt: skip
            assert done.exit_code == 0, done.log[-2000:]
            assert every_id_once(done, listed)
            assert "407" in done.log
            written = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "proxies.txt"]
            assert len(written) > 10
            for text in (
                done.log,
                repr(done.stats),
                *(path.read_bytes().decode("latin-1") for path in written),
            ):
                for secret in (*secrets, "wr0ng-w0rd"):
                    assert secret not in text


def test_what_cannot_be_a_proxy_is_told_without_its_password(crawl, store, tmp_path):
    lines = (
        "socks5://me:geheim@host:1",
        "xx http://me:geheim@host:1",
        "http://me:geheim@:1",
        "host:80",
        "de a http://h",
    )
    done = crawl("-a", "ids=a.b", *through([], tmp_path, *lines), store=store)
    assert done.exit_code == 2
    for number, word in enumerate(("not to SOCKS", "no country code", "due is", "due is", "due is"), 1):
        assert any(f"line {number} of " in line and word in line for line in done.log.splitlines()), number
    assert "geheim" not in done.log


def test_a_country_without_a_proxy_is_told(crawl, store, tmp_path):
    done = crawl(
        "-a",
        "ids=a.b",
        "-a",
        "countries=de,us,fr",
        *through([], tmp_path, "de http://127.0.0.1:1"),
        store=store,
    )
    assert done.exit_code == 2
    assert "there is no proxy for us, fr, and none for all countries" in done.log


def test_a_country_whose_only_proxy_is_dead_ends_the_crawl_and_costs_the_others_nothing(
    crawl, store, listed, tmp_path
):
    with forward_proxies(2) as (dead, other):
        dead.dies_after = 0
        lines = (f"de {dead.address}", other.address)
        done = crawl(
            "-a", f"ids={listed}", "-a", "countries=us,de", *through([], tmp_path, *lines), "-s", "PLAYFAST_PATIENCE=1",
            store=store, timeout=90,
        )  # fmt: skip
        assert dead.asked < 400
    assert done.exit_code == 5
    assert "the store does not answer" in done.log.splitlines()[-1]
    assert {record["country"] for record in done.records if record["status"] != "error"} == {"us"}


def test_the_file_for_robots_is_asked_for_through_a_proxy_too(crawl, store, listed, tmp_path):
    with forward_proxies(1) as proxies:
        done = crawl(
            "-a", f"ids={listed}", "-s", "ROBOTSTXT_OBEY=1", *through(proxies, tmp_path), store=store
        )
        assert done.stats["downloader/response_count"] == proxies[0].passed
    assert done.exit_code == 0

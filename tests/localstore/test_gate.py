"""Limits of requests, walls, and options that change while the store runs."""

from __future__ import annotations

import http.client
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playfast.localstore.server.counts import Counts
from playfast.localstore.server.gate import Gate
from playfast.localstore.server.limits import Bucket
from playfast.localstore.server.options import CHANGEABLE, WALLS, Options
from playfast.play.trouble import Trouble, of_answer

from .conftest import at, call, frames, record, running

PACK = [call("com.example.one", 19)]
PAGE = "/store/apps/details?id=com.example.one&hl=en&gl=us"


# Limits


@given(
    rate=st.floats(0.5, 50),
    burst=st.floats(1, 100),
    steps=st.lists(st.floats(0, 3), min_size=1, max_size=200),
)
def test_no_more_pass_than_the_burst_and_the_rate_allow(rate, burst, steps):
    bucket, now, passed = Bucket(rate, burst), 0.0, 0
    for step in steps:
        now += step
        wait = bucket.take(now)
        if wait is None:
            passed += 1
        else:
            assert wait >= 1
            assert isinstance(wait, int)
        assert passed <= burst + rate * now + 1e-6


def test_after_the_wait_that_was_told_a_request_passes():
    bucket = Bucket(0.3, 1)
    assert bucket.take(0.0) is None
    wait = bucket.take(0.0)
    assert wait == 4
    assert bucket.take(wait) is None


def test_each_kind_has_its_own_limit():
    now = [0.0]
    gate = Gate(Options(allow_rpc=2, allow_page=10), Counts(), lambda: now[0])
    stopped = [gate.stops("rpc", "/", "h", "") for _ in range(4)]
    assert [reply and reply.status for reply in stopped] == [None, None, 429, 429]
    assert dict(stopped[2].headers)[b"retry-after"] == b"1"
    assert gate.stops("page", "/", "h", "") is None
    now[0] = 0.5
    assert gate.stops("rpc", "/", "h", "") is None


def test_what_is_beyond_the_limit_is_refused_over_http():
    with running("--allow-rpc", "0.01", "--burst", "200") as server:
        assert [server.post(PACK).status for _ in range(3)] == [200, 200, 429]
        refused = server.post(PACK)
        assert 90 <= int(refused.headers["retry-after"]) <= 100
        assert server.page("com.example.one").status in (200, 404)
        assert server.report()["faults"] == {"limited": 2}


# Walls


MEANT = {
    "sorry-redirect": Trouble.BLOCKED,
    "sorry-page": Trouble.BLOCKED,
    "sorry-429": Trouble.BLOCKED,
    "consent-redirect": Trouble.CONSENT,
    "consent-page": Trouble.CONSENT,
    "consent-click": Trouble.CONSENT,
    "html": Trouble.NO_RPC,
    "empty-page": Trouble.NO_RPC,
}


def judged(answer, *, rpc):
    return of_answer(
        answer.status, answer.body, rpc=rpc, location=answer.headers.get("location"), host="127.0.0.1"
    )


@pytest.mark.parametrize("name", WALLS)
def test_each_wall_is_known_for_what_it_is(name):
    with running("--wall", name) as server:
        assert judged(server.post(PACK, zipped=True), rpc=True) is MEANT[name]
        by_page = Trouble.EMPTY if MEANT[name] is Trouble.NO_RPC else MEANT[name]
        assert judged(server.get(PAGE, zipped=True), rpc=False) is by_page
        assert server.get("/robots.txt").status == 200
        assert server.report()["faults"] == {f"wall-{name}": 2}


def test_a_share_of_answers_is_walled():
    with running("--wall", "html", "--wall-share", "0.3") as server:
        walled = sum(not server.post(PACK).text.startswith(")]}'") for _ in range(200))
        assert 35 < walled < 85


def test_the_way_to_the_captcha_leads_to_one():
    with running("--wall", "sorry-redirect") as server:
        there = server.get(server.post(PACK).headers["location"])
        assert judged(there, rpc=False) is Trouble.BLOCKED
        assert there.status == 429


@pytest.mark.parametrize(
    ("name", "cookie", "passes"),
    [
        ("consent-page", "SOCS=CAI", True),
        ("consent-redirect", "SOCS=CAI", True),
        ("consent-page", "other=1", False),
        ("consent-click", "SOCS=CAI", False),
        ("consent-click", "SOCS=clicked", True),
        ("sorry-page", "SOCS=CAI", False),
    ],
)
def test_a_cookie_opens_the_pages_on_cookies_alone(name, cookie, passes):
    with running("--wall", name) as server:
        assert server.post(PACK, cookie=cookie).text.startswith(")]}'") is passes


def test_the_button_leads_back_with_the_cookie_that_opens():
    with running("--wall", "consent-click") as server:
        page = server.get(PAGE).text
        action = page.split('action="')[1].split('"')[0].replace("&amp;", "&")
        parts = urlsplit(action)
        assert (parts.hostname, parts.port) == ("consent.localhost", server.port)
        saved = server.ask(
            "POST", f"{parts.path}?{parts.query}", b"continue=http%3A%2F%2Fhere%2Fx%3Fa%3D1&set_eom=true"
        )
        back = urlsplit(saved.headers["location"])
        assert (saved.status, back.netloc) == (302, f"127.0.0.1:{server.port}")
        done = server.get(f"{back.path}?{back.query}")
        assert done.headers["location"] == "http://here/x?a=1"
        assert done.headers["set-cookie"] == "SOCS=clicked; Path=/"
        assert parse_qs(back.query)["continue"] == ["http://here/x?a=1"]


# Broken answers


def test_a_record_may_be_that_of_another_app():
    with running("--other-app", "1") as server:
        ids = server.get("/_localstore/ids.txt?count=3").text.split()
        found = frames(server.post([call(app_id, 78) for app_id in ids]).text)
        names = {tag: at(record(frame), 77, 0) for tag, frame in found.items()}
        assert set(names) == set(ids)
        assert all(names[app_id] in ids and names[app_id] != app_id for app_id in ids)
        assert names[ids[1]] in server.page(ids[1]).text
        assert server.report()["faults"] == {"other-app": 4}


def test_a_connection_may_close_without_an_answer():
    with running("--dropped", "1") as server:
        with pytest.raises(http.client.RemoteDisconnected):
            server.post(PACK)
        assert server.report()["faults"] == {"dropped": 1}
        assert server.report()["in_flight_total"] == 0


# Options


def test_options_change_while_it_runs():
    with running() as server:
        assert server.post(PACK).status == 200
        assert server.change(wall="sorry-page", latency=0.01).json()["wall"] == "sorry-page"
        assert judged(server.post(PACK), rpc=True) is Trouble.BLOCKED
        assert server.change(wall="", error_frames=1).status == 200
        assert frames(server.post(PACK).text)["com.example.one"][5]
        server.change(error_frames=0, allow_rpc=0.1)
        assert [server.post(PACK).status for _ in range(2)] == [200, 429]
        server.change(latency=0.02)  # which fills no bucket again
        assert server.post(PACK).status == 429
        server.change(allow_rpc=None, rpc_down=True, latency=0.01)
        assert server.post(PACK).status == 500
        now = server.get("/_localstore/options").json()
        assert set(now) == set(CHANGEABLE)
        assert (now["rpc_down"], now["allow_rpc"], now["latency"]) == (True, None, 0.01)


def test_a_mistake_changes_nothing_and_all_are_told():
    with running() as server:
        wrong = server.change(wall="html", seed=1, nonsense=2, latency="long", rpc_down=1, absent=True)
        assert wrong.status == 400
        told = wrong.json()["error"]
        for word in (
            "seed cannot",
            "nonsense cannot",
            "latency must be float",
            "rpc_down must be bool",
            "absent must be",
        ):
            assert word in told
        assert server.get("/_localstore/options").json()["wall"] == ""
        assert "--wall none" in server.change(wall="none").json()["error"]
        for body in (b"[]", b"no JSON", b""):
            assert server.ask("POST", "/_localstore/options", body).status == 400


def test_options_that_make_no_sense_are_told_at_the_start():
    problems = Options(wall="brick", allow_rpc=0, allow_page=-1, burst=0, dropped=2).problems()
    assert len(problems) == 5
    assert json.dumps(problems).count("must be more than 0") == 3

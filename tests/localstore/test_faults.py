"""Trouble on purpose, over HTTP and as decisions."""

from __future__ import annotations

import gzip
import http.client
import json
import zlib
from collections import Counter

import pytest

from playfast.localstore.server.faults import Faults
from playfast.localstore.server.options import Options

from .conftest import call, frames, running

IDS = [f"com.example.a{k}" for k in range(200)]
PACK = [call(app_id, 19) for app_id in IDS]


def test_the_same_seed_fails_the_same_way():
    def decisions(seed):
        faults = Faults(
            Options(
                absent=0.2, error_frames=0.2, truncated=0.1, status_503=0.1, status_429=0.1, fault_seed=seed
            )
        )
        return [(faults.of_call("x"), faults.of_answer()) for _ in range(200)]

    assert decisions(1) == decisions(1)
    assert decisions(1) != decisions(2)


def test_rates_come_out_as_asked_and_attempts_are_independent():
    faults = Faults(Options(absent=0.1, error_frames=0.2, truncated=0.1, status_503=0.05, status_429=0.15))
    calls = Counter(faults.of_call("same.id") for _ in range(20_000))
    assert abs(calls["absent"] / 20_000 - 0.1) < 0.01
    assert abs(calls["error-frame"] / 20_000 - 0.18) < 0.01
    answers = Counter(faults.of_answer() for _ in range(20_000))
    assert abs(answers["503"] / 20_000 - 0.05) < 0.01
    assert abs(answers["429"] / 20_000 - 0.15) < 0.01
    assert abs(answers["truncated"] / 20_000 - 0.08) < 0.01


def test_calls_are_left_out_or_answered_with_an_error():
    with running("--absent", "0.2", "--error-frames", "0.2") as server:
        found = frames(server.post(PACK).text)
        assert 130 < len(found) < 185
        errors = [frame for frame in found.values() if frame[5]]
        assert 15 < len(errors) < 60
        assert all(frame[2] is None and "PlayGatewayError" in json.dumps(frame[5]) for frame in errors)
        assert server.report()["faults"] == {"absent": 200 - len(found), "error-frame": len(errors)}


def test_all_calls_may_be_left_out():
    with running("--absent", "1") as server:
        answer = server.post(PACK[:3])
        assert (answer.status, frames(answer.text)) == (200, {})


def test_refusals_say_when_to_come_back():
    with running("--status-503", "0.5", "--status-429", "0.5", "--retry-after", "7") as server:
        answers = [server.post(PACK[:1]) for _ in range(20)] + [
            server.page("com.example.one") for _ in range(20)
        ]
        assert {answer.status for answer in answers} == {429, 503}
        assert {answer.headers["retry-after"] for answer in answers} == {"7"}
        faults = server.report()["faults"]
        assert sum(faults.values()) == 40
        assert set(faults) == {"429", "503"}


@pytest.mark.parametrize("zipped", [True, False])
def test_truncated_answers_are_cut_in_every_way(zipped):
    ways = Counter()
    with running("--truncated", "1") as server:
        for ask in [
            lambda: server.post(PACK, zipped=zipped),
            lambda: server.page("com.example.one", zipped=zipped),
        ] * 25:
            try:
                answer = ask()
            except http.client.IncompleteRead:
                ways["connection"] += 1
                continue
            assert int(answer.headers["content-length"]) == len(answer.raw)
            try:
                text = answer.body.decode("utf-8", "replace")
            except (EOFError, zlib.error, gzip.BadGzipFile):
                ways["gzip"] += 1
                continue
            if text.startswith(")]}'"):
                with pytest.raises(ValueError, match=r"line"):
                    json.loads(text[5:])
            else:
                assert not text.endswith("</html>")
            ways["text"] += 1
        assert set(ways) == ({"connection", "text", "gzip"} if zipped else {"connection", "text"})
        report = server.report()
        assert report["faults"] == {"truncated": 50}
        assert report["in_flight_total"] == 0


def test_broken_ids_always_fail():
    kinds = {
        "com.example.a1": "absent",
        "com.example.a2": "error-frame",
        "com.example.a3": "pack-503",
        "com.example.a4": "page-503",
        "com.example.a5": "everywhere",
    }
    with running("--broken", *[f"{app_id}={kind}" for app_id, kind in kinds.items()]) as server:
        for _ in range(2):
            found = frames(server.post([PACK[k] for k in (0, 1, 2, 4, 5)]).text)
            assert set(found) == {"com.example.a0", "com.example.a2", "com.example.a4", "com.example.a5"}
            assert [bool(found[f"com.example.a{k}"][5]) for k in (0, 2, 4, 5)] == [False, True, False, True]
            assert server.post(PACK[:5]).status == 503
            assert [server.page(f"com.example.a{k}").status for k in range(6)] == [
                200,
                200,
                200,
                200,
                503,
                503,
            ]


def test_whole_services_may_be_down():
    with running("--rpc-down", "--page-down", "--disallow", "/store/", "/_/") as server:
        assert server.post(PACK[:1]).status == 500
        assert server.page("com.example.one").status == 503
        assert server.get("/robots.txt").text == (
            "User-agent: *\nDisallow: /store/\nDisallow: /_/\n"
            "Sitemap: https://play.google.com/sitemaps/sitemaps-index-0.xml\n"
            "Sitemap: https://play.google.com/sitemaps/sitemaps-index-1.xml\n"
        )
        assert server.report()["faults"] == {"rpc-down": 1, "page-down": 1}

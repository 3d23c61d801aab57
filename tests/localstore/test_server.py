"""The store over HTTP: routes, framing, headers, counts."""

from __future__ import annotations

import http.client
import json
import re
import socket

import pytest

from playfast.localstore.catalogue import App, ids
from playfast.localstore.truth import truth

from .conftest import at, call, frames, record, running

SOME = [app_id for app_id in ids(60) if App(app_id).status("us") == "available"]


@pytest.mark.parametrize("query", ["hl=en&gl=us", "hl=en&gl=us&rt=c"])
@pytest.mark.parametrize("zipped", [True, False])
def test_a_pack_is_answered_by_tag(server, query, zipped):
    answer = server.post([call(app_id, 1, 19, 78) for app_id in SOME], query, zipped=zipped)
    assert (answer.status, answer.headers.get("content-encoding")) == (200, "gzip" if zipped else None)
    found = frames(answer.text)
    assert set(found) == set(SOME)
    for app_id, frame in found.items():
        assert (len(frame), frame[:2], frame[3:6]) == (7, ["wrb.fr", "Ws7gDc"], [None] * 3)
        assert at(record(frame), 77, 0) == app_id
        assert at(record(frame), 0, 0) == App(app_id).title
    assert list(found) != SOME
    if "rt=c" in query:
        assert answer.text.endswith(f'[["e",4,null,null,{len(answer.body)}]]\n')


def test_any_tag_comes_back(server):
    tags = ["", "generic", "0", "é 🏆 \u2028", 'quo"te\\', "a" * 500, None, 7]
    found = frames(
        server.post(
            [
                call("com.example.one", 80, tag=tag) if tag is not None else [*call("x.y", 80)[:3], None]
                for tag in tags
            ]
        ).text
    )
    assert set(found) == set(tags)


def test_ids_that_are_not_there_get_nothing_or_an_error(server):
    missing = [f"com.gone.app{k}" for k in range(40)]
    found = frames(server.post([call(app_id, 19) for app_id in missing]).text)
    assert {frame[2] for frame in found.values()} == {None}
    errors = [frame[5] for frame in found.values() if frame[5]]
    assert 4 < len(errors) < 25
    assert {error[0] for error in errors} == {5}
    assert "PlayDataError" in errors[0][2][0][0]


def test_a_country_that_hides_an_app_answers_nothing(server):
    hidden = call("shop.variety.hidden", 19)
    assert frames(server.post([hidden], "hl=en&gl=us").text)["shop.variety.hidden"][2] is None
    assert record(frames(server.post([hidden], "hl=en&gl=de").text)["shop.variety.hidden"])


def test_other_calls_get_an_empty_frame_and_senseless_ones_an_error(server):
    calls = [
        ["zZzZzZ", "[]", None, "other"],
        ["Ws7gDc", "[]", None, "short"],
        ["Ws7gDc", "{", None, "broken"],
    ]
    found = frames(server.post(calls).text)
    assert found["other"] == ["wrb.fr", "zZzZzZ", None, None, None, None, "other"]
    assert found["short"][5][0] == found["broken"][5][0] == 3


def test_ratings_on_phones_differ(server):
    context = [[*[None] * 23, [2]]]
    calls = [
        call("shop.variety.ordinary", 52),
        call("shop.variety.ordinary", 52, tag="phone", context=context),
    ]
    found = frames(server.post(calls).text)
    everywhere, phone = at(record(found["shop.variety.ordinary"]), 51), at(record(found["phone"]), 51)
    assert phone[2][1] < everywhere[2][1]
    assert phone[5] == [None, [], []]


@pytest.mark.parametrize("body", [b"", b"f.req=%5B", b"nothing", b"f.req=[[[1]]]"])
def test_malformed_posts_are_refused(server, body):
    assert server.ask("POST", "/_/PlayStoreUi/data/batchexecute", body).status == 400


def test_language_and_country_have_defaults(server):
    found = frames(server.post([call("shop.variety.paid", 58)], "").text)["shop.variety.paid"]
    assert at(record(found), 57, 0, 0, 0, 0, 1, 0) == [6_990_000, "USD", "$6.99"]


def test_the_page_of_an_app(server):
    answer = server.page("shop.variety.paid", zipped=True)
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 170_000 < len(answer.raw) < 260_000
    assert answer.text.startswith("<!doctype html>")
    plain = server.page("shop.variety.paid")
    assert "content-encoding" not in plain.headers
    assert plain.text.endswith("</html>")


def test_missing_pages(server):
    assert server.page("shop.variety.gone").status == 404
    assert len(server.page("shop.variety.gone").raw) < 1_000
    assert server.page("shop.variety.hidden").status == 404
    assert server.page("shop.variety.hidden", "de").status == 200
    assert server.page("shop.variety.locked").status == 200
    assert server.get("/store/apps/details").status == 400
    assert server.get("/store/nothing").status == 404


def test_page_and_rpc_hold_the_same_record(server):
    for app_id in ("shop.variety.ordinary", "shop.variety.sale", "shop.variety.japanese", SOME[0]):
        page = server.page(app_id, "jp", "ja").text
        block = re.search(r"AF_initDataCallback\(\{key: 'ds:5', hash: '\d+', data:", page)
        on_page = json.JSONDecoder().raw_decode(page, block.end())[0][1][2]
        full = json.loads(re.search(r"'ds:5' : \{id:'Ws7gDc',request:(.*?)\},'ds:6'", page)[1])
        answer = server.post([["Ws7gDc", json.dumps(full), None, "x"]], "hl=ja&gl=jp")
        by_rpc = record(frames(answer.text)["x"])
        for index in (0, 13, 51, 57, 68, 72, 73, 74, 77, 78, 79, 95, 99, 145, 150):
            assert at(on_page, index) == at(by_rpc, index), (app_id, index)


def test_robots_allow_everything(server):
    answer = server.get("/robots.txt")
    assert answer.status == 200
    assert answer.text.startswith("User-agent: *\nAllow: /\n")


def test_many_ids_can_be_had(server):
    assert server.get("/_localstore/ids.txt?count=12345&start=7").text.splitlines() == list(
        ids(12_345, start=7)
    )
    assert server.get("/_localstore/ids.txt?count=-1").status == 400


def test_the_truth_is_told(server):
    assert server.get("/_localstore/truth?id=shop.variety.sale&gl=de&hl=de").json() == truth(
        "shop.variety.sale", "de", "de"
    )
    assert server.get("/_localstore/truth").status == 400


def test_connections_are_kept(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for _ in range(5):
        connection.request("GET", "/robots.txt")
        assert connection.getresponse().read()
        assert connection.sock is not None
    connection.close()


def test_what_was_seen_is_counted():
    with running() as server:
        server.page("com.example.one")
        server.page("com.gone.one")
        server.post([call(f"com.example.a{k}", 80) for k in range(5)])
        server.get("/robots.txt")
        report = server.report()
        assert report["requests"] == {"page": 2, "rpc": 1, "other": 1}
        assert report["requests_total"] == sum(report["starts_per_second"]) == 4
        assert report["calls"] == {"Ws7gDc": 5}
        assert report["statuses"] == {"page 200": 1, "page 404": 1, "rpc 200": 1, "other 200": 1}
        assert report["bytes_sent"]["page"] > 1_000_000
        assert report["bytes_sent_total"] == sum(report["bytes_sent"].values())
        assert report["in_flight_total"] == 0
        assert report["peak_in_flight_total"] == 1
        assert report["connections"] == 4
        assert report["user_agents"] == {"tests": 4}
        assert report["faults"] == {}
        assert report["seconds_since_first_request"] > 0
        assert server.ask("POST", "/_localstore/reset").json() == {"reset": True}
        report = server.report()
        assert (report["requests_total"], report["calls_total"], report["connections"]) == (0, 0, 0)


def test_latency_shows_in_the_peak_and_gone_clients_are_forgotten():
    with running("--latency", "0.15") as server:
        open_ones = []
        for _ in range(6):
            connection = socket.create_connection(("127.0.0.1", server.port))
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            open_ones.append(connection)
        for connection in open_ones[1:]:
            assert connection.recv(1_000).startswith(b"HTTP/1.1 200")
        report = server.report()
        assert report["peak_in_flight_total"] == report["peak_in_flight"]["other"] == 6
        assert report["in_flight_total"] == 0
        gone = socket.create_connection(("127.0.0.1", server.port))
        gone.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
        while server.report()["in_flight_total"] == 0:
            pass
        gone.close()
        while server.report()["in_flight_total"]:
            pass
        for connection in open_ones:
            connection.close()


def test_answers_can_be_prepared():
    with running("--cache-mb", "20") as server:
        wish = {"ids": SOME[:20], "gl": "de", "hl": "de", "mask": [1, 58]}
        assert server.ask("POST", "/_localstore/prepare", json.dumps(wish).encode()).json() == {
            "prepared": 20
        }
        assert server.ask(
            "POST", "/_localstore/prepare", json.dumps({"ids": SOME[:2], "pages": True}).encode()
        ).json() == {"prepared": 2}
        assert server.ask("POST", "/_localstore/prepare", b"[]").status == 400
        assert server.report()["requests_total"] == 0
        assert (
            len(frames(server.post([call(app_id, 1, 58) for app_id in SOME[:20]], "hl=de&gl=de").text)) == 20
        )


def test_framing_and_booleans_can_be_chosen():
    with running("--framing", "chunked", "--booleans", "numbers") as server:
        answer = server.post([call("com.example.one", 43)]).text
        assert re.match(r"\)\]\}'\n\n\d+\n\[\[", answer)
        assert at(record(frames(answer)["com.example.one"]), 42) == [1, 1, 0]
    with running("--framing", "mixed", "--booleans", "mixed") as server:
        answers = [server.post([call(f"com.example.a{k}", 43)]).text for k in range(30)]
        assert len({answer[6].isdigit() for answer in answers}) == 2
        kinds = {repr(at(record(frame), 42)) for answer in answers for frame in frames(answer).values()}
        assert kinds == {"[1, True, False]", "[1, 1, 0]"}


def test_another_seed_is_another_catalogue():
    with running("--seed", "5") as server:
        app_id = next(i for i in ids(20, 5) if App(i, 5).status("us") == "available")
        assert server.get("/_localstore/ids.txt?count=3").text.splitlines() == list(ids(3, 5))
        assert record(frames(server.post([call(app_id, 1)]).text)[app_id])[0] == [App(app_id, 5).title]

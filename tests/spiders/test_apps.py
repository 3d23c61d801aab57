"""How the apps spider asks, and what it makes of single answers; whole crawls are in tests/crawls."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, TextResponse
from scrapy.statscollectors import MemoryStatsCollector
from twisted.python.failure import Failure

from playfast.errors import ArgumentError
from playfast.play import envelope
from playfast.spiders.apps import AppsSpider
from playfast.spiders.plan import Via


def crawler_with(**settings):
    """A crawler that has not started: a spider may still change its settings."""
    made = Crawler(AppsSpider, settings)
    made.stats = MemoryStatsCollector(made)
    return made


def spider(**given):
    return AppsSpider.from_crawler(
        crawler_with(PLAYFAST_URL="http://127.0.0.1:1/"), **{"ids": "a.b", **given}
    )


def sent(asking, ids):
    """The request for these ids and its pack, as `start` would send it."""
    asking.plan.add(ids)
    asking.plan.end()
    pack = asking.plan.next()
    return asking.request(pack), pack


def answered(request, frames):
    body = b")]}'\n\n" + orjson.dumps(
        [["wrb.fr", "Ws7gDc", payload, None, None, error, tag] for tag, payload, error in frames]
    )
    return TextResponse(request.url, body=body, request=request, encoding="utf-8")


def record(app_id, availability=2):
    return orjson.dumps([None, [None, None, [["Title"], {"19": [availability], "78": [app_id]}]]]).decode()


def test_a_pack_is_one_post_with_a_call_for_each_id_to_one_storefront():
    request, pack = sent(spider(countries="kr", langs="pt_BR", fields="title"), ["a.b", "c.d"])
    assert request.method == "POST"
    assert urlsplit(request.url).netloc == "127.0.0.1:1"
    assert parse_qs(urlsplit(request.url).query) == {"rpcids": ["Ws7gDc"], "hl": ["pt-BR"], "gl": ["kr"]}
    (frames,) = orjson.loads(parse_qs(request.body.decode())["f.req"][0])
    assert [frame[3] for frame in frames] == ["0", "1"]
    for frame, app_id in zip(frames, ["a.b", "c.d"], strict=True):
        asked = orjson.loads(frame[1])
        assert (asked[2], asked[5]) == ([[1, 19, 78]], [[app_id, 7]])
    assert request.dont_filter
    assert request.meta["download_slot"] == "play.google.com"
    assert request.errback is not None
    assert "dont_cache" not in request.meta
    assert pack.via is Via.RPC


def test_answers_are_paired_by_tag_whatever_their_order():
    asking = spider()
    request, pack = sent(asking, ["a.b", "c.d", "e.f"])
    frames = [("2", None, None), ("1", record("c.d"), None), ("0", record("a.b", availability=1), None)]
    records = asking.parse_pack(answered(request, frames), pack)
    assert {item.app_id: item.status for item in records} == {
        "a.b": "preregister",
        "c.d": "available",
        "e.f": "not_found",
    }


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (None, "no answer in the pack"),
        (
            (
                "0",
                None,
                [13, None, [["type.googleapis.com/com.google.play.gateway.proto.PlayGatewayError", []]]],
            ),
            "PlayGatewayError",
        ),
        (("0", record("other.app"), None), "another app"),
        (("0", "{", None), "no JSON"),
        (("0", "[null,[]]", None), "no record"),
    ],
)
def test_what_is_no_answer_is_asked_again_and_says_why(frame, reason):
    asking = spider()
    request, pack = sent(asking, ["a.b", "c.d"])
    frames = [("1", record("c.d"), None), *([frame] if frame else [])]
    assert [item.app_id for item in asking.parse_pack(answered(request, frames), pack)] == ["c.d"]
    assert reason in pack.asked[0].reason
    again = asking.plan.next()
    assert [asked.what for asked in again.asked] == ["a.b"]
    assert asking.request(again).meta["dont_cache"]


def test_a_play_data_error_5_is_not_found():
    asking = spider()
    request, pack = sent(asking, ["a.b"])
    error = [
        5,
        None,
        [["type.googleapis.com/wireless.android.finsky.boq.web.data.store.error.PlayDataError", [1]]],
    ]
    assert [item.status for item in asking.parse_pack(answered(request, [("0", None, error)]), pack)] == [
        "not_found"
    ]


def test_a_fault_of_ours_costs_one_app_its_answer_and_nobody_else_theirs(caplog):
    asking = spider()
    request, pack = sent(asking, ["a.b", "c.d"])
    extract = asking.records.extractor

    def broken(payload, given, *more):
        if given["app_id"] == "a.b":
            raise ZeroDivisionError
        return extract(payload, given, *more)

    asking.records.extractor = broken
    records = asking.parse_pack(
        answered(request, [("0", record("a.b"), None), ("1", record("c.d"), None)]), pack
    )
    assert [item.app_id for item in records] == ["c.d"]
    assert "ZeroDivisionError" in pack.asked[0].reason
    assert asking.crawler.stats.get_value("playfast/records/available") == 1
    assert "Fault in playfast" in caplog.text


def test_a_fault_of_ours_over_a_whole_body_fails_the_pack_instead_of_losing_it(monkeypatch, caplog):
    asking = spider()
    request, pack = sent(asking, ["a.b"])
    monkeypatch.setattr(envelope, "unpack", lambda _: 1 / 0)
    assert asking.parse_pack(answered(request, []), pack) == []
    assert asking.plan.in_flight == 0
    assert asking.plan.next() is pack
    assert "Fault in playfast" in caplog.text


def test_a_page_that_was_cut_short_is_asked_again():
    asking = spider(via="page")
    request, pack = sent(asking, ["a.b"])
    assert (request.method, request.url) == (
        "GET",
        "http://127.0.0.1:1/store/apps/details?id=a.b&hl=en&gl=us",
    )
    cut = HtmlResponse(request.url, body=b"<html><head>", request=request)
    assert asking.parse_page(cut, pack) == []
    assert pack.asked[0].reason == "the page was cut short"
    assert asking.plan.next() is pack


def test_an_app_that_stays_without_an_answer_is_recorded_with_its_reason():
    asking = spider(via="page")
    asking.plan.add(["a.b"])
    asking.plan.end()
    records = []
    while (pack := asking.plan.next()) is not None:
        failure = Failure(ConnectionError("gone"))
        failure.request = asking.request(pack)
        records += asking.parse_failure(failure)
    assert [(item.app_id, item.status, item.error) for item in records] == [
        ("a.b", "error", "ConnectionError: gone")
    ]
    assert asking.plan.done


def test_fields_set_the_columns_of_feeds_with_the_key_first_in_order_of_declaration():
    asking = spider(fields="score,title")
    columns = asking.crawler.settings.getdictorlist("FEED_EXPORT_FIELDS")
    assert columns == [
        "app_id",
        "country",
        "lang",
        "status",
        "error",
        "fetched_at",
        "via",
        "url",
        "title",
        "score",
    ]


def test_all_mistakes_of_arguments_and_settings_are_told_at_once():
    with pytest.raises(ArgumentError) as told:
        AppsSpider.from_crawler(crawler_with(PLAYFAST_URL="ftp://[", JOBDIR="job"), batch="0")
    assert len(told.value.problems) == 4
    for word in ("JOBDIR", "PLAYFAST_URL", "ids is missing", "batch"):
        assert word in str(told.value)


def test_a_list_of_ids_has_nothing_to_ask_again():
    with pytest.raises(ArgumentError) as caught:
        spider(ids="a.b,c.d", retry="error")
    (told,) = caught.value.problems
    assert "retry=error" in told
    assert "'a.b,c.d'" in told
    assert "JSON Lines, JSON or CSV" in told


@pytest.mark.parametrize(
    ("given", "countries", "langs"),
    [
        ({}, None, None),
        ({"countries": "us"}, {"us"}, None),
        ({"countries": "us,kr", "langs": "ko"}, {"us", "kr"}, {"ko"}),
    ],
)
def test_countries_and_languages_narrow_what_is_asked_again_only_if_they_are_given(
    tmp_path, given, countries, langs
):
    feed = tmp_path / "run.jsonl"
    feed.touch()
    asking = spider(ids=str(feed), retry="error", **given)
    choice = asking.asked["retry"]
    assert (choice.statuses, choice.countries, choice.langs) == ({"error"}, countries, langs)
    assert {name for name in asking.given if name in ("countries", "langs")} == set(given)


@pytest.mark.parametrize(("limit", "due"), [("", 3), ("2", 2), ("9", 3)])
def test_how_much_is_due_is_known_as_soon_as_a_feed_has_been_read(tmp_path, limit, due):
    feed = tmp_path / "run.csv"
    rows = "a.a,us,en,error\na.a,kr,ko,error\nb.b,us,en,error\nb.b,kr,ko,available\n"
    feed.write_text(f"app_id,country,lang,status\n{rows}", encoding="utf-8")
    asking = spider(ids=str(feed), retry="error", limit=limit)
    assert (asking.due, asking.expected(), asking.storefronts) == (None, None, 0)
    with asking.listed:
        asking.listed.begin()
        assert (asking.due, asking.storefronts) == (due, 2)


def test_without_a_browser_the_spider_says_so_whatever_was_given():
    assert spider(browser="none").browser is False
    assert spider().browser is False

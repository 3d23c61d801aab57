from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.settings import Settings

from playfast.middlewares.cache import TAGS, AnsweredOnlyPolicy
from playfast.spiders.plan import Asked, Pack, Storefront, Via
from tests.play.bodies import GATEWAY_ERROR, PLAY_DATA_ERROR, chunked, frame, plain
from tests.play.pages import page

US = Storefront("us", "en")
POST = "https://play.google.com/_/PlayStoreUi/data/batchexecute?rpcids=Ws7gDc"
PAGE = "https://play.google.com/store/apps/details?id=a.b"
ALL = [frame("0", [1]), frame("1", ['"wrb.fr"']), frame("2", None)]


def kept(
    body: bytes, *, status: int = 200, asked: int = 3, via: Via = Via.RPC, settings=None, pack: bool = True
) -> bool:
    policy = AnsweredOnlyPolicy(Settings(settings))
    travelling = Pack(via, US, [Asked(f"a.b{n}", US) for n in range(asked)])
    request = Request(
        POST if via is Via.RPC else PAGE,
        method="POST" if via is Via.RPC else "GET",
        cb_kwargs={"pack": travelling} if pack else {},
        meta={TAGS: [str(number) for number in range(asked)]},
    )
    kind = Response if via is Via.RPC else HtmlResponse
    return policy.should_cache_response(kind(request.url, status=status, body=body), request)


@pytest.mark.parametrize("framing", [plain, chunked])
@pytest.mark.parametrize("last", [ALL[2], frame("2", None, error=PLAY_DATA_ERROR)], ids=["all", "not found"])
def test_an_answer_to_everything_is_kept(framing, last):
    assert kept(framing([*ALL[:2], last]))


@pytest.mark.parametrize("framing", [plain, chunked])
@pytest.mark.parametrize(
    "frames",
    [
        ALL[:2],
        [],
        [*ALL[:2], frame("2", None, error=GATEWAY_ERROR)],
    ],
)
def test_an_answer_that_misses_one_or_refuses_one_is_not(framing, frames):
    assert not kept(framing(frames))


def test_a_quotation_of_a_frame_in_an_answer_does_not_stand_for_another():
    assert not kept(plain(ALL[1:]))


@pytest.mark.parametrize("body", [b"", b"<html>unusual traffic</html>", b")]}'\n\n"])
def test_what_is_no_such_body_is_not_kept(body):
    assert not kept(body)


@pytest.mark.parametrize("framing", [plain, chunked])
def test_a_body_that_was_cut_is_not_kept(framing):
    """All its frames may have begun, and still it cannot be read; it would fail again in every crawl."""
    body = framing(ALL)
    assert not kept(body[: body.rindex(b'"2"]') - 3])


def test_a_whole_page_is_kept():
    assert kept(page(), via=Via.PAGE, asked=1)


@pytest.mark.parametrize("body", [page(end=""), b"", b"<html>"], ids=["cut", "empty", "begun"])
def test_a_page_that_was_cut_is_not_kept(body):
    assert not kept(body, via=Via.PAGE, asked=1)


@pytest.mark.parametrize("status", [301, 302, 404, 429, 500, 503])
@pytest.mark.parametrize("via", Via)
def test_another_status_is_never_kept(via, status):
    assert not kept(plain(ALL) if via is Via.RPC else page(), via=via, status=status)


def test_scrapys_own_settings_hold():
    assert not kept(plain(ALL), settings={"HTTPCACHE_IGNORE_HTTP_CODES": [200]})


def test_requests_of_other_spiders_are_judged_by_their_status_alone():
    assert kept(b"anything", pack=False)
    assert not kept(b"anything", pack=False, status=500)


def test_calls_may_have_any_tags():
    """Some ask two things of an app in one pack; its answer is whole when both are there."""
    policy = AnsweredOnlyPolicy(Settings())
    request = Request(POST, method="POST", cb_kwargs={"pack": object()}, meta={TAGS: ["0.app", "0.page"]})
    both = plain([frame("0.page", []), frame("0.app", [1])])
    assert policy.should_cache_response(Response(POST, body=both), request)
    assert not policy.should_cache_response(Response(POST, body=plain([frame("0.page", [])])), request)

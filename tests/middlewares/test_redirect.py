"""Redirects are Scrapy's, without a word about the Referer that no request has."""

from __future__ import annotations

import logging

import pytest
from scrapy import signals
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.referer import RefererMiddleware
from scrapy.utils.test import get_crawler

from playfast.middlewares.redirect import PlainRedirectMiddleware

OLD, NEW = "https://play.google.com/store", "https://play.google.com/store/apps"


def started(kind, monkeypatch, referer=None):
    """A middleware whose engine has started, with or without one that sets a Referer."""
    crawler = get_crawler(settings_dict={"MEMUSAGE_ENABLED": False})
    monkeypatch.setattr(crawler, "get_spider_middleware", lambda _: referer)
    middleware = kind.from_crawler(crawler)
    crawler.signals.send_catch_log(signals.engine_started)
    return middleware


def redirected(middleware):
    answer = Response(OLD, status=302, headers={"Location": NEW})
    return middleware.process_response(Request(OLD, headers={"Referer": "https://else.example/"}), answer)


@pytest.mark.parametrize(("kind", "words"), [(PlainRedirectMiddleware, 0), (RedirectMiddleware, 1)])
def test_it_does_not_warn_where_scrapys_does(kind, words, monkeypatch, caplog):
    with caplog.at_level(logging.WARNING):
        middleware = started(kind, monkeypatch)
    assert len(caplog.records) == words
    request = redirected(middleware)
    assert (request.url, request.headers.get("Referer")) == (NEW, None)


def test_where_something_sets_a_referer_it_still_does(monkeypatch):
    middleware = started(PlainRedirectMiddleware, monkeypatch, RefererMiddleware(get_crawler().settings))
    assert redirected(middleware).headers["Referer"] == OLD.encode()

"""Which answers may go into Scrapy's HTTP cache."""

from __future__ import annotations

from scrapy.extensions.httpcache import DummyPolicy
from scrapy.http import Request, Response

from playfast.errors import EnvelopeError
from playfast.play import envelope
from playfast.play.page import Page

SITEMAP = "playfast_sitemap"
"""The key of a request's meta that says that a sitemap is due, and no page."""
TAGS = "playfast_tags"
"""The key of a request's meta with the tags of the calls that it carries."""
_HTTP_OK = 200


class AnsweredOnlyPolicy(DummyPolicy):
    """Keeps an answer only if it is whole and answers everything it was asked: anything else would be replayed for ever.

    Sitemaps are not kept, nor what names them: out of a cache, it would hide that there is a new generation.
    """

    def should_cache_request(self, request: Request) -> bool:
        return not request.meta.get(SITEMAP) and super().should_cache_request(request)

    def should_cache_response(self, response: Response, request: Request) -> bool:
        if response.status != _HTTP_OK or not super().should_cache_response(response, request):
            return False
        if request.cb_kwargs.get("pack") is None:
            return True
        if request.method != "POST":
            return Page(response.body).is_whole
        try:
            answers = envelope.unpack(response.body)
        except EnvelopeError:
            return False
        asked = [answers.get(tag) for tag in request.meta[TAGS]]
        return all(answer is not None and answer.error in (None, envelope.NOT_FOUND) for answer in asked)

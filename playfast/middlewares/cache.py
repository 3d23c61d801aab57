"""Which answers may go into Scrapy's HTTP cache."""

from __future__ import annotations

from scrapy.extensions.httpcache import DummyPolicy
from scrapy.http import Request, Response

_HTTP_OK = 200
_FRAME = b'"wrb.fr"'
_FAILED_FRAME = b"type.googleapis.com/"


class AnsweredOnlyPolicy(DummyPolicy):
    """Keeps an answer only if it answers everything it was asked: a refused or missing one would be replayed for ever."""

    def should_cache_response(self, response: Response, request: Request) -> bool:
        if response.status != _HTTP_OK or not super().should_cache_response(response, request):
            return False
        pack = request.cb_kwargs.get("pack")
        if request.method != "POST" or pack is None:
            return True
        body = response.body
        return body.count(_FRAME) >= len(pack.asked) and _FAILED_FRAME not in body

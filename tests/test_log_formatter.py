"""No lines for single records and answers, unless someone reads them."""

from __future__ import annotations

import pytest
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from playfast.log_formatter import QuietLogFormatter


@pytest.mark.parametrize(
    ("settings", "quiet"),
    [
        ({"LOG_LEVEL": "INFO"}, True),
        ({"LOG_LEVEL": "info"}, True),
        ({"LOG_LEVEL": 30}, True),
        ({"LOG_LEVEL": "DEBUG"}, False),
        ({"LOG_LEVEL": 10}, False),
        ({"LOG_LEVEL": "DEBUG", "LOG_ENABLED": False}, True),
    ],
)
def test_lines_are_made_only_for_the_level_that_shows_them(settings, quiet):
    formatter = QuietLogFormatter.from_crawler(get_crawler(settings_dict=settings))
    request = Request("https://play.google.com/")
    response = Response(request.url, request=request)
    assert (formatter.scraped({"a": 1}, response, None) is None) is quiet
    assert (formatter.crawled(request, response, None) is None) is quiet

"""What `scrapy arguments` prints."""

from __future__ import annotations

from playfast.commands.arguments import explain
from playfast.spiders.apps import AppsSpider


def test_every_argument_is_explained_with_what_it_takes_and_its_default():
    text = explain("apps", AppsSpider.__doc__, AppsSpider.arguments)
    for argument in AppsSpider.arguments.declared.values():
        assert f"-a {argument.name}=" in text
        assert argument.kind in text
        assert argument.help.split()[0] in text
    assert "(file, -, list or URL; required)" in text
    assert "default us" in text
    assert max(map(len, text.splitlines())) <= 92

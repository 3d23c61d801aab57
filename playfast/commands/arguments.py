"""`scrapy arguments`: what each spider takes."""

from __future__ import annotations

import argparse
import textwrap

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from playfast.arguments import REQUIRED, Arguments
from playfast.spiders.base import PlaySpider


class Command(ScrapyCommand):
    """Prints the arguments of one spider, or of all."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[spider]"

    def short_desc(self) -> str:
        return "Explain the arguments of the spiders"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        names = sorted(args or loader.list())
        unknown = [name for name in names if name not in loader.list()]
        if unknown:
            raise UsageError(
                f"there is no spider {', '.join(unknown)}; there are: {', '.join(loader.list())}",
                print_help=False,
            )
        for name in names:
            spider = loader.load(name)
            if issubclass(spider, PlaySpider):
                print(explain(name, spider.__doc__ or "", spider.arguments))


def explain(name: str, doc: str, arguments: Arguments) -> str:
    """The text for one spider."""
    lines = [f"scrapy crawl {name}", f"  {doc.strip().partition(chr(10))[0]}", ""]
    for argument in arguments.declared.values():
        default = "required" if argument.default is REQUIRED else f"default {argument.default or 'none'}"
        lines.append(f"  -a {argument.name}=...  ({argument.kind}; {default})")
        lines += textwrap.wrap(argument.help, 92, initial_indent="      ", subsequent_indent="      ")
    return "\n".join([*lines, ""])

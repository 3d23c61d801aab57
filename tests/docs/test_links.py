"""Links lead somewhere, pictures exist, and commands within lines are commands that there are."""

from __future__ import annotations

import re

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings, default_settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.misc import walk_modules_iter

from tests.conftest import ROOT
from tests.docs.pages import PAGES, anchors, inline_code, links, named
from tests.docs.source import settings_of_playfast

COMMANDS = {
    module.__name__.rpartition(".")[2]
    for package in ("scrapy.commands", "playfast.commands")
    for module in walk_modules_iter(package)
    if any(isinstance(value, type) and issubclass(value, ScrapyCommand) for value in vars(module).values())
}
SETTINGS = Settings()
SETTINGS.setmodule("playfast.settings")
LOADER = SpiderLoader(SETTINGS)
SPIDERS = set(LOADER.list())
ARGUMENTS = {name for spider in SPIDERS for name in LOADER.load(spider).arguments.declared}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file_and_a_heading(page):
    lost = []
    for number, target in links(page):
        if re.match(r"https?:|mailto:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and (path.suffix != ".md" or anchor not in anchors(path))):
            lost.append(f"{named(page)}:{number}: {target}")
    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_within_lines_exist(page):
    wrong = [f"{named(page)}:{number}: {code}" for number, code in inline_code(page) if not _exists(code)]
    assert not wrong


def _exists(code: str) -> bool:
    words = code.split()
    match words:
        case ["scrapy", name, *_] if name not in COMMANDS and name[:1] not in "-.<":
            return False
        case ["scrapy", "crawl", name, *_] if name not in SPIDERS and name.islower():
            return False
        case ["make", target, *_] if target.islower() and target not in TARGETS:
            return False
        case ["python" | "python3", name, *_] if name.endswith(".py") and not (ROOT / name).is_file():
            return False
    arguments = set(re.findall(r"-a (\w+)=", code))
    settings = set(re.findall(r"-s '?(\w+)=", code))
    return arguments <= {*ARGUMENTS, "name"} and all(
        setting == "NAME" or setting in settings_of_playfast() or hasattr(default_settings, setting)
        for setting in settings
    )


@pytest.mark.parametrize(
    ("code", "exists"),
    [
        ("scrapy crawl apps", True),
        ("scrapy crwal apps", False),
        ("scrapy crawl app", False),
        ("make demo", True),
        ("make dmeo", False),
        ("python benchmarks/none.py", False),
        ("-a feilds=title", False),
        ("-s DOWNLOAD_DELAY=5", True),
        ("-s PLAYFAST_DRIFFT=5", False),
    ],
)
def test_what_does_not_exist_is_noticed(code, exists):
    assert _exists(code) is exists

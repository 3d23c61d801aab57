"""Imports go downward only: the table of docs/architecture.md, held."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYERS = {
    1: {
        "errors",
        "play.across",
        "play.annotation",
        "play.categories",
        "play.record",
        "play.rules",
        "play.convert",
        "play.generation",
        "play.identity",
        "play.json_text",
        "play.money",
        "play.nested",
        "play.parts",
        "play.places",
        "play.shared",
        "play.sitemap",
        "play.whole_text",
        "play.written",
        "play.zipped",
    },
    2: {"frames", "play.arrow", "play.reader", "play.fields", "items"},
    3: {
        "play.envelope",
        "play.calls",
        "play.templates",
        "play.asked",
        "play.cards",
        "play.lists",
        "play.reviews",
        "play.storefronts",
        "play.suggestions",
        "play.trouble",
        "play.verdict",
        "play.page",
        "play.page_only",
        "play.markup",
    },
    4: {"sources", "runs", "arguments", "pages", "storage"},
    5: {"handlers", "middlewares", "pipelines", "extensions", "exporters", "log_formatter"},
    6: {"spiders"},
    7: {"addon", "canary", "client", "commands", "scrapyd"},
    8: {"settings"},
}
ALONE = "localstore"
SCRAPY_FROM = 5


def room(module: str) -> str:
    """The entry of the table a module belongs to: `play.page`, `runs`, `settings`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "play" else parts[0]


def layer(module: str) -> int:
    found = [number for number, rooms in LAYERS.items() if room(module) in rooms]
    assert found, f"playfast.{module} stands in no layer of the table"
    return found[0]


def imports(source: str, module: str) -> set[str]:
    """Full names of everything a module imports, wherever in its text."""
    found = set()
    package = f"playfast.{module}".split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = (
                [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
                if node.level
                else [node.module]
            )
            found |= {".".join([*filter(None, base), alias.name]) for alias in node.names}
    return found


def problems(module: str, source: str, modules: set[str]) -> list[str]:
    """What a module imports that its layer may not."""
    found = []
    for name in sorted(imports(source, module)):
        top, _, rest = name.partition(".")
        if module.split(".", maxsplit=1)[0] == ALONE:
            if top == "scrapy" or (top == "playfast" and not rest.startswith(ALONE)):
                found.append(name)
            continue
        if top == "benchmarks":
            found.append(name)
        if top in {"scrapy", "twisted"} and layer(module) < SCRAPY_FROM:
            found.append(name)
        if top != "playfast" or not rest:
            continue
        other = rest if rest in modules else rest.rpartition(".")[0]
        if not other or other == "play":
            continue
        if (
            other.startswith((ALONE, "settings"))
            or layer(other) > layer(module)
            or (
                layer(other) == layer(module) == SCRAPY_FROM and room(other) not in {room(module), "handlers"}
            )
        ):
            found.append(name)
    return found


def all_modules() -> dict[str, Path]:
    package = ROOT / "playfast"
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name and name != "play":
            found[name] = path
    return found


MODULES = all_modules()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_layer_may(module):
    assert not problems(module, MODULES[module].read_text(encoding="utf-8"), set(MODULES))


def test_the_table_names_no_room_that_is_gone():
    rooms = {room(module) for module in MODULES}
    assert {name for names in LAYERS.values() for name in names} <= rooms


def test_the_architecture_page_has_the_same_table():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for number, rooms in LAYERS.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| {number} |"))
        for name in rooms:
            assert f"`{name}`" in row, name


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("play.record", "from playfast.play.fields import Extractor"),
        ("play.page", "import scrapy"),
        ("items", "from twisted.python import failure"),
        ("pipelines.coverage", "from playfast.spiders.base import PlaySpider"),
        ("pipelines.coverage", "from playfast.extensions import measure"),
        ("commands.crawl", "from playfast import settings"),
        ("commands.crawl", "from playfast.localstore.catalogue import App"),
        ("localstore.cli", "from playfast.play import record"),
        ("localstore.cli", "from ..play import record"),
        ("localstore.cli", "import scrapy"),
        ("pages.charts", "from benchmarks.page import units"),
    ],
)
def test_a_wrong_import_would_be_found(module, source):
    assert problems(module, source, set(MODULES))

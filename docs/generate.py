"""Make the pages of the docs that follow from declarations: `make docs`. With --check: exit with 1 if one is not current."""

from __future__ import annotations

import inspect
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from api_page import api_page

from playfast.arguments import REQUIRED
from playfast.items import (
    App,
    Availability,
    CatalogApp,
    CatalogChange,
    CatalogComparison,
    CatalogEstimate,
    CatalogShard,
    Collection,
    DataSafety,
    Developer,
    Listing,
    ListingSweep,
    Permissions,
    Presence,
    Review,
    ReviewSweep,
    StoreCategory,
    Suggestions,
)
from playfast.play.fields import Derived, Key, OnPage, Said, Told, docs, floors, rules, sources
from playfast.play.nested import (
    Category,
    Criterion,
    DataType,
    Event,
    PermissionGroup,
    SafetyNote,
    Story,
    Tag,
)
from playfast.spiders.apps import AppsSpider
from playfast.spiders.availability import AvailabilitySpider
from playfast.spiders.catalog import CatalogSpider
from playfast.spiders.categories import CategoriesSpider
from playfast.spiders.charts import ChartsSpider
from playfast.spiders.collections import CollectionsSpider
from playfast.spiders.datasafety import DataSafetySpider
from playfast.spiders.developer import DeveloperSpider
from playfast.spiders.digest import DigestSpider
from playfast.spiders.permissions import PermissionsSpider
from playfast.spiders.reviews import ReviewsSpider
from playfast.spiders.search import SearchSpider
from playfast.spiders.similar import SimilarSpider
from playfast.spiders.suggest import SuggestSpider

HERE = Path(__file__).parent
SPIDERS = (
    AppsSpider,
    DigestSpider,
    AvailabilitySpider,
    PermissionsSpider,
    DataSafetySpider,
    ReviewsSpider,
    SimilarSpider,
    DeveloperSpider,
    SearchSpider,
    SuggestSpider,
    ChartsSpider,
    CategoriesSpider,
    CollectionsSpider,
    CatalogSpider,
)
OTHERS = (
    Availability,
    Presence,
    Permissions,
    DataSafety,
    Review,
    ReviewSweep,
    Listing,
    ListingSweep,
    Developer,
    Suggestions,
    StoreCategory,
    Collection,
    CatalogApp,
    CatalogShard,
    CatalogEstimate,
    CatalogChange,
    CatalogComparison,
)
SHAPES = (Category, Tag, PermissionGroup, SafetyNote, Event, Story, DataType, Criterion)


def fields_page() -> str:
    """docs/fields.md"""
    peers = tomllib.loads((HERE / "peer_names.toml").read_text(encoding="utf-8"))
    unknown = set(peers) - set(sources(App))
    if unknown:
        raise SystemExit(f"peer_names.toml names fields that App does not have: {', '.join(sorted(unknown))}")
    lines = [
        "# The fields of a record",
        "",
        "Made by `make docs` from `playfast/items/`. A field is `null` (None) where Play does not say it. First `App`;",
        "[the others](#others) are below.",
        "",
        "*Place* is where the value stands: indices into Play's record, 0-based, under the rule of `playfast/play/record.py` (Play's field",
        "number *n* is index *n - 1*). *Key* fields say what was asked and how it went; they are on every record. *Page only* fields come",
        "with `-a via=page` alone: the answer to an RPC does not carry them. All others are the same both ways.",
        "",
        "The last three columns have the name of the same value in playfast 0.5.10, in google-play-scraper of npm (10.1.3) and in",
        "google-play-scraper of PyPI (1.2.7).",
        "",
        "| field | type | meaning | place | playfast | npm | PyPI |",
        "|---|---|---|---|---|---|---|",
    ]
    types = {field.name: str(field.type).removesuffix(" | None") for field in fields(App)}
    meanings = docs(App)
    for name, source in sources(App).items():
        others = " | ".join(_code(other) for other in peers.get(name, ["", "", ""]))
        meaning = meanings[name].replace("|", "\\|")
        lines.append(
            f"| `{name}` | `{types[name].replace('|', chr(92) + '|')}` | {meaning} | {_place(source)} | {others} |"
        )
    lines += [
        "",
        "## Values inside lists",
        "",
        "Feeds write them as dicts, and tuples as lists. In Python they are read as attributes, `app.categories[0].name`, and neither they",
        "nor the tuples they stand in can be changed: apps with equal values share them. `ItemAdapter(app).asdict()` has dicts in their",
        "place.",
        "",
    ]
    for shape in SHAPES:
        lines += [
            f"**`{shape.__name__}`** {shape.__doc__}",
            "",
            *(f"- `{field.name}`: `{field.type}`" for field in fields(shape)),
            "",
        ]
    lines += _rules()
    lines += _others()
    return "\n".join(lines).rstrip("\n") + "\n"


def _rules() -> list[str]:
    """What every value has to be, and how often it is due."""
    holds, least = rules(App), floors(App)
    lines = [
        "## What a value has to be",
        "",
        "A value that breaks its field's rule becomes None and is counted as `playfast/field/<field>/invalid`, as is one of another",
        "type. The rules are wide on purpose: they tell what cannot be right, not what is unlikely. A key field keeps its value, since it",
        "says what was asked.",
        "",
        "*At least in* is the field's floor: the least share of the available records that is expected to have the field; of a field to",
        "which Play says no by silence (`contains_ads`), to say yes. Fewer are told as [drift](settings.md#drift). Fields that are not in",
        "this table have neither rule nor floor.",
        "",
        "| value of | has to be | at least in |",
        "|---|---|--:|",
    ]
    for name in sources(App):
        rule, floor = holds.get(name), least.get(name)
        if rule is not None or floor is not None:
            lines.append(
                f"| `{name}` | {rule.words if rule else ''} | {'' if floor is None else f'{floor:.0%}'} |"
            )
    lines += [
        "",
        "## Rules across fields",
        "",
        "They hold where all fields of a rule were asked for. Where one is broken, the fields behind the arrow become None, each counted",
        "as above. A field that is None breaks none of them, but for the currency that a price needs.",
        "",
    ]
    lines += [f"- {rule.words} → {', '.join(f'`{name}`' for name in rule.void)}" for rule in App.across]
    return lines


def _others() -> list[str]:
    """The other classes of items."""
    lines = [
        "",
        "## Others",
        "",
        "What the other [spiders](spiders.md) give. A place is within the record for `Permissions` and `DataSafety`, within a row of the",
        "answer for `Review`, within a card for `Listing` (where a list goes on, cards are of an older layout that has less in it:",
        "`playfast/play/cards.py`), within the developer's own record for `Developer`.",
    ]
    for item in OTHERS:
        lines += ["", f"### `{item.__name__}`", "", inspect.getdoc(item) or ""]
        lines += ["", "| name | type | meaning | place | has to be |", "|---|---|---|---|---|"]
        types = {field.name: str(field.type).removesuffix(" | None") for field in fields(item)}
        meanings, holds = docs(item), rules(item)
        for name, source in sources(item).items():
            meaning, kind = (text.replace("|", "\\|") for text in (meanings[name], types[name]))
            rule = holds[name].words if name in holds else ""
            lines.append(f"| `{name}` | `{kind}` | {meaning} | {_place(source)} | {rule} |")
    return lines


def _place(source: Any) -> str:
    match source:
        case Key():
            return "key"
        case OnPage():
            return "page only"
        case Said(paths=paths):
            return " or ".join(f"`{_path(path)}`" for path in paths)
        case Told(path=path):
            return f"`{_path(path)}` (there or not)"
        case Derived(paths=paths):
            return "made from " + ", ".join(f"`{_path(path)}`" for path in paths)
    raise TypeError(source)


def _path(path: tuple[int, ...]) -> str:
    return ",".join(map(str, path))


def _code(name: str) -> str:
    return f"`{name}`" if name else ""


def arguments_page() -> str:
    """docs/arguments.md"""
    lines = [
        "# The arguments of the spiders",
        "",
        "Made by `make docs` from the spiders; `scrapy arguments` prints the same. They are given as `-a name=value` and checked before",
        "the first request; all mistakes are told at once. Unknown names are refused, but for `_job`, which",
        "Scrapyd passes.",
    ]
    for spider in SPIDERS:
        lines += [
            "",
            f"## `scrapy crawl {spider.name}`",
            "",
            inspect.getdoc(spider) or "",
            "",
            "| argument | takes | default | meaning |",
            "|---|---|---|---|",
        ]
        for argument in spider.arguments.declared.values():
            default = (
                "required"
                if argument.default is REQUIRED
                else f"`{argument.default}`"
                if argument.default
                else "none"
            )
            lines.append(f"| `{argument.name}` | {argument.kind} | {default} | {argument.help} |")
    return "\n".join(lines) + "\n"


PAGES = {"fields.md": fields_page, "arguments.md": arguments_page, "api.md": api_page}


def main() -> int:
    stale = 0
    for name, page in PAGES.items():
        path, text = HERE / name, page()
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"docs/{name} is not current: make docs")
                stale = 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"docs/{name}: {len(text.splitlines())} lines")
    return stale


if __name__ == "__main__":
    sys.exit(main())

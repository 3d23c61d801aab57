"""docs/statistics.md names every statistic that playfast sets: by its source, and by whole crawls."""

from __future__ import annotations

import ast
import json
import re

import pytest

from playfast import settings
from playfast.extensions.measure import _PERCENTILES
from tests.conftest import ROOT, local_store
from tests.docs.pages import rows
from tests.docs.source import MODULES
from tests.forward_proxy import forward_proxies

PAGE = ROOT / "docs" / "statistics.md"
ROWS = {cells[0].strip("`"): cells for cells in rows(PAGE, "statistic") if "playfast/" in cells[0]}
ANY = r"[^/<>]+"


def _pattern(row: str) -> str:
    return re.sub(r"<\w+>", ANY, row)


def _module(name: str):
    return ROOT.joinpath("playfast", *name.split(".")).with_suffix(".py")


def in_source(path) -> set[str]:
    """The statistics that a module names, as patterns: what is put in at run time is any word."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(value.value) if isinstance(value, ast.Constant) else "\0" for value in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            text = node.value
        else:
            continue
        if re.fullmatch(r"playfast/[\w/\0]*[\w\0]", text):
            found.add(re.escape(text).replace("\0", ANY))
    if f"playfast/{ANY}" in found:  # the measures, whose names are made elsewhere in the module
        found.remove(f"playfast/{ANY}")
        names = re.findall(
            r'^ +(?:measured\[)?"([a-z_/]+)"(?:\]|:)', path.read_text(encoding="utf-8"), re.MULTILINE
        )
        found |= {
            f"playfast/{name}" for name in (*names, *(f"latency/p{percent}" for percent in _PERCENTILES))
        }
    return found


def _same(pattern: str, row: str) -> bool:
    """Whether a pattern of the source and a row of the page may mean the same statistic."""
    return (
        re.fullmatch(pattern, re.sub(r"<\w+>", "x", row)) is not None
        or re.fullmatch(_pattern(row), pattern.replace(ANY, "x")) is not None
    )


def test_every_statistic_of_the_source_is_in_the_page():
    named = {pattern for path in MODULES for pattern in in_source(path)}
    assert len(named) > 20
    assert not {pattern for pattern in named if not any(_same(pattern, row) for row in ROWS)}


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_set_by_the_modules_that_it_names(row):
    _, unit, meaning, modules = ROWS[row]
    assert unit
    assert meaning
    for name in re.findall(r"`([\w.]+)`", modules):
        source = _module(name)
        assert any(_same(pattern, row) for pattern in in_source(source)), name
        assert re.search(r"\b(set_value|inc_value)\(", source.read_text(encoding="utf-8")), name


NOT_REACHED = {
    "playfast/storefront/unknown": "a store by a name that nobody knows (tests/play/test_storefronts.py)",
    "playfast/rows/unreadable": "rows without ids, which Play was never seen to give (tests/spiders/test_rows.py)",
    "playfast/catalog/invalid_ids": "ids that are none, which the local store does not list (tests/spiders/test_catalog.py)",
    "playfast/catalog/other_files": "files of other kinds in the indices (the same)",
    "playfast/faults": "a fault in playfast, which only tests of the spider bring about",
    "playfast/browser/pages": "a browser (tests/crawls/test_browser.py)",
    "playfast/browser/opened": "the same",
    "playfast/database/failed": "a database that stays away (tests/storage/test_crawls.py)",
    "playfast/database/refused": "a value of another type, from a pipeline (tests/storage/test_database.py)",
    "playfast/ledger/failed": "a disk that gets full under the ledger alone",
    "playfast/markup/<field>/differs": "the store's JSON-LD and meta tags agree with its records",
    "playfast/pace/lost": "a store that goes away (tests/crawls/test_lost_store.py)",
    "playfast/templates/renewed": "a store whose requests have changed (tests/crawls/test_templates.py)",
    "playfast/report_failed": "set after the crawl's statistics were left behind, and every 15 seconds before",
}


def _of_rows(crawl, tmp_path):
    """Crawls that give rows: tokens that die, pipelines that drop and fail, a store that lies, a crawl that goes on."""
    seen = {}
    pipelines = {**settings.ITEM_PIPELINES, "tests.docs.dropping.PickyOfRows": 500}
    with local_store("--dead-tokens", "0.3", "--other-store", "0.5") as store:
        seen |= crawl(
            *("-a", "ids=example.reviews5000.app", "-a", "langs=en,es,pt,ru", "-a", "page=200", "-s", f"ITEM_PIPELINES={json.dumps(pipelines)}"),
            *("-s", "PLAYFAST_VERIFY_STOREFRONT=mark"), spider="reviews", store=store,
        ).stats  # fmt: skip
    with local_store() as store:
        ids = ",".join(store.get("/_localstore/ids.txt?count=40").decode().split())
        given = (
            "-a",
            f"ids={ids}",
            "-a",
            f"ledger={tmp_path / 'rows.db'}",
            "-o",
            str(tmp_path / "rows.jsonl"),
        )
        crawl(*given, "-s", "CLOSESPIDER_ITEMCOUNT=300", spider="similar", store=store, feed="")
        seen |= crawl(*given, spider="similar", store=store, feed="").stats
    return seen


def _of_catalog(crawl, tmp_path):
    """Crawls of the catalog: of a sample, compared with an earlier list, while it is published, and after that."""
    seen = {}
    few = ("--alternates", "10")
    before = tmp_path / "before.txt"
    ledger = ("-a", f"ledger={tmp_path / 'catalog.db'}")
    with local_store(*few) as store:
        before.write_bytes(store.get("/_localstore/catalog.txt"))
        seen |= crawl("-a", "sample=50", spider="catalog", store=store).stats
        crawl("-a", "limit=5", *ledger, spider="catalog", store=store)
    with local_store("--generation", "1", *few) as store:
        seen |= crawl("-a", f"since={before}", spider="catalog", store=store).stats
        seen |= crawl(*ledger, spider="catalog", store=store, feed="other.jsonl").stats
    with local_store("--republishing", *few) as store:
        seen |= crawl(spider="catalog", store=store).stats
    return seen


@pytest.mark.crawl
def test_whole_crawls_set_what_the_page_names_and_nothing_else(crawl, tmp_path):
    """Faults of all kinds over both ways, a pipeline that drops and fails, a field that has moved, files that cannot be had."""
    seen = {}
    with local_store(
        *("--absent", "0.04", "--error-frames", "0.04", "--truncated", "0.04", "--status-503", "0.05"),
        *("--retry-after", "0", "--move", "51,0,1=51,0,4", "--broken", "com.example.one=everywhere"),
    ) as store:
        ids = store.get("/_localstore/ids.txt?count=400").decode()
        (tmp_path / "ids.txt").write_text(
            f"{ids}com.example.one\n{ids.splitlines()[0]}\nno id\n", encoding="utf-8"
        )
        listed = ("-a", f"ids={tmp_path / 'ids.txt'}")
        pipelines = {**settings.ITEM_PIPELINES, "tests.docs.dropping.Picky": 500}
        picky = ("-s", f"ITEM_PIPELINES={json.dumps(pipelines)}")
        report = ("-s", f"PLAYFAST_REPORT={tmp_path / 'kept' / 'run.json'}")
        kept = ("-s", f"PLAYFAST_DATABASE=sqlite:///{tmp_path / 'kept.db'}")
        seen |= crawl(*listed, *picky, *report, *kept, "-a", "countries=us,kr", store=store).stats
        seen |= crawl(*listed, "-a", "via=page", "-a", "limit=40", store=store).stats
    with local_store(
        "--move", "18,0=18,5", "13,0=13,1"
    ) as store:  # nothing is available, and a text stands for a number
        (tmp_path / "ids.txt").write_bytes(store.get("/_localstore/ids.txt?count=40"))
        seen |= crawl(*listed, "-s", "PLAYFAST_DRIFT=stop", store=store).stats
    with local_store("--truncated", "0.5") as store:
        seen |= crawl(*listed, "-a", "via=page", "-a", "limit=12", store=store).stats
    with local_store("--rpc-down") as store:
        seen |= crawl("-a", "ids=com.example.one,com.example.two", store=store).stats
        broken = tmp_path / "broken.csv"
        broken.write_text('app_id,title\n"com.example.one,x\n', encoding="utf-8")
        seen |= crawl("-a", f"ids={broken}", store=store).stats
        failed = tmp_path / "failed.csv"
        failed.write_text("app_id,country,lang,status\ncom.example.one,us,en,error\n", encoding="utf-8")
        seen |= crawl("-a", f"ids={failed}", "-a", "retry=error", store=store).stats
    seen |= _of_rows(crawl, tmp_path)
    seen |= _of_catalog(crawl, tmp_path)
    seen |= crawl("-a", f"ids={tmp_path / 'ids.txt'}", env={"PLAYFAST_URL": "http://127.0.0.1:9"}).stats
    with forward_proxies(2) as proxies, local_store() as store:
        proxies[0].dies_after = 0
        through = ",".join(proxy.address for proxy in proxies)
        seen |= crawl(
            "-a", "ids=com.example.one", "-a", "via=page", "-s", f"PLAYFAST_PROXIES={through}", store=store
        ).stats
    with local_store("--wall", "sorry-page", "--wall-share", "0.9") as store:
        seen |= crawl("-a", "ids=com.example.one", "-s", "PLAYFAST_BLOCK_PAUSE=0", store=store).stats
    with local_store("--rpc-down") as store:
        ledger = ("-a", f"ledger={tmp_path / 'run.db'}")
        seen |= crawl("-a", "ids=com.example.one", *ledger, store=store, feed="one.jsonl").stats
        seen |= crawl("-a", "ids=com.example.one", *ledger, store=store, feed="two.jsonl").stats
        (tmp_path / "folder").touch()
        seen |= crawl("-a", "ids=com.example.one", store=store, feed="folder/apps.jsonl").stats
    ours = {name for name in seen if name.startswith("playfast/")}
    assert not {name for name in ours if not any(re.fullmatch(_pattern(row), name) for row in ROWS)}
    unreached = {row for row in ROWS if not any(re.fullmatch(_pattern(row), name) for name in ours)}
    assert unreached == set(NOT_REACHED)

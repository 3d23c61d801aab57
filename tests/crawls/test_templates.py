"""A store whose requests have changed: a file of templates, or the pages themselves, tell a crawl how to ask it."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from playfast.play import asked, templates
from playfast.play.page import Page
from tests.conftest import local_store

pytestmark = pytest.mark.crawl

AUTO = ("-s", "PLAYFAST_TEMPLATES=auto")
CHANGES = {
    ("context",): "details: the context is another (at 0,7,1 4, ours 2)",
    ("rpc:Ws7gDc=Xy12Ab",): "details: the RPC is Xy12Ab, ours Ws7gDc",
    ("rpc:Ws7gDc=Xy12Ab", "context"): "details: the RPC is Xy12Ab, ours Ws7gDc; the context is another (at 0,7,1 4, ours 2)",
}  # fmt: skip


@pytest.fixture
def ids(tmp_path, store):
    path = tmp_path / "ids.txt"
    path.write_bytes(store.get("/_localstore/ids.txt?count=400"))
    return f"ids={path}"


def values(crawl):
    """The records by app, without what differs between two crawls."""
    return {
        r["app_id"]: {k: v for k, v in r.items() if k not in {"fetched_at", "via", "url"}}
        for r in crawl.records
    }


@pytest.mark.parametrize("change", CHANGES, ids=" ".join)
def test_templates_are_renewed_off_the_first_page_and_packs_asked_again(crawl, ids, store, change):
    expected = crawl("-a", ids, "-a", "fields=title,score,installs", store=store).records
    with local_store("--template", *change) as changed:
        done = crawl("-a", ids, "-a", "fields=title,score,installs", *AUTO, store=changed)
        seen = changed.report()
    assert done.exit_code == 0
    assert len(done.records) == 400
    assert {r["app_id"]: r["title"] for r in done.records} == {r["app_id"]: r["title"] for r in expected}
    assert Counter(r["status"] for r in done.records) == Counter(r["status"] for r in expected)
    assert Counter(r["via"] for r in done.records)["page"] < 20
    assert done.stats["playfast/templates/renewed"] == CHANGES[change]
    assert "pages ask" in done.log
    assert f"renewed off a page: {CHANGES[change][:40]}" in " ".join(done.log.split())
    assert seen["requests"]["page"] < 20


def test_without_being_told_so_nothing_is_renewed(crawl, ids):
    with local_store("--template", "context") as changed:
        done = crawl("-a", ids, store=changed)
    assert "playfast/templates/renewed" not in done.stats


def test_a_store_that_has_not_changed_is_crawled_as_ever(crawl, ids, store):
    assert values(crawl("-a", ids, *AUTO, store=store)) == values(crawl("-a", ids, store=store))


def rows(crawl):
    return sorted((r["asked"], r["list"] or "", r["rank"] or 0, r["app_id"]) for r in crawl.records)


def test_an_rpc_that_falls_silent_beside_others_is_renewed_too(crawl, store):
    """Without `auto` an app whose lists are not answered would be one without lists."""
    apps = "ids=com.whatsapp,com.instagram.android,org.telegram.messenger"
    expected = crawl("-a", apps, store=store, spider="similar", feed="expected.jsonl")
    with local_store("--template", "rpc:ag2B9c=New1") as changed:
        done = crawl("-a", apps, *AUTO, store=changed, spider="similar")
    assert (done.exit_code, rows(done)) == (0, rows(expected))
    assert len(done.records) > 10
    assert done.stats["playfast/templates/renewed"] == "related: the RPC is New1, ours ag2B9c"


def test_calls_that_have_nothing_to_say_beside_others_close_nothing(crawl, store):
    """Few developers have an app above their list."""
    ids = ",".join(store.get("/_localstore/ids.txt?count=60").decode().split())
    found = crawl("-a", f"ids={ids}", "-a", "fields=developer_numeric_id", store=store)
    numbers = sorted({r["developer_numeric_id"] for r in found.records if r["developer_numeric_id"]})[:20]
    assert len(numbers) > 5
    asked = ("-a", f"developers={';'.join(numbers)}")
    plain = crawl(*asked, store=store, spider="developer", feed="plain.jsonl")
    auto = crawl(*asked, *AUTO, store=store, spider="developer", feed="auto.jsonl")
    assert rows(auto) == rows(plain)
    assert auto.exit_code == plain.exit_code == 0
    assert (
        Counter(r["via"] for r in auto.records)["page"]
        <= Counter(r["via"] for r in plain.records)["page"] + 20
    )


def test_apps_that_there_are_none_of_are_still_not_found(crawl, store):
    """Answers of nothing but nothing may mean that: pages tell, and say that they ask in the same way."""
    done = crawl("-a", "ids=shop.variety.gone,shop.variety.hidden", *AUTO, store=store)
    assert done.exit_code == 0
    assert [(r["status"], r["via"]) for r in done.records] == [("not_found", "page")] * 2


def test_pages_that_ask_as_we_do_change_nothing(crawl, ids):
    with local_store("--rpc-down") as down:
        done = crawl("-a", ids, "-a", "limit=40", *AUTO, store=down)
    assert Counter(r["via"] for r in done.records)["rpc"] == 0
    assert "playfast/templates/renewed" not in done.stats
    assert "so that nothing is gained" in done.log


def test_a_file_of_templates_is_used_from_the_start(crawl, ids, tmp_path):
    with local_store("--template", "context", "rpc:Ws7gDc=Xy12Ab") as changed:
        app = changed.get("/_localstore/ids.txt?count=1").decode().strip()
        page = Page(changed.get(f"/store/apps/details?id={app}"))
        file = tmp_path / "templates.json"
        file.write_bytes(templates.written(asked.renewed(asked.read(page.requests, {"app": app}))))
        done = crawl("-a", ids, "-s", f"PLAYFAST_TEMPLATES={file}", store=changed)
        assert changed.report()["calls"] == {"Xy12Ab": 400}
    assert {r["via"] for r in done.records if r["status"] == "available"} == {"rpc"}


def test_a_file_with_mistakes_is_refused_before_anything_is_asked(crawl, ids, tmp_path):
    file = tmp_path / "templates.json"
    file.write_text(json.dumps({"details": {"rpc": "", "request": ["{fields}"]}, "x": 1}))
    done = crawl("-a", ids, "-s", f"PLAYFAST_TEMPLATES={file}")
    assert done.exit_code == 2
    assert f"PLAYFAST_TEMPLATES: {file}: details: rpc='': the id of an RPC is due" in done.log
    assert 'details: request: it lacks "{app}"' in done.log
    assert "there is no kind of call 'x'" in done.log

"""Two weekly crawls over a store that changed between them: what is told of the changes is the store's own list, no more and no less."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from parsel import Selector

from tests.conftest import ROOT, local_store

pytestmark = pytest.mark.crawl

COUNT = 1_200
MICROS = 1_000_000


def _price(value: Any) -> Any:
    return None if value is None else value / MICROS


def _same(value: Any) -> Any:
    return value


OURS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "status": ("status", _same),
    "title": ("title", _same),
    "version": ("version", _same),
    "price_micros": ("price", _price),
    "original_price_micros": ("original_price", _price),
    "free": ("free", _same),
    "ratings": ("ratings", _same),
    "reviews": ("reviews", _same),
    "score": ("score", _same),
    "histogram": ("histogram", _same),
    "installs": ("exact_installs", _same),
    "min_installs": ("min_installs", _same),
    "chart_place": ("chart_rank", _same),
    "description_html": ("description_html", _same),
    "release_notes_html": ("recent_changes_html", _same),
}
"""The store's names for what changes, ours, and how its values are written here."""
FOLLOWS = {
    "summary": "summary_html", "description": "description_html", "recent_changes": "release_notes_html", "updated": "updated", "recent_changes_at": "updated",
    "updated_text": "updated", "score_text": "score", "scores_by_device": "device_scores", "installs": "min_installs",
    "installs_short": "min_installs", "price_text": "price_micros", "original_price_text": "original_price_micros",
    "sale_ends_at": "sale_ends", "sale_text": "sale_ends", "offer_label": "price_micros", "offer_kind": "price_micros",
    "buy_url": "price_micros", "chart": "chart",
}  # fmt: skip
"""Our other fields that a change of the store's is seen in as well."""


def weekly(store, folder, address, week):
    """One run of a weekly job."""
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "apps",
        "-a",
        f"ids={folder / 'ids.txt'}",
        "-a",
        "countries=us,kr",
    ]
    command += [
        "-O",
        str(folder / f"apps-{week}.jsonl"),
        "-s",
        "PLAYFAST_PACE=unpaced",
        "-s",
        f"PLAYFAST_URL={store.address}",
    ]
    command += ["-s", f"PLAYFAST_DATABASE={address}", "-s", f"PLAYFAST_REPORT={folder / f'run-{week}.json'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def post(store, path, body):
    request = urllib.request.Request(store.address + path, data=json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


@pytest.fixture
def two_weeks(address, tmp_path):
    """The database after two runs, and the store's list of changes: (id, country, field, before, after)."""
    with local_store() as store:
        ids = store.get(f"/_localstore/ids.txt?count={COUNT}").decode()
        (tmp_path / "ids.txt").write_text(ids, encoding="utf-8")
        weekly(store, tmp_path, address, 0)
        post(store, "/_localstore/options", {"week": 1})
        weekly(store, tmp_path, address, 1)
        listed = [
            (change["id"], country, change["field"], change["before"], change["after"])
            for country, lang in (("us", "en"), ("kr", "en"))
            for change in post(store, "/_localstore/changes", {"ids": ids.split(), "gl": country, "hl": lang})
        ]
    return address, listed


def test_the_feed_of_changes_is_the_stores_own_list(two_weeks, tmp_path):
    address, listed = two_weeks
    feed = tmp_path / "changes.jsonl"
    command = [sys.executable, "-m", "scrapy", "changes", "--database", address, "-O", str(feed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    with feed.open(encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    assert Counter(change["lang"] for change in told) == {"en": len(told)}
    found = {(one["app_id"], one["country"], one["field"]): (one["before"], one["after"]) for one in told}
    assert len(found) == len(told)
    theirs = {(app_id, country, field) for app_id, country, field, _, _ in listed}
    due = {
        (app_id, country, OURS[field][0]): tuple(map(OURS[field][1], (before, after)))
        for app_id, country, field, before, after in listed
        if field in OURS
    }
    names = {ours for ours, _ in OURS.values()}
    assert {key: values for key, values in found.items() if key[2] in names} == due
    # All others follow from one of the store's changes.
    for app_id, country, field in found.keys() - due.keys():
        assert (app_id, country, FOLLOWS[field]) in theirs
    kinds = Counter(field for _, _, field in due)
    assert all(
        kinds[name] for name in ("status", "title", "version", "price", "ratings", "score", "chart_rank")
    ), kinds


def rows(page, label):
    """The rows of a table, by its name; none where there is no such table."""
    found = page.xpath("//div[@role='region'][@aria-label=$label]//tbody/tr", label=label)
    return [[cell.xpath("string()").get() for cell in row.xpath("th|td")] for row in found]


def expanded(told):
    """Rows of a table with one for each country."""
    return {
        (app_id, country, *values)
        for _, app_id, countries, *values in told
        for country in countries.split(", ")
    }


def test_the_page_tells_the_stores_own_list(two_weeks, tmp_path):
    pytest.importorskip("vl_convert", reason="needs the extra report")
    address, listed = two_weeks
    file = tmp_path / "changes.html"
    command = [sys.executable, "-m", "scrapy", "report", "--database", address, "-o", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    page = Selector(file.read_text(encoding="utf-8"))
    by_field: dict[str, dict[tuple[str, str], tuple[Any, Any]]] = {}
    for app_id, country, field, before, after in listed:
        by_field.setdefault(field, {})[app_id, country] = (before, after)
    statuses = by_field["status"]
    there = ("available", "preregister", "not_in_region")
    new = {key for key, (before, after) in statuses.items() if before == "not_found" and after in there}
    gone = {key for key, (before, after) in statuses.items() if before in there and after == "not_found"}
    assert new
    assert gone
    assert expanded(rows(page, "New apps")) == new
    assert expanded(rows(page, "Gone apps")) == gone
    for label, field in (("Versions", "version"), ("Title", "title")):
        due = {(*key, before, after) for key, (before, after) in by_field[field].items()}
        assert expanded(rows(page, label)) == due
    prices = {(one[0], one[1], one[3], one[4]) for one in expanded(rows(page, "Prices"))}
    assert prices == {
        (*key, *(f"{value / MICROS:,.2f}" for value in values))
        for key, values in by_field["price_micros"].items()
    }
    ranks = {(one[0], one[1], one[3], one[4]) for one in expanded(rows(page, "Ranks in charts"))}
    assert ranks == {
        (*key, *("\N{EN DASH}" if value is None else str(value) for value in values))
        for key, values in by_field["chart_place"].items()
    }
    assert "secret" not in file.read_text(encoding="utf-8")
    assert len(rows(page, "The crawls over time")) == 2

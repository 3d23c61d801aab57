"""Crawls that open walls, and take pictures, in a real Chromium."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from playfast.runs import chromium
from tests.conftest import local_store

pytestmark = [
    pytest.mark.crawl,
    pytest.mark.skipif(chromium.find() is None, reason="there is no Chromium on this machine"),
]

AUTO = ("-a", "browser=auto")


@pytest.fixture
def listed(store, tmp_path):
    path = tmp_path / "ids.txt"
    path.write_bytes(store.get("/_localstore/ids.txt?count=12"))
    return ("-a", f"ids={path}")


def told(records):
    """What records say, but for how and when they came."""
    own = {"via", "fetched_at", "url"}
    return sorted(
        ({name: value for name, value in record.items() if name not in own} for record in records),
        key=lambda record: record["app_id"],
    )


@pytest.mark.parametrize("way", ["rpc", "page"])
def test_a_page_on_cookies_that_only_a_click_opens_is_clicked_once(crawl, store, listed, way):
    plain = crawl(*listed, "-a", f"via={way}", store=store)
    with local_store("--wall", "consent-click") as walled:
        done = crawl(*listed, *AUTO, "-a", f"via={way}", store=walled)
        assert walled.report()["requests"]["other"] == 2  # what the button leads to
    assert done.exit_code == 0, done.log
    assert told(done.records) == told(plain.records)
    assert done.stats["playfast/browser/opened"] == done.stats["playfast/browser/pages"] == 1


def test_without_the_browser_the_same_wall_costs_the_records(crawl, listed):
    with local_store("--wall", "consent-click") as walled:
        done = crawl(*listed, "-s", "RETRY_TIMES=0", store=walled)
    assert done.exit_code == 3
    assert {record["status"] for record in done.records} == {"error"}
    assert "through a proxy" in done.records[0]["error"]


def test_pages_without_data_are_opened_and_read_from_the_browser(crawl, store, listed):
    plain = crawl(*listed, "-a", "via=page", store=store)
    with local_store("--wall", "empty-page", "--wall-share", "0.5", "--fault-seed", "3") as walled:
        done = crawl(*listed, *AUTO, "-a", "via=page", store=walled)
    assert done.exit_code == 0, done.log
    assert told(done.records) == told(plain.records)
    assert done.stats["playfast/browser/pages"] > 0
    assert done.stats["playwright/page_count/max_concurrent"] <= 2


def test_pictures_of_all_pages_are_stored_with_their_records(crawl, store, listed, tmp_path):
    plain = crawl(*listed, "-a", "via=page", "-a", "countries=us,kr", store=store)
    folder = tmp_path / "new" / "pictures"
    done = crawl(
        *listed, "-a", f"screenshots={folder}", "-a", "countries=us,kr", store=store, feed="with.jsonl"
    )
    assert done.exit_code == 0, done.log
    assert sorted(map(str, told(done.records))) == sorted(map(str, told(plain.records)))
    there = {f"{record['app_id']}_{record['country']}_en.png" for record in done.records}
    assert {path.name for path in folder.iterdir()} == there
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in folder.iterdir())


def test_a_folder_that_cannot_be_written_costs_no_record(crawl, store, listed, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for app_id in (tmp_path / "ids.txt").read_text().split():
        (folder / f"{app_id}_us_en.png").mkdir()  # no file can be written there
    done = crawl(*listed, "-a", f"screenshots={folder}", store=store)
    assert done.exit_code == 0
    assert "error" not in {record["status"] for record in done.records}
    assert "No picture at" in done.log


def test_without_a_browser_it_is_told_and_the_crawl_goes_on(crawl, store, listed, tmp_path):
    nothing = {
        "PATH": str(Path(sys.executable).parent),
        "HOME": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": "",
    }
    for given in (AUTO, ("-a", f"screenshots={tmp_path / 'pictures'}")):
        done = crawl(*listed, *given, store=store, env=nothing)
        assert done.exit_code == 0
        assert "no Chromium was found" in done.log
        assert len(done.records) == 12


def test_arguments_that_do_not_go_with_it_are_told(crawl, store, listed, tmp_path):
    file = tmp_path / "file"
    file.touch()
    done = crawl(*listed, "-a", f"screenshots={file}", "-a", "browser=firefox", store=store)
    assert done.exit_code == 2
    assert "this is no folder" in done.log
    assert "browser='firefox'" in done.log
    done = crawl(*listed, *AUTO, "-s", "PLAYFAST_PROXIES=http://127.0.0.1:9", store=store)
    assert done.exit_code == 2
    assert "the browser does not go through proxies" in done.log

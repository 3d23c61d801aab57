"""The page in a run's folder: what it tells beside the run itself."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from playfast.items import App, Permissions

pytest.importorskip(
    "sqlalchemy", reason="needs SQLAlchemy and Alembic: pip install 'playfast-scrapy[database]'"
)
pytest.importorskip("alembic", reason="needs SQLAlchemy and Alembic: pip install 'playfast-scrapy[database]'")
pytest.importorskip("vl_convert", reason="needs the extra report")

from playfast.extensions import run_page
from playfast.storage.database import Database
from tests.pages import sample


@pytest.fixture
def database(tmp_path):
    """Two crawls of an app whose version differs."""
    address = f"sqlite:///{tmp_path / 'kept.db'}"
    with closing(Database(address)) as opened:
        for week in (0, 1):
            run = opened.begin_run("apps", {}, [App])
            key = {
                "app_id": "com.example.one",
                "country": "us",
                "lang": "en",
                "status": "available",
                "via": "rpc",
            }
            at = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(days=7 * week)
            opened.write(run, [App(**key, fetched_at=at, version=f"{week}.0.77")], {})
            opened.end_run(run, "finished")
    return address


@pytest.mark.parametrize(("item", "told"), [(App, True), (Permissions, False)])
def test_what_has_changed_is_told_on_the_pages_of_crawls_of_apps_alone(item, told, database, tmp_path):
    report = tmp_path / "run.json"
    report.write_text(json.dumps({**sample.report(), "item": item.__name__}), encoding="utf-8")
    page = run_page.written(report, None, database).decode()
    assert "<h1" in page
    assert ("What has changed" in page) == ("1.0.77" in page) == told


def test_a_crawl_of_others_needs_no_crawl_of_apps_in_its_database(tmp_path):
    address = f"sqlite:///{tmp_path / 'kept.db'}"
    with closing(Database(address)) as opened:
        opened.begin_run("permissions", {}, [Permissions])
    report = tmp_path / "run.json"
    report.write_text(json.dumps({**sample.report(), "item": "Permissions"}), encoding="utf-8")
    assert b"<h1" in run_page.written(report, None, address)

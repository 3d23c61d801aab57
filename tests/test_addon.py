"""The add-on for other people's projects: which settings it changes, exactly."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from scrapy.settings import BaseSettings, Settings, default_settings
from scrapy.utils.misc import load_object

from playfast import settings as ours
from playfast.addon import PlayfastAddon

CHANGED = {
    "CONCURRENT_ITEMS": 16,
    "CONCURRENT_REQUESTS": 2,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "COOKIES_ENABLED": False,
    "DOWNLOAD_DELAY": 1,
    "DOWNLOAD_MAXSIZE": 64 * 1024 * 1024,
    "DOWNLOAD_TIMEOUT": 60,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "FEED_EXPORT_ENCODING": "utf-8",
    "HTTPCACHE_POLICY": "playfast.middlewares.cache.AnsweredOnlyPolicy",
    "ITEM_PROCESSOR": "playfast.pipelines.manager.KeepingPipelineManager",
    "LOG_FORMATTER": "playfast.log_formatter.QuietLogFormatter",
    "METAREFRESH_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
    "TELNETCONSOLE_ENABLED": False,
    "USER_AGENT": "Mozilla/5.0 (compatible; playfast-scrapy)",
    "WARN_ON_GENERATOR_RETURN_VALUE": False,
}
COMPONENTS = {
    "DOWNLOADER_MIDDLEWARES": {
        "RetryMiddleware": None,
        "PatientRetryMiddleware": 550,
        "HttpCompressionMiddleware": None,
        "QuickDecompressionMiddleware": 590,
        "RedirectMiddleware": None,
        "PlainRedirectMiddleware": 570,
        "ProxyMiddleware": 740,
        "TroubleMiddleware": 585,
        "HttpCacheMiddleware": 580,
    },
    "EXTENSIONS": {
        "CoreStats": None,
        "FeedExporter": None,
        "DirectCoreStats": 0,
        "WatchedFeedExporter": 0,
        "Bookkeeper": 10,
        "Measure": 500,
        "PrintableLog": 505,
        "Progress": 510,
        "RunReport": 520,
        "DriftWatch": 530,
        "RunFolder": 540,
    },
    "ITEM_PIPELINES": {"ValidationPipeline": 200, "CoveragePipeline": 900},
}
BY_NAME = {
    "DOWNLOAD_HANDLERS": {"http", "https"},
    "FEED_EXPORTERS": {"csv", "jl", "json", "jsonl", "jsonlines", "parquet", "xml"},
    "FEED_STORAGES": {"", "file", "stdout"},
}


def changed(before: BaseSettings, after: BaseSettings):
    return {
        name
        for name in after
        if name not in before or dict_or_value(before, name) != dict_or_value(after, name)
    }


def dict_or_value(settings, name):
    value = settings[name]
    return dict(value) if isinstance(value, BaseSettings) else value


def with_addon(project=None):
    settings = Settings()
    settings.setdict(project or {}, "project")
    PlayfastAddon.update_pre_crawler_settings(settings)
    PlayfastAddon().update_settings(settings)
    return settings


def test_it_changes_these_settings_and_no_others():
    after = with_addon()
    assert changed(Settings(), after) == {*CHANGED, *COMPONENTS, *BY_NAME, "SPIDER_MODULES"}
    assert {name: after[name] for name in CHANGED} == CHANGED
    for name, components in COMPONENTS.items():
        assert {load_object(key).__name__: value for key, value in dict(after[name]).items()} == components
    for name, entries in BY_NAME.items():
        assert set(after.getdict(name)) - set(getattr(default_settings, name)) == entries - set(
            getattr(default_settings, name)
        )
        assert all(str(after.getdict(name)[entry]).startswith("playfast.") for entry in entries)
    assert after["SPIDER_MODULES"] == ["playfast.spiders"]


def test_every_setting_of_the_project_is_given_or_left_on_purpose():
    names = {name for name in dir(ours) if name.isupper()}
    left = {
        "ASYNCIO_EVENT_LOOP",
        "BOT_NAME",
        "COMMANDS_MODULE",
        "LOG_LEVEL",
        "PLAYFAST_URL",
        "SPIDER_MIDDLEWARES",
        "STATS_DUMP",
    }
    assert names == {*CHANGED, *COMPONENTS, *BY_NAME, "SPIDER_MODULES"} | left


@pytest.mark.parametrize(
    ("name", "value"),
    [("DOWNLOAD_DELAY", 5), ("USER_AGENT", "mine"), ("LOG_LEVEL", "DEBUG"), ("BOT_NAME", "mine")],
)
def test_what_the_project_sets_stays(name, value):
    assert with_addon({name: value})[name] == value


def test_components_and_entries_of_the_project_stay_beside_ours():
    settings = with_addon(
        {
            "SPIDER_MODULES": ["mine.spiders"],
            "ITEM_PIPELINES": {
                "playfast.pipelines.coverage.CoveragePipeline": 950,
                "scrapy.pipelines.files.FilesPipeline": 1,
            },
            "FEED_EXPORTERS": {"csv": "scrapy.exporters.CsvItemExporter"},
        }
    )
    pipelines = {
        load_object(key).__name__: value for key, value in settings.getwithbase("ITEM_PIPELINES").items()
    }
    assert pipelines == {"CoveragePipeline": 950, "FilesPipeline": 1, "ValidationPipeline": 200}
    assert settings.getwithbase("FEED_EXPORTERS")["csv"] == "scrapy.exporters.CsvItemExporter"
    assert settings.getwithbase("FEED_EXPORTERS")["parquet"].startswith("playfast.")
    assert settings.getlist("SPIDER_MODULES") == ["mine.spiders", "playfast.spiders"]


@pytest.mark.crawl
def test_a_project_of_ones_own_crawls_with_it(tmp_path, store):
    """As `scrapy startproject` makes one, with a spider and a pipeline of its own that drops records."""
    project = tmp_path / "mine"
    (project / "mine" / "spiders").mkdir(parents=True)
    (project / "scrapy.cfg").write_text("[settings]\ndefault = mine.settings\n")
    (project / "mine" / "__init__.py").touch()
    (project / "mine" / "spiders" / "__init__.py").touch()
    (project / "mine" / "settings.py").write_text(
        'BOT_NAME = "mine"\nSPIDER_MODULES = ["mine.spiders"]\nADDONS = {"playfast.addon.PlayfastAddon": 0}\n'
        'ITEM_PIPELINES = {"mine.pipelines.NoGames": 300}\nDOWNLOAD_DELAY = 0\n'
    )
    (project / "mine" / "pipelines.py").write_text(
        "from scrapy.exceptions import DropItem\n\n\nclass NoGames:\n    def process_item(self, item):\n"
        '        if (item.genre_id or "").startswith("GAME"):\n            raise DropItem("a game")\n        return item\n'
    )
    ids = store.get("/_localstore/ids.txt?count=100").decode()
    (project / "ids.txt").write_text(ids)
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-m",
            "scrapy",
            "crawl",
            "apps",
            "-a",
            "ids=ids.txt",
            "-O",
            "apps.jsonl",
        ],
        cwd=project,
        env={**os.environ, "PLAYFAST_URL": store.address},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in (project / "apps.jsonl").read_text().splitlines()]
    assert sorted(record["app_id"] for record in records) == sorted(ids.split())
    dropped = [record for record in records if record["error"] == "dropped: a game"]
    assert dropped
    assert all(record["status"] == "error" and record["title"] is None for record in dropped)
    assert not [record for record in records if (record["genre_id"] or "").startswith("GAME")]

"""What the names of feeds say, and what is told of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from playfast.arguments import Mistake
from playfast.errors import ArgumentError
from playfast.extensions.feed_options import (
    GZIP,
    ZSTD,
    completed,
    from_command_line,
    of_settings,
    only,
    problems,
    take,
)

FORMATS = ["csv", "json", "jsonl", "xml", "parquet"]


@pytest.mark.parametrize(
    ("uri", "format_", "plugins"),
    [
        ("apps.csv", "csv", None),
        ("apps.csv.gz", "csv", [GZIP]),
        ("apps.jsonl.zst", "jsonl", [ZSTD]),
        ("APPS.XML.GZ", "xml", [GZIP]),
        ("a/b.c/apps.2026.parquet.zst", "parquet", [ZSTD]),
        ("apps-%(batch_id)05d.csv.gz", "csv", [GZIP]),
        ("s3://bucket/apps.json.gz", "json", [GZIP]),
        ("file:///tmp/apps.json", "json", None),
        ("apps.gz", "", [GZIP]),
        ("apps", None, None),
        ("stdout:", None, None),
    ],
)
def test_the_name_says_format_and_compression(uri, format_, plugins):
    options = completed(uri, {"overwrite": True})
    assert options["overwrite"] is True
    assert options.get("format") == format_
    assert options.get("postprocessing") == plugins


def test_what_the_options_say_wins():
    assert completed("apps.csv", {"format": "xml"})["format"] == "xml"
    assert completed("apps.gz", {"format": "csv"})["postprocessing"] == [GZIP]
    own = ["a.Plugin"]
    assert completed("apps.csv.gz", {"postprocessing": own}) == {"format": "csv", "postprocessing": own}
    assert "postprocessing" not in completed("apps.csv.gz", {"postprocessing": []})
    assert completed("apps.csv.gz", {"gzip_compresslevel": 1})["gzip_compresslevel"] == 1


def test_the_compressors_exist():
    assert load_object(GZIP)
    assert load_object(ZSTD)


@pytest.mark.parametrize(
    ("output", "uri", "format_"),
    [
        ("apps.csv", "apps.csv", "csv"),
        ("apps.csv.gz", "apps.csv.gz", "csv"),
        ("apps.csv.gz:csv", "apps.csv.gz", "csv"),
        ("apps.txt:csv", "apps.txt", "csv"),
        ("-:csv", "stdout:", "csv"),
        ("stdout::csv", "stdout:", "csv"),
        (r"C:\apps.csv", r"C:\apps.csv", "csv"),
        (r"C:\apps.txt:csv", r"C:\apps.txt", "csv"),
        ("ftp://user:secret@host/apps.csv", "ftp://user:secret@host/apps.csv", "csv"),
    ],
)
def test_the_command_line_names_feeds(output, uri, format_):
    ((found, options),) = from_command_line([output], FORMATS, overwrite=True).items()
    assert (found, options["format"]) == (uri, format_)
    assert options.get("overwrite") is (None if uri == "stdout:" else True)
    assert "overwrite" not in from_command_line([output], FORMATS, overwrite=False)[uri]


@pytest.mark.parametrize(
    ("uri", "options", "told"),
    [
        ("apps.cvs", {}, "there is no format 'cvs'; did you mean csv?"),
        ("apps.yaml", {}, "there are: csv, json, jsonl, parquet, xml"),
        ("apps", {}, "does not say which format"),
        ("apps.gz", {}, "does not say which format"),
        ("stdout:", {}, "does not say which format"),
        ("apps.csv", {"format": "cvs"}, "did you mean csv?"),
        ("apps.csv", {"batch_item_count": 5}, "%(batch_id)05d"),
        ("apps.csv", {"only": ["availble"]}, "did you mean available?"),
        ("apps.csv", {"only": ""}, "an empty list"),
        ("apps.csv", {"only": 5}, "an empty list"),
    ],
)
def test_what_is_wrong_with_a_feed_is_told(uri, options, told):
    (problem,) = problems({uri: completed(uri, options)}, FORMATS, Settings())
    assert problem.startswith(f"{uri}: ")
    assert told in problem


def test_nothing_is_told_of_good_feeds():
    feeds = {
        uri: completed(uri, options)
        for uri, options in {
            "apps.csv": {"only": "available,error"},
            "apps-%(batch_id)d.xml": {"batch_item_count": 5},
            "apps-%(batch_time)s.json.gz": {"batch_item_count": 5, "only": ["all"]},
        }.items()
    }
    assert problems(feeds, FORMATS, Settings()) == []
    assert problems({"apps.csv": {"format": "csv"}}, FORMATS, Settings({"FEED_EXPORT_BATCH_ITEM_COUNT": 5}))


@pytest.mark.parametrize(
    ("given", "statuses"),
    [
        (None, None),
        ("all", None),
        (["all"], None),
        ("available", {"available"}),
        (["error", "AVAILABLE"], {"error", "available"}),
    ],
)
def test_only_is_read_as_the_argument_is(given, statuses):
    assert only({} if given is None else {"only": given}) == statuses


def test_the_setting_may_be_json_and_its_addresses_paths():
    assert of_settings(Settings({"FEEDS": json.dumps({"apps.csv.gz": {}})}))["apps.csv.gz"][
        "postprocessing"
    ] == [GZIP]
    (uri,) = of_settings(Settings({"FEEDS": {Path("apps.csv"): {}}}))
    assert uri == str(Path("apps.csv").absolute())


@pytest.mark.parametrize("feeds", [{"apps.csv": 5}, {"apps.csv": "csv"}, {"apps.csv": None}])
def test_a_setting_of_another_shape_is_told(feeds):
    with pytest.raises(Mistake, match="FEEDS is no dict"):
        of_settings(Settings({"FEEDS": feeds}))


def settings(**given):
    return Settings({"FEED_EXPORTERS": dict.fromkeys(FORMATS, "x"), **given})


def test_the_command_line_goes_beside_the_setting():
    taken = settings(FEEDS={"a.csv.gz": {"only": "error"}})
    take(taken, None, ["b.xml"])
    feeds = taken.getdict("FEEDS")
    assert feeds["a.csv.gz"] == {"format": "csv", "only": "error", **_gzip()}
    assert feeds["b.xml"] == {"format": "xml", "overwrite": True}


def _gzip():
    return {name: value for name, value in completed("a.csv.gz", {}).items() if name != "format"}


def test_all_mistakes_are_told_at_once():
    with pytest.raises(ArgumentError) as error:
        take(settings(FEEDS={"a.cvs": {}}), ["b.xlm"], None)
    assert len(error.value.problems) == 2


def test_adding_and_overwriting_at_once_is_refused():
    with pytest.raises(ArgumentError, match="not both"):
        take(settings(), ["a.csv"], ["b.csv"])

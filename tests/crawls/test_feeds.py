"""One crawl into feeds of every format, each also compressed: read back with other people's readers, all are equal."""

from __future__ import annotations

import gzip
import io
import json
import math
import os
import re
import subprocess
import sys
from dataclasses import is_dataclass
from datetime import datetime
from typing import get_type_hints

import pytest

from playfast.exporters.cells import harmless
from playfast.items import App
from playfast.localstore import catalogue
from playfast.play.fields import sources
from tests.conftest import ROOT
from tests.exporters.records import HINTS
from tests.exporters.test_xml_document import as_read

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = pytest.mark.crawl

NAMES = list(sources(App))
COUNT = 1_000
FORMATS = ("csv", "json", "jsonl", "xml", "parquet")
SUFFIXES = ("", ".gz", ".zst")


def kind(name):
    """What a field holds: a word that says how a reader without types has to read it."""
    hint = str(HINTS[name]).removesuffix(" | None")
    found = re.match(r"(?:<class ')?(?:datetime\.)?(\w+)", hint)[1]
    return "nested" if found in ("tuple", "dict") else found


KINDS = {name: kind(name) for name in NAMES}


# Readers: each gives records as they stand in JSON, a dict of every field for each.


def by_pandas_csv(data):
    pandas = pytest.importorskip("pandas", reason="reads CSV as most people do")
    frame = pandas.read_csv(io.BytesIO(data), keep_default_na=False, dtype=str, lineterminator=None)
    assert list(frame.columns) == NAMES
    return [
        {name: from_cell(KINDS[name], cell) for name, cell in row.items()} for row in frame.to_dict("records")
    ]


def from_cell(kind, cell):
    if kind == "str":
        plain = cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
        return plain or None
    if cell == "":
        return None
    return cell if kind == "datetime" else json.loads(cell)


def by_pandas_json(data):
    pandas = pytest.importorskip("pandas", reason="reads JSON as most people do")
    return from_frame(pandas.read_json(io.BytesIO(data), dtype=False, precise_float=True))


def by_pandas_lines(data):
    pandas = pytest.importorskip("pandas", reason="reads JSON Lines as most people do")
    frame = pandas.read_json(io.BytesIO(data), lines=True, dtype=False, precise_float=True)
    return from_frame(frame)


def from_frame(frame):
    """What pandas reads from JSON: None as NaN, and columns of whole numbers with gaps as floats."""
    assert list(frame.columns) == NAMES

    def value(kind, told):
        if told is None or (isinstance(told, float) and math.isnan(told)):
            return None
        if kind == "bool":
            return bool(told)
        return int(told) if kind == "int" else told

    rows = frame.astype(object).to_dict("records")
    return [{name: value(KINDS[name], told) for name, told in row.items()} for row in rows]


def by_pyarrow(data):
    pq = pytest.importorskip("pyarrow.parquet", reason="reads Parquet")
    table = pq.read_table(io.BytesIO(data))
    assert table.schema.names == NAMES

    def value(name, told):
        if isinstance(told, datetime):
            return told.isoformat()
        return dict(told) if told is not None and name == "scores_by_device" else told

    return [{name: value(name, told) for name, told in row.items()} for row in table.to_pylist()]


def by_lxml(data):
    etree = pytest.importorskip("lxml.etree", reason="reads XML")
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    return [{name: from_element(HINTS[name], item.find(name)) for name in NAMES} for item in root]


def from_element(hint, element):
    """The value of an element by the annotation of its field; an element that is not there is None."""
    if element is None or element.get("nil") == "true":
        return None
    [hint, *_] = (
        [part for part in getattr(hint, "__args__", ()) if part is not type(None)]
        if _is_optional(hint)
        else [hint]
    )
    if getattr(hint, "__origin__", None) is tuple:
        return [from_element(hint.__args__[0], child) for child in element]
    if getattr(hint, "__origin__", None) is dict:
        return {child.get("key", child.tag): from_element(hint.__args__[1], child) for child in element}
    if is_dataclass(hint):
        return {key: from_element(inner, element.find(key)) for key, inner in get_type_hints(hint).items()}
    text = element.text or ""
    return text if hint in (str, datetime) else json.loads(text)


def _is_optional(hint):
    return type(None) in getattr(hint, "__args__", ())


READERS = {
    "csv": by_pandas_csv,
    "json": by_pandas_json,
    "jsonl": by_pandas_lines,
    "xml": by_lxml,
    "parquet": by_pyarrow,
}
UNPACKED = {"": bytes, ".gz": gzip.decompress, ".zst": zstd.decompress}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory, store):
    """The folder of one crawl of 1,000 apps into fifteen feeds at once."""
    folder = tmp_path_factory.mktemp("feeds")
    ids = folder / "ids.txt"
    ids.write_text("\n".join(catalogue.ids(COUNT)), encoding="utf-8")
    feeds = {str(folder / f"apps.{format_}{suffix}"): {} for format_ in FORMATS for suffix in SUFFIXES}
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "scrapy",
        "crawl",
        "apps",
        "-a",
        f"ids={ids}",
        "-a",
        "fields=all",
    ]
    command += ["-s", f"FEEDS={json.dumps(feeds)}", "-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS=8"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PLAYFAST_URL": store.address},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def expected(crawled):
    records = [json.loads(line) for line in (crawled / "apps.jsonl").read_bytes().splitlines()]
    assert len(records) == COUNT
    assert len({record["app_id"] for record in records}) == COUNT
    assert [name for name in NAMES if any(record[name] is not None for record in records)]
    return records


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("format_", FORMATS)
def test_every_feed_holds_the_same_thousand_records(crawled, expected, format_, suffix):
    data = (crawled / f"apps.{format_}{suffix}").read_bytes()
    found = READERS[format_](UNPACKED[suffix](data))
    assert len(found) == COUNT
    for record, same in zip(expected, found, strict=True):
        due = as_read(record) if format_ == "xml" else record  # with U+FFFD for what XML cannot hold
        differing = {name: (due[name], same[name]) for name in NAMES if due[name] != same[name]}
        assert not differing, record["app_id"]


def test_the_records_hold_what_is_hard_to_write(expected):
    """Else the test above would show little."""
    texts = [value for record in expected for value in record.values() if isinstance(value, str)]
    for hard in ("\n", '"', "&", "<", "\x07"):
        assert any(hard in text for text in texts), hard
    assert any(harmless(text) != text for text in texts)


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_pandas_reads_a_compressed_feed_by_its_name(crawled, format_):
    pandas = pytest.importorskip("pandas", reason="reads CSV and JSON Lines")
    path = crawled / f"apps.{format_}.gz"
    frame = (
        pandas.read_csv(path, low_memory=False) if format_ == "csv" else pandas.read_json(path, lines=True)
    )
    assert len(frame) == COUNT


def test_none_is_never_a_word(crawled):
    for name in ("apps.csv", "apps.xml"):
        text = (crawled / name).read_text(encoding="utf-8")
        assert not re.search(r"(?:>|,)(?:None|nan|NaN|null)(?:<|,|\r?\n)", text), name


def test_pandas_reads_true_and_false_as_such(crawled, expected):
    pandas = pytest.importorskip("pandas", reason="reads CSV as most people do")
    frame = pandas.read_csv(crawled / "apps.csv", usecols=["app_id", "free"]).dropna()
    told = {record["app_id"]: record["free"] for record in expected if record["free"] is not None}
    assert dict(zip(frame["app_id"], frame["free"].astype(object), strict=True)) == told


def test_the_same_records_make_the_same_bytes(crawled):
    """No time and no name is in a compressed file."""
    head = (crawled / "apps.csv.gz").read_bytes()[:10]
    assert head[3] == 0
    assert head[4:8] == b"\0\0\0\0"


# Whole crawls, as they end


def test_only_what_was_asked_for_is_written_and_errors_go_to_a_feed_of_their_own(crawl, store, tmp_path):
    feeds = json.dumps({str(tmp_path / "rest.jsonl"): {"only": ["not_found", "invalid_id"]}})
    result = crawl("-a", "ids=examples/ids.txt", "-a", "only=available", "-s", f"FEEDS={feeds}", store=store)
    assert result.exit_code == 0, result.log
    assert {record["status"] for record in result.records} == {"available"}
    rest = [json.loads(line) for line in (tmp_path / "rest.jsonl").read_bytes().splitlines()]
    assert {record["status"] for record in rest} == {"not_found", "invalid_id"}
    assert len(result.records) == result.stats["playfast/records/available"]
    assert result.stats["playfast/records/not_found"]
    assert result.stats["item_scraped_count"] > len(result.records) + len(rest)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-O", "apps.cvs"], "did you mean csv?"),
        (["-O", "apps.gz"], "does not say which format"),
        (["-o", "apps.csv", "-O", "apps.csv"], "not both"),
        (["-s", 'FEEDS={"apps.csv": {"only": "availble"}}'], "did you mean available?"),
        (["-a", "only=availble"], "did you mean available?"),
    ],
)
def test_a_wrong_feed_is_told_before_anything_starts(crawl, arguments, told):
    result = crawl("-a", "ids=a.b", *arguments, feed="")
    assert result.exit_code == 2
    assert told in result.log
    assert not result.stats
    assert "Traceback" not in result.log


def test_what_cannot_be_added_to_is_told_before_anything_is_asked(crawl, store, tmp_path):
    path = tmp_path / "apps.json"
    path.write_bytes(b"[{}]")
    result = crawl("-a", "ids=com.spotify.music", "-o", str(path), feed="", store=store)
    assert result.exit_code == 4
    assert "nothing can be added" in result.log.splitlines()[-1]
    assert path.read_bytes() == b"[{}]"
    assert "downloader/request_count" not in result.stats


def test_without_pyarrow_a_feed_in_parquet_says_what_to_install(crawl, store, tmp_path):
    (tmp_path / "lib" / "pyarrow").mkdir(parents=True)
    (tmp_path / "lib" / "pyarrow" / "__init__.py").write_text(
        "raise ModuleNotFoundError('No module named pyarrow', name='pyarrow')\n", encoding="utf-8"
    )
    path = os.pathsep.join([str(tmp_path / "lib"), str(ROOT)])
    result = crawl("-a", "ids=com.spotify.music", store=store, feed="apps.parquet", env={"PYTHONPATH": path})
    assert result.exit_code == 4
    assert "pip install pyarrow" in result.log.splitlines()[-1]
    assert "downloader/request_count" not in result.stats
    assert not result.feed.exists()
    other = crawl("-a", "ids=com.spotify.music", store=store, feed="apps.csv.gz", env={"PYTHONPATH": path})
    assert other.exit_code == 0, other.log


@pytest.mark.parametrize("format_", FORMATS)
def test_standard_output_takes_every_format(store, format_):
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "apps",
        "-a",
        "ids=com.spotify.music",
        "-s",
        "DOWNLOAD_DELAY=0",
    ]
    done = subprocess.run(
        [*command, "-O", f"-:{format_}"], cwd=ROOT, env={**os.environ, "PLAYFAST_URL": store.address},
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    (record,) = READERS[format_](done.stdout)
    assert record["app_id"] == "com.spotify.music"

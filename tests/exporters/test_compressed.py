"""Feeds compressed with gzip and Zstandard."""

from __future__ import annotations

import gzip
import sys
from io import BytesIO

import pytest
from scrapy.extensions.postprocessing import PostProcessingManager

from playfast.exporters import parts
from playfast.exporters.gzip import GzipPlugin
from playfast.exporters.zstd import ZstdPlugin

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"".join(b"line %d\n" % n for n in range(10_000))
READ = {GzipPlugin: gzip.decompress, ZstdPlugin: zstd.decompress}
LEVEL = {GzipPlugin: "gzip_compresslevel", ZstdPlugin: "zstd_level"}
both = pytest.mark.parametrize("plugin", READ)


def written(file, plugin, options=None, text=TEXT):
    made = PostProcessingManager([plugin], file, options or {})
    for line in text.splitlines(keepends=True):
        made.write(line)
    return made


def compressed(plugin, options=None, text=TEXT):
    file = BytesIO()
    written(file, plugin, options, text).close()
    assert not file.closed
    return file.getvalue()


@both
def test_it_can_be_read_back_and_is_smaller(plugin):
    assert READ[plugin](compressed(plugin)) == TEXT
    assert len(compressed(plugin)) < len(TEXT) / 3


@both
def test_the_same_records_give_the_same_bytes(plugin):
    assert compressed(plugin) == compressed(plugin)


@both
def test_the_level_can_be_chosen(plugin):
    smallest = 12 if plugin is GzipPlugin else 19
    assert len(compressed(plugin, {LEVEL[plugin]: smallest})) < len(compressed(plugin, {LEVEL[plugin]: 1}))


@both
def test_a_level_that_there_is_not_is_refused(plugin):
    with pytest.raises(ValueError, match="level"):
        plugin(BytesIO(), {LEVEL[plugin]: 1000})


@both
def test_a_second_part_can_be_put_behind_the_first(plugin):
    assert READ[plugin](compressed(plugin) + compressed(plugin, text=b"more\n")) == TEXT + b"more\n"


@both
def test_nothing_compressed_can_be_read(plugin):
    assert READ[plugin](compressed(plugin, text=b"")) == b""
    assert compressed(plugin, text=b"")


@both
def test_what_was_written_can_be_read_as_soon_as_its_part_has_ended(plugin, monkeypatch):
    file = BytesIO()
    made = written(file, plugin)
    assert file.getvalue() == b""
    made.head_plugin.end_part()
    assert READ[plugin](file.getvalue()) == TEXT
    made.head_plugin.end_part()
    ended = file.getvalue()
    made.close()
    assert file.getvalue() == ended
    monkeypatch.setattr(parts, "_PART", 1_000)
    by_size = BytesIO()
    written(by_size, plugin)
    assert TEXT.startswith(READ[plugin](by_size.getvalue()))
    assert len(READ[plugin](by_size.getvalue())) > len(TEXT) - 1_020

"""Feeds compressed with Zstandard."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest
from scrapy.extensions.postprocessing import PostProcessingManager

from playfast.exporters.zstd import ZstdPlugin

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"".join(b"line %d\n" % n for n in range(10_000))


def compressed(options=None, text=TEXT):
    file = BytesIO()
    made = PostProcessingManager([ZstdPlugin], file, options or {})
    for line in text.splitlines(keepends=True):
        made.write(line)
    made.close()
    assert not file.closed
    return file.getvalue()


def test_it_can_be_read_back_and_is_smaller():
    assert zstd.decompress(compressed()) == TEXT
    assert len(compressed()) < len(TEXT) / 3


def test_the_level_can_be_chosen():
    assert len(compressed({"zstd_level": 19})) < len(compressed({"zstd_level": 1}))


def test_a_level_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="level"):
        ZstdPlugin(BytesIO(), {"zstd_level": 1000})


def test_a_second_part_can_be_put_behind_the_first():
    assert zstd.decompress(compressed() + compressed(text=b"more\n")) == TEXT + b"more\n"


def test_nothing_compressed_can_be_read():
    assert zstd.decompress(compressed(text=b"")) == b""

"""Feeds to standard output: what a record's text holds must not drive a terminal."""

from __future__ import annotations

import codecs
import io
from typing import IO, Any

from scrapy import Spider
from scrapy.extensions.feedexport import StdoutFeedStorage

from playfast.runs.printable import printable


class TerminalFeedStorage(StdoutFeedStorage):
    """Scrapy's; where standard output is a terminal, control characters are written as visible escapes."""

    def __init__(
        self, uri: str, _stdout: IO[bytes] | None = None, *, feed_options: dict[str, Any] | None = None
    ) -> None:
        super().__init__(uri, _stdout, feed_options=feed_options)
        self._encoding = (feed_options or {}).get("encoding") or "utf-8"

    @property
    def is_terminal(self) -> bool:
        return self._stdout.isatty()

    def open(self, spider: Spider) -> IO[bytes]:
        plain = super().open(spider)
        return PrintableFile(plain, self._encoding) if self.is_terminal else plain  # type: ignore[return-value]


class PrintableFile(io.RawIOBase):
    """Takes encoded text and writes it to `file` printable."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Line ends of CSV are kept; the file is flushed, so that each record shows as it comes."""
        lines = self._decoder.decode(bytes(data)).split("\r\n")
        self._file.write("\r\n".join(map(printable, lines)).encode(self._encoding, "replace"))
        self._file.flush()
        return len(data)

    def close(self) -> None:
        """Standard output stays open."""

"""One file of a feed, tried before it is opened."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path
from typing import IO, Any, cast

from scrapy.exporters import CsvItemExporter, JsonItemExporter, JsonLinesItemExporter, XmlItemExporter
from scrapy.extensions.feedexport import FeedSlot, FileFeedStorage, StdoutFeedStorage
from scrapy.extensions.postprocessing import PostProcessingManager
from scrapy.utils.misc import load_object

from playfast.extensions.feed_file import BlockFile
from playfast.extensions.feed_options import GZIP, ZSTD
from playfast.runs.files import sync_folder
from playfast.runs.ledger import Ledger

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_OPENERS: dict[str, Any] = {GZIP: gzip.open, ZSTD: zstd.open}
_BINARY = {"parquet", "pickle", "marshal"}


class FeedError(Exception):
    """A feed that cannot be written; the text is a sentence."""


class TriedSlot(FeedSlot):
    """Scrapy's slot, which asks before it opens a file whether it may, and tells its exporter which items are due.

    `due` is the class of items that is expected, or None.
    """

    due: type[Any] | None = None
    ledger: Ledger | None = None
    _continues = False

    @property
    def path(self) -> Path | None:
        """The feed's file; None where it goes elsewhere."""
        return Path(self.storage.path) if isinstance(self.storage, FileFeedStorage) else None

    @property
    def is_whole(self) -> bool:
        """Whether what was written counts only once the feed has ended: a JSON array, a table that ends with its index, a remote storage.

        Of the others (lines, rows, and such compressed in parts) all that stands before a point between two records counts.
        """
        if isinstance(self.storage, StdoutFeedStorage):
            return False
        plugins = [load_object(plugin) for plugin in self.feed_options.get("postprocessing", [])]
        by_records = issubclass(self.exporters[self.format], JsonLinesItemExporter | CsvItemExporter)
        in_parts = not plugins or (len(plugins) == 1 and hasattr(plugins[0], "end_part"))
        return not (self.path is not None and by_records and in_parts)

    @property
    def block_file(self) -> BlockFile | None:
        """The file on the disk; None while there is none, and for feeds that go elsewhere."""
        file: Any = self.file
        if isinstance(file, PostProcessingManager):
            file = file.file
        return file if isinstance(file, BlockFile) and not file.closed else None

    def problem(self) -> str | None:
        """Why the feed cannot be written, found without touching what stands in its file; None if it can."""
        try:
            exporter = self._trial()
        except Exception as error:  # noqa: BLE001 - options, plugins and exporters may be anybody's
            return f"{self.uri}: {error or type(error).__name__}"
        if getattr(self.storage, "is_terminal", False) and self._is_binary():
            return "what a feed in a binary format or compressed holds is nothing for a terminal: give it a file or a pipe"
        if not isinstance(self.storage, FileFeedStorage):
            return None
        path = Path(self.storage.path)
        why = (
            _unwritable(path)
            or self._counted(path)
            or (self._cannot_continue(path, exporter) if self._adds_to() else None)
        )
        return f"{path}: {why}" if why else None

    def start_exporting(self) -> None:
        if not self._fileloaded:
            if self.batch_id > 1 and (problem := self.problem()):
                raise FeedError(problem)  # the first batch was tried before the crawl began
            self._continues = self._adds_to()
            self._enter()
        opening = not self._fileloaded
        super().start_exporting()
        if opening and self.ledger is not None and (file := self.block_file) is not None:
            file.synced_at_end = True
            assert self.path is not None
            sync_folder(self.path.parent)

    @property
    def was_opened(self) -> bool:
        """Whether there ever was something to write."""
        return self._fileloaded

    def end_part(self) -> None:
        """Hand all that was written to the system, in a state that can be read."""
        plugin: Any = getattr(self.file, "head_plugin", None)
        if hasattr(plugin, "end_part"):
            plugin.end_part()
        if (file := self.block_file) is not None:
            file.flush()

    def _enter(self) -> None:
        """Tell the ledger of the file before anything is written to it."""
        path = self.path
        if self.ledger is None or path is None or (path.exists() and not path.is_file()):
            return
        good = path.stat().st_size if self._continues else 0
        self.ledger.open_feed(path, good=None if self.is_whole else good, made=not self._continues)

    def _get_exporter(self, file: IO[bytes], format_: str, *args: Any, **kwargs: Any) -> Any:
        if self._continues and issubclass(self.exporters[format_], CsvItemExporter):
            kwargs.setdefault("include_headers_line", False)  # there is one
        exporter = super()._get_exporter(file, format_, *args, **kwargs)
        if hasattr(exporter, "expect"):
            exporter.expect(self.due)
        return exporter

    def _is_binary(self) -> bool:
        return self.format in _BINARY or "postprocessing" in self.feed_options

    def _trial(self) -> Any:
        """The exporter on a file in memory: an option it does not take, or a library it lacks, is told now."""
        file: Any = io.BytesIO()
        options = self.feed_options
        if "postprocessing" in options:
            file = PostProcessingManager(options["postprocessing"], cast("IO[bytes]", file), options)
        return super()._get_exporter(
            file=file,
            format_=options["format"],
            fields_to_export=options["fields"],
            encoding=options["encoding"],
            indent=options["indent"],
            **options["item_export_kwargs"],
        )

    def _cannot_continue(self, path: Path, exporter: Any) -> str | None:
        """Why nothing can be added to what stands in a file; None if it can."""
        plugins = self.feed_options.get("postprocessing", [])
        opened = _OPENERS.get(plugins[0]) if len(plugins) == 1 else None if plugins else open
        if not plugins and isinstance(exporter, JsonLinesItemExporter | CsvItemExporter) and _is_torn(path):
            return "it does not end with a line break, as if a crawl had been killed while it wrote: mend it, or write elsewhere"
        if (continues := getattr(exporter, "continues", None)) is None:
            whole = isinstance(exporter, JsonItemExporter | XmlItemExporter)
            why = f"a file in {self.format} is one whole, so nothing can be added to it" if whole else None
        elif opened is None:
            why = continues(None, self.due)
        else:
            try:
                with opened(path, "rb") as existing:
                    why = continues(existing, self.due)
            except (OSError, EOFError, ValueError, csv.Error, zstd.ZstdError) as error:
                why = f"what stands in it cannot be read ({error})"
        return (
            f"{why}; overwrite it (-O, or the feed's option overwrite), or write elsewhere" if why else None
        )

    def _counted(self, path: Path) -> str | None:
        """Why a file may not be written for the sake of the ledger; None if it may."""
        if self.ledger is None:
            return None
        if self._adds_to():
            if not self.is_whole:
                return None
            # What stands in it may be done, and could not be told from what a killed crawl added.
            return "with a ledger nothing can be added to a file of this kind, which counts only as a whole; write elsewhere"
        if not self.ledger.holds_records(path):
            return None
        return f"it holds records that {self.ledger.name} counts as done; add to it (-o), or write elsewhere"

    def _adds_to(self) -> bool:
        """Whether the feed goes behind what stands in a file already."""
        if not isinstance(self.storage, FileFeedStorage) or self.storage.write_mode != "ab":
            return False
        path = Path(self.storage.path)
        return path.is_file() and path.stat().st_size > 0


def _is_torn(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, io.SEEK_END)
        return file.read(1) not in b"\n\0"  # UTF-16 and UTF-32 may end a line break with a zero


def _unwritable(path: Path) -> str | None:
    """Why a file cannot be written, without touching what is in it; None if it can, or is a link, a pipe or a device."""
    if path.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir()):
        return None  # trying would change them
    existed = path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
        if not existed:
            path.unlink()
    except OSError as error:
        return error.strerror or str(error)
    return None
